/**
 * Values of other threads and of locks and messages, as somebody sees them who only looks: decoded without any effect. Handles
 * stay descriptions, functions and classes are not made again, so that no line of the program runs.
 */
import type { Address } from "../../../base/brand.ts";
import { Decoder } from "../../../codec/decoder.ts";
import type { Code, Externals } from "../../../codec/externals.ts";
import { NODE_WORDS, NodeWord } from "../../../objects/waiters.ts";
import { toldBy } from "../../../std/handle.ts";
import { LIBRARY_CODE } from "../../../std/library.ts";
import type { Modules } from "../../program/modules.ts";
import { PUBLISHED, Published } from "../../program/published.ts";

/** A handle that nobody may use. */
export class LookedHandle {
  readonly kind: string;
  readonly object: Address;

  constructor(kind: string, object: Address) {
    this.kind = kind;
    this.object = object;
  }
}

const LIBRARY_MODULE = -1;
const CLASS_NAME = /\bclass\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/u;
const FUNCTION_NAME = /\bfunction\s*\*?\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*\(/u;

/** `#private` state of instances that were rebuilt: names and values. */
export const hiddenOf = new WeakMap<object, readonly (readonly [name: string, value: unknown])[]>();

export class Looker implements Externals {
  readonly #modules: () => Modules | undefined;
  readonly #memory: { readonly words: Int32Array };
  readonly #decoder = new Decoder(this);
  readonly #published: Published;
  /** Stand-ins for functions and classes; beside them, the names of what instances hide. */
  readonly #standIns = new Map<string, Code>();
  readonly #hides = new Map<Code, readonly string[]>();

  constructor(memory: { readonly words: Int32Array }, modules: () => Modules | undefined) {
    this.#memory = memory;
    this.#modules = modules;
    this.#published = new Published({
      memory,
      decode: (block) => {
        const { words } = memory;
        return this.#decoder.objects(words, block + NODE_WORDS, words[block + NodeWord.LOAD]);
      },
    });
  }

  /** The value that a block holds. */
  decode(block: Address): unknown {
    this.#published.forget();
    const { words } = this.#memory;
    return this.#decoder.decode(words, block + NODE_WORDS, words[block + NodeWord.LOAD]);
  }

  /** The object that an address stands for, as it was published. */
  publishedAt(address: Address): object {
    this.#published.forget();
    return this.#published.at(address);
  }

  outgoing(): undefined {
    return undefined;
  }

  handle(words: Int32Array): object {
    if (words[0] === PUBLISHED) return this.#published.at(words[1] as Address);
    const { kind, object } = toldBy(words);
    return new LookedHandle(kind, object);
  }

  makeFunction(module: number, literal: number): Code {
    return this.#standIn(module, literal, FUNCTION_NAME, (name) => ({ [name]() {} })[name]);
  }

  makeClass(module: number, literal: number): Code {
    return this.#standIn(module, literal, CLASS_NAME, (name) => ({ [name]: class {} })[name]);
  }

  shell(made: Code, base: Code): object {
    return Reflect.construct(base, [], made) as object;
  }

  restore(made: Code, instance: object, hidden: unknown[]): void {
    const names = this.#hides.get(made) ?? [];
    // The innermost class comes last; names are known of it alone.
    const own = (hidden.at(-1) ?? []) as unknown[];
    hiddenOf.set(
      instance,
      own.map((value, index) => [names[index] ?? `#${index}`, value]),
    );
  }

  box(): { v: unknown } {
    return { v: undefined };
  }

  #standIn(module: number, literal: number, naming: RegExp, make: (name: string) => unknown): Code {
    const key = `${module}:${literal}`;
    const known = this.#standIns.get(key);
    if (known !== undefined) return known;
    const text =
      module === LIBRARY_MODULE ? "" : (this.#modules()?.list[module]?.textOf(literal) ?? "");
    const name =
      module === LIBRARY_MODULE ? LIBRARY_CODE[literal].name : (naming.exec(text)?.[1] ?? "");
    const made = make(name) as Code;
    this.#standIns.set(key, made);
    this.#hides.set(made, namesSaved(text));
    return made;
  }
}

/** The `#private` names that a class of the person's saves, in order: read off the method that the compiler gave it. */
export function namesSaved(text: string): string[] {
  const saved = /\.save\]\(\w+\)\s*\{([^}]*)\}/.exec(text)?.[1] ?? "";
  return [...saved.matchAll(/\.(#[\p{ID_Start}$_][\p{ID_Continue}$]*)/gu)].map(([, name]) => name);
}
