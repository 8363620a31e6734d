/**
 * What the codec asks of an engine: how functions, classes, instances and handles of a program cross. One for each thread,
 * the same on every engine.
 */
import type { Address } from "../../base/brand.ts";
import { builtinOf } from "../../codec/builtin.ts";
import type { Externals, Outgoing } from "../../codec/externals.ts";
import { refuseAs } from "../../codec/refusal.ts";
import { arrive, crossingOf, departingWords } from "../../std/handle.ts";
import { refusedGuard } from "../../std/guards.ts";
import { goesIntoProcess, handleForProcess } from "../../std/process-crossing.ts";
import { AsyncGenerator } from "../../std/tasks/async-generator.ts";
import { TaskPromise } from "../../std/tasks/promise.ts";
import { LIBRARY_CODE } from "../../std/library.ts";
import { ForeignClasses, PACKAGE_MODULE } from "./foreign.ts";
import { FILE } from "./file-crossing.ts";
import { madeOf } from "./made.ts";
import type { Modules } from "./modules.ts";
import { PUBLISHED, type Published } from "./published.ts";
import { Variable } from "./variable.ts";

/** What programs import as `threadloom:…` is module -1; its literals are the library's code, in its order. */
const LIBRARY_MODULE = -1;

/** Prototypes of the classes of the library, and of those that they extend. */
const LIBRARY_PROTOTYPES: ReadonlySet<object> = new Set(LIBRARY_CODE.flatMap(prototypesOf));

function prototypesOf({ prototype }: Function): object[] {
  const chain: object[] = [];
  for (let here = prototype as object | null | undefined; here !== null && here !== undefined;) {
    chain.push(here);
    here = Object.getPrototypeOf(here) as object | null;
  }
  return chain;
}

/** The pair of static methods that the compiler gives to classes with `#private` members. */
export const SAVE: unique symbol = Symbol("threadloom.save");
export const RESTORE: unique symbol = Symbol("threadloom.restore");

export interface WithHiddenState {
  [SAVE](instance: object): unknown[];
  [RESTORE](instance: object, hidden: unknown[]): void;
}

/** The classes from the base down to `made` that have hidden state of their own. */
export function hiding(made: Function): WithHiddenState[] {
  const chain: WithHiddenState[] = [];
  for (let here: unknown = made; typeof here === "function"; here = Object.getPrototypeOf(here)) {
    if (Object.hasOwn(here, RESTORE)) chain.unshift(here as unknown as WithHiddenState);
  }
  return chain;
}

refuseAs(TaskPromise.prototype, Promise.prototype);
refuseAs(
  AsyncGenerator.prototype,
  (Object.getPrototypeOf(async function* () {}) as { readonly prototype: object }).prototype,
);

export class ProgramExternals implements Externals {
  readonly #modules: () => Modules;
  /** Runs with `$.restoring` set. */
  readonly #restoring: <T>(make: () => T) => T;
  readonly #published: Published;
  readonly #foreign: ForeignClasses;

