/**
 * What is not plain data is asked of the engine: handles, functions, classes, boxes and the instances of classes. The
 * codec knows how to walk and to rebuild a graph that holds them; only the engine knows what they are.
 */

/** Any function or class: the codec never calls one. */
export type Code = Function;

/** What the engine says of a function, or of an object that is no plain data. */
export type Outgoing =
  /** A shared or moved object of the engine: so many words tell which. */
  | { readonly kind: "handle"; readonly words: readonly number[] }
  /** A variable that closures share. `empty`: it was never initialised, and is not read. */
  | { readonly kind: "box"; readonly box: { v: unknown }; readonly empty?: boolean }
  /** A function literal, made by `makeFunction` from what it captures. `names` are those of the captured variables. */
  | {
      readonly kind: "function";
      readonly module: number;
      readonly literal: number;
      readonly environment: readonly unknown[];
      readonly names?: readonly string[];
    }
  | ClassLiteral
  /**
   * An instance of a class that crosses (`of` must answer as a class does). The codec walks its own enumerable fields
   * and, where the class extends `Array`, `Map`, `Set`, `Date` or an error, what it is as one. `hidden` is the rest:
   * `#private` state, with `names` for messages. `as` is how the class is written where its instances cross, but not the
   * class itself as a value.
   */
  | {
      readonly kind: "instance";
      readonly of: Code;
      readonly as?: ClassLiteral;
      readonly hidden?: readonly unknown[];
      readonly names?: readonly string[];
    }
  /**
   * `what` is a noun with its article ("a guard"), `why` a clause ("it belongs to the thread that locked"). `field`: the
   * blame lies with this property, or with the `#private` member of this name.
   */
  | {
      readonly kind: "refused";
      readonly field?: { readonly key: PropertyKey; readonly hidden: boolean };
      readonly what: string;
      readonly why: string;
      readonly remedy: string;
      /** It could cross to a thread, but not to another process. */
      readonly byProcess?: true;
    };

/** `uid` tells evaluations of one class expression apart. */
export interface ClassLiteral {
  readonly kind: "class";
  readonly module: number;
  readonly literal: number;
  readonly uid: number;
  readonly environment: readonly unknown[];
  readonly names?: readonly string[];
}

/**
 * The engine's side of the codec, one for each thread. Calls of one `encode` or `decode` come in the order of the graph;
 * none of them may encode or decode with the coder that calls it, save through person's code (getters), which it allows.
 */
export interface Externals {
  /**
   * Asked for every function, and for every object whose prototype is none of the language's own. `undefined`: plain
   * data, whose prototype does not cross (for a function: it is refused as a native one). Must have no effect: an
   * encode may still fail. Handles that move are moved by the engine afterwards: see `Encoded.handles`.
   */
  outgoing(value: object): Outgoing | undefined;
  /**
   * Asked for every function, and for every object that takes no new properties: the words of one that crosses as a handle
   * though it is plain data, since all threads know it. Absent: there are none.
   */
  published?(value: object): readonly number[] | undefined;

  /** The object of an arriving handle. `words` is a copy that may be kept. */
  handle(words: Int32Array): object;
  /**
   * The captured values exist when this is called, but objects among them may still be empty: they are filled before
   * `decode` answers.
   */
  makeFunction(module: number, literal: number, environment: unknown[]): Code;
  /** May answer a class that this thread has already. */
  makeClass(module: number, literal: number, uid: number, environment: unknown[]): Code;
  /**
   * An instance of `made` whose constructor did not run. `base` is the constructor of the language that it descends from
   * (`Object`, `Map`, `RangeError` …), so that `Reflect.construct(base, [], made)` is right for a class without
   * `#private` members.
   */
  shell(made: Code, base: Code): object;
  /** Puts the hidden state back. The fields are there already; objects within `hidden` may still be empty. */
  restore(made: Code, instance: object, hidden: unknown[]): void;
  /** A box that was never initialised. */
  box(): { v: unknown };
}

/** For data alone: no function and no handle crosses, and instances of classes become plain objects. */
export const DATA_ONLY: Externals = {
  outgoing: () => undefined,
  handle: noSuchThing,
  makeFunction: noSuchThing,
  makeClass: noSuchThing,
  shell: noSuchThing,
  restore: noSuchThing,
  box: noSuchThing,
};

function noSuchThing(): never {
  throw new TypeError("The words hold more than plain data.");
}
