/**
 * An engine small enough to see through, for what the codec asks of one: literals are registered by hand, as compiled
 * code does it, and each thread has its own classes.
 */
import type { Code, Externals, Outgoing } from "../../src/codec/externals.ts";

type Factory = (...environment: never[]) => Code;

export class Box {
  v: unknown = "not initialised";
  empty = true;
  static of(value: unknown): Box {
    const box = new Box();
    box.v = value;
    box.empty = false;
    return box;
  }
}

/** A handle: shared, by its number. */
export class Handle {
  readonly number: number;
  constructor(number: number) {
    this.number = number;
  }
}

/** What a class with `#private` members has: how its state is taken out and put back. */
interface Hidden {
  readonly names: readonly string[];
  save(instance: object): unknown[];
  /** Adds the private members: a constructor that does nothing else, for `shell`. */
  shell(base: Code): object;
  restore(instance: object, hidden: unknown[]): void;
}

export class SmallEngine implements Externals {
  readonly #factories = new Map<number, { factory: Factory; names: readonly string[] }>();
  readonly #literals = new Map<Code, Extract<Outgoing, { kind: "function" | "class" }>>();
  readonly #hidden = new Map<Code, Hidden>();
  readonly refused = new Map<object, Extract<Outgoing, { kind: "refused" }>>();
  readonly handles = new Map<number, object>();
  /** Functions that were made on arrival. */
  made = 0;

  factory(literal: number, names: readonly string[], factory: Factory): this {
    this.#factories.set(literal, { factory, names });
    return this;
  }

  fn(literal: number, ...environment: unknown[]): Code {
    const { factory, names } = this.#factories.get(literal)!;
    const made = factory(...(environment as never[]));
    this.#literals.set(made, { kind: "function", module: 7, literal, environment, names });
    return made;
  }

  class(literal: number, uid: number, ...environment: unknown[]): Code {
    const { factory, names } = this.#factories.get(literal)!;
    const made = factory(...(environment as never[]));
    this.#literals.set(made, { kind: "class", module: 7, literal, uid, environment, names });
    return made;
  }

  hide(of: Code, hidden: Hidden): void {
    this.#hidden.set(of, hidden);
  }

  outgoing(value: object): Outgoing | undefined {
    const refused = this.refused.get(value);
    if (refused !== undefined) return refused;
    if (typeof value === "function") return this.#literals.get(value);
    if (value instanceof Box) return { kind: "box", box: value, empty: value.empty };
    if (value instanceof Handle) return { kind: "handle", words: [value.number, -1] };
    const of = value.constructor;
    if (!this.#literals.has(of)) return undefined;
    const hidden = this.#hidden.get(of);
    if (hidden === undefined) return { kind: "instance", of };
    return { kind: "instance", of, hidden: hidden.save(value), names: hidden.names };
  }

  handle(words: Int32Array): object {
    const known = this.handles.get(words[0]) ?? new Handle(words[0]);
    this.handles.set(words[0], known);
    return known;
  }

  makeFunction(module: number, literal: number, environment: unknown[]): Code {
    if (module !== 7) throw new RangeError(`no module ${module}`);
    if (!this.#factories.has(literal)) throw new RangeError(`no literal ${literal}`);
    this.made++;
    return this.fn(literal, ...environment);
  }

  makeClass(_module: number, literal: number, uid: number, environment: unknown[]): Code {
    for (const [made, known] of this.#literals) {
      if (known.kind === "class" && known.literal === literal && known.uid === uid) return made;
    }
    if (!this.#factories.has(literal)) throw new RangeError(`no literal ${literal}`);
    return this.class(literal, uid, ...environment);
  }

  shell(made: Code, base: Code): object {
    const hidden = this.#hidden.get(made);
    if (hidden !== undefined) return hidden.shell(base);
    return Reflect.construct(base, [], made) as object;
  }

  restore(made: Code, instance: object, hidden: unknown[]): void {
    this.#hidden.get(made)!.restore(instance, hidden);
  }

  box(): Box {
    const box = new Box();
    // The engine's own boxes know when they are written; this one is told by the codec's write.
    return new Proxy(box, {
      set: (target, key, value) => {
        target.empty = false;
        return Reflect.set(target, key, value);
      },
    });
  }
}
