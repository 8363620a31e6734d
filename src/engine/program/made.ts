/**
 * How a function or class of the person's files was made: by which literal of which module, from which captured values.
 * That is all that another thread needs to make it again.
 */
export interface Made {
  readonly module: number;
  readonly literal: number;
  /** Tells evaluations of one class expression apart; 0 for functions, and for a class at a module's top level. */
  readonly uid: number;
  readonly environment: readonly unknown[];
  readonly isClass: boolean;
}

const madeBy = Symbol("threadloom.made");

export function mark<F extends object>(value: F, made: Made): F {
  Object.defineProperty(value, madeBy, { value: made });
  return value;
}

/** Undefined for whatever is not from the person's files. A class does not inherit its parent's mark. */
export function madeOf(value: object): Made | undefined {
  return Object.hasOwn(value, madeBy) ? (value as { readonly [madeBy]: Made })[madeBy] : undefined;
}
