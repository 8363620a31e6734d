/**
 * Which function has which twin: a private field on the function itself. It is found in a few nanoseconds, cannot be seen
 * by the program, is not inherited by a class from its parent, and goes with the function.
 */
import type { ConstructTwin, Twin } from "../../../protocol/twins.ts";

/** A class whose constructor gives what it is given: what extends it puts its private fields on any object. */
const OnAny = function (value: object) {
  return value;
} as unknown as new (value: object) => object;

class Linked extends OnAny {
  readonly #twin: Twin;

  constructor(plain: Function, twin: Twin) {
    super(plain);
    this.#twin = twin;
  }

  static twinOf(value: object): Twin | undefined {
    return #twin in value ? value.#twin : undefined;
  }
}

class Constructs extends OnAny {
  readonly #twin: ConstructTwin;

  constructor(made: Function, twin: ConstructTwin) {
    super(made);
    this.#twin = twin;
  }

  static twinOf(value: object): ConstructTwin | undefined {
    return #twin in value ? value.#twin : undefined;
  }
}

export function link<F extends Function>(plain: F, twin: Twin): F {
  new Linked(plain, twin);
  return plain;
}

export const twinOf = (callee: Function): Twin | undefined => Linked.twinOf(callee);

export function constructs(made: Function, twin: ConstructTwin): void {
  new Constructs(made, twin);
}

export const constructTwinOf = (callee: Function): ConstructTwin | undefined =>
  Constructs.twinOf(callee);
