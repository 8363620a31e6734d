/**
 * How a function or class of the person's files was made: by which literal of which module, from which captured values.
 * That is all that another thread needs to make it again.
 *
 * Kept in a private field on the function itself: it is set in a few nanoseconds, which counts, as every closure is marked;
 * the program cannot see it; and a class does not inherit its parent's.
 */
export interface Made {
  readonly module: number;
  readonly literal: number;
  /** Tells evaluations of one class expression apart; 0 for functions, and for a class at a module's top level. */
  readonly uid: number;
  readonly environment: readonly unknown[];
  readonly isClass: boolean;
}

/** A class whose constructor gives what it is given: what extends it puts its private fields on any object. */
const OnAny = function (value: object) {
  return value;
} as unknown as new (value: object) => object;

class Marked extends OnAny {
  readonly #made: Made;

  constructor(value: object, made: Made) {
    super(value);
    this.#made = made;
  }

  static madeOf(value: object): Made | undefined {
    return #made in value ? value.#made : undefined;
  }
}

export function mark<F extends object>(value: F, made: Made): F {
  new Marked(value, made);
  return value;
}

/** Undefined for whatever is not from the person's files. */
export const madeOf = (value: object): Made | undefined => Marked.madeOf(value);