  constructor(modules: () => Modules, restoring: <T>(make: () => T) => T, published: Published) {
    this.#modules = modules;
    this.#restoring = restoring;
    this.#published = published;
    this.#foreign = new ForeignClasses(
      () => modules().packages,
      (prototype) => this.#isKnown(prototype),
    );
  }

  outgoing(value: object): Outgoing | undefined {
    const handle = crossingOf(value);
    if (handle !== undefined) {
      handle.moves?.check();
      if (goesIntoProcess()) {
        const there = handleForProcess(value, handle);
        if ("words" in there) return { kind: "handle", words: there.words };
        return { kind: "refused", byProcess: true, ...there };
      }
      return { kind: "handle", words: departingWords(handle) };
    }
    if (value instanceof Variable) return { kind: "box", box: value, empty: value.empty };
    if (typeof value === "function") return this.#function(value);
    return this.#instance(value);
  }

  published(value: object): readonly number[] | undefined {
    // Another process does not know what threads of this one share.
    return goesIntoProcess() ? undefined : this.#published.wordsOf(value);
  }

  handle(words: Int32Array): object {
    return words[0] === PUBLISHED ? this.#published.at(words[1] as Address) : arrive(words);
  }

  makeFunction(module: number, literal: number, environment: unknown[]): Function {
    if (module === LIBRARY_MODULE) return LIBRARY_CODE[literal];
    return this.#modules().makeFunction(module, literal, environment);
  }

  makeClass(module: number, literal: number, uid: number, environment: unknown[]): Function {
    if (module === LIBRARY_MODULE) return LIBRARY_CODE[literal];
    if (module === PACKAGE_MODULE) return this.#foreign.find(environment);
    return this.#modules().makeClass(module, literal, uid, environment);
  }

  shell(made: Function, base: Function): object {
    if (hiding(made).length === 0) return Reflect.construct(base, [], made) as object;
    return this.#restoring(() => this.#constructOwn(made, base));
  }

  restore(made: Function, instance: object, hidden: unknown[]): void {
    hiding(made).forEach((here, index) => here[RESTORE](instance, hidden[index] as unknown[]));
  }

  box(): { v: unknown } {
    return new Variable();
  }

  /**
   * Constructs a class whose instances only `new` can make. The language's own constructor stands in for that of a package
   * from which it descends: no constructor runs again over there.
   */
  #constructOwn(made: Function, base: Function): object {
    let lowest = made;
    for (;;) {
      const parent = Object.getPrototypeOf(lowest) as Function;
      if (parent === Function.prototype || builtinOf(parent.prototype as object, {}) !== undefined)
        break;
      if (!this.#isKnown(parent.prototype as object)) {
        Object.setPrototypeOf(lowest, base);
        try {
          return Reflect.construct(made, []) as object;
        } finally {
          Object.setPrototypeOf(lowest, parent);
        }
      }
      lowest = parent;
    }
    return Reflect.construct(made, []) as object;
  }

  #function(value: Function): Outgoing | undefined {
    const made = madeOf(value);
    if (made !== undefined) {
      const { module, literal, uid, environment } = made;
      const names = this.#names(module, literal, environment);
      return made.isClass
        ? { kind: "class", module, literal, uid, environment, names }
        : { kind: "function", module, literal, environment, names };
    }
    const file = this.#modules().files.fileOf(value);
    if (file !== undefined) {
      const module = this.#modules().list.indexOf(file);
      return { kind: "function", module, literal: FILE, ...this.#modules().files.departing(file) };
    }
    const literal = LIBRARY_CODE.indexOf(value);
    if (literal < 0) return undefined;
    // Classes have a prototype that cannot be replaced, functions of `std` are ordinary ones.
    const isClass = Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false;
    return isClass
      ? { kind: "class", module: LIBRARY_MODULE, literal, uid: 0, environment: [] }
      : { kind: "function", module: LIBRARY_MODULE, literal, environment: [] };
  }

  /** What a literal takes along, as the person calls it: variables, then the files that it may import. */
  #names(module: number, literal: number, environment: readonly unknown[]): readonly string[] {
    const modules = this.#modules();
    const names = modules.captured(module, literal);
    if (names.length >= environment.length) return names;
    const files = environment.slice(names.length).map((token) => {
      const file = modules.files.fileOf(token as Function);
      return file === undefined ? "import()" : `import('${file.id.replace(/^.*\//, "")}')`;
    });
    return [...names, ...files];
  }

  #instance(value: object): Outgoing | undefined {
    const guard = refusedGuard(value);
    if (guard !== undefined) return { kind: "refused", ...guard };
    const prototype = Object.getPrototypeOf(value) as object | null;
    if (prototype === null) return undefined;
    const own = this.#modules().classOf(prototype);
    const made = own ?? prototype.constructor;
    const isOwn = own !== undefined || LIBRARY_CODE.includes(made);
    if (!isOwn) {
      const outgoing = this.#foreign.outgoing(value, prototype);
      // An error whose class cannot cross arrives as the standard error that it extends.
      return outgoing.kind === "refused" && value instanceof Error ? undefined : outgoing;
    }
    const why = this.#foreign.refusal(value, prototype);
    if (why !== undefined) return value instanceof Error ? undefined : why;
    const hidden = hiding(made).map((here) => here[SAVE](value));
    return hidden.length === 0
      ? { kind: "instance", of: made }
      : { kind: "instance", of: made, hidden };
  }

  /** Whether a prototype belongs to a class of the person's, of `std`'s or of the language's. */
  #isKnown(prototype: object): boolean {
    return (
      this.#modules().classOf(prototype) !== undefined ||
      LIBRARY_PROTOTYPES.has(prototype) ||
      builtinOf(prototype, prototype) !== undefined
    );
  }
}
