/**
 * Names for the classes of npm packages: by the file that imports the package, the specifier, and the path from the
 * package's exports to the class. Each thread has a package of its own (SEMANTICS, Values), so that an instance can cross
 * only if its class has a name by which the other thread finds its own.
 *
 * Searched are the exports, the members of exported objects, and classes that are members of exported classes. A class
 * that a package keeps to itself, or that only a package behind it exports, has no name.
 */
import type { CompiledModule, CompiledProgram } from "../../protocol/program.ts";
import { CROSSING_MESSAGES } from "../../base/catalogue/crossing.ts";
import { tell } from "../../base/catalogue/message.ts";

export interface PackageHost {
  /**
   * The namespace of an npm package, the same that `import` gives. Where this thread has not loaded it yet: undefined, or
   * with `load` it is loaded at once, and what that throws passes through. Undefined for modules of the platform's own.
   */
  package(
    module: CompiledModule,
    specifier: string,
    load: boolean,
  ): Record<string, unknown> | undefined;
}

/** Index of the module, the specifier in it, then names. */
export type PackageName = readonly [module: number, specifier: string, ...path: string[]];

/** The most members of members that are looked at, and the most objects of one package. */
const DEEPEST = 3;
const MOST_OBJECTS = 10_000;

export class Packages {
  readonly #program: CompiledProgram;
  readonly #host: PackageHost;
  /** By prototype, which tells classes apart even where somebody replaced `constructor`. */
  readonly #names = new Map<object, PackageName>();
  readonly #found = new Map<string, Function>();
  /** Packages that were not looked through yet. */
  #unread: (readonly [module: number, specifier: string])[];

  constructor(program: CompiledProgram, host: PackageHost) {
    this.#program = program;
    this.#host = host;
    this.#unread = program.modules.flatMap(({ externals }, module) =>
      externals.map(({ specifier }) => [module, specifier] as const),
    );
  }

  /** The program has loaded a package while it ran. */
  loaded(module: number, specifier: string): void {
    this.#unread.push([module, specifier]);
  }

  /** The name of the class that has this prototype; undefined if none is known. */
  nameOf(prototype: object): PackageName | undefined {
    const unread = this.#unread;
    this.#unread = [];
    for (const [module, specifier] of unread) this.#read(module, specifier);
    return this.#names.get(prototype);
  }

  /** This thread's own class of that name. Throws if it cannot be found here. */
  find(name: PackageName): Function {
    const key = JSON.stringify(name);
    let found = this.#found.get(key);
    if (found === undefined) this.#found.set(key, (found = this.#find(name)));
    return found;
  }

  #find(name: PackageName): Function {
    const [module, specifier, ...path] = name;
    let here: unknown;
    let cause: unknown;
    try {
      here = this.#host.package(this.#program.modules[module], specifier, true);
      for (const step of path) here = (here as Record<string, unknown>)[step];
    } catch (error) {
      // A package that this thread cannot load, or that exports less here: told below, with the reason.
      cause = error;
      here = undefined;
    }
    if (typeof here === "function") {
      this.#add(name, here);
      return here;
    }
    const values = { package: specifier, name: path.join(".") };
    const { message, remedy, code } = tell(CROSSING_MESSAGES.classNotFound, values);
    throw new TypeError(`${message} ${remedy} [${code}]`, { cause });
  }

  #read(module: number, specifier: string): void {
    // What this thread has not loaded it has no instances of.
    const namespace = this.#host.package(this.#program.modules[module], specifier, false);
    if (namespace === undefined) return;
    const seen = new Set<unknown>();
    let level: [path: PackageName, value: object][] = [[[module, specifier], namespace]];
    for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
      const next: typeof level = [];
      for (const [path, object] of level) {
        for (const [name, value] of membersOf(object)) {
          if (seen.has(value) || seen.size > MOST_OBJECTS) continue;
          seen.add(value);
          const member: PackageName = [...path, name];
          if (typeof value === "function") this.#add(member, value);
          if (isSearched(value)) next.push([member, value]);
        }
      }
      level = next;
    }
  }

  #add(name: PackageName, made: Function): void {
    const prototype = made.prototype as unknown;
    if (typeof prototype !== "object" || prototype === null || this.#names.has(prototype)) return;
    this.#names.set(prototype, name);
  }
}

function isSearched(value: unknown): value is object {
  if (typeof value === "function") return true;
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null;
}

/** What an object of exports has, getters included: compilers export by them. Of a class, its static fields alone. */
function* membersOf(object: object): Iterable<[string, unknown]> {
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
    if (name === "prototype") continue;
    const isClass = typeof object === "function";
    if (isClass ? typeof property.value !== "function" : !property.enumerable) continue;
    try {
      yield [name, (object as Record<string, unknown>)[name]];
    } catch {
      // An export that is not initialised yet, or a getter that has other ideas: nothing is found behind it.
    }
  }
}
