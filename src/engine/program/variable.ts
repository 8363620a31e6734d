/** A boxed variable: one that closures share, or that could be seen before it is initialised. */
import type { Box } from "../../protocol/emitted.ts";

const UNSET = Symbol("not initialised");

export class Variable implements Box {
  #value: unknown = UNSET;

  /** Reading it before it was set is the error that ECMA-262 gives for the temporal dead zone. */
  get v(): unknown {
    if (this.#value === UNSET)
      throw new ReferenceError("Cannot access a variable before initialization");
    return this.#value;
  }

  set v(value: unknown) {
    this.#value = value;
  }

  get empty(): boolean {
    return this.#value === UNSET;
  }
}
