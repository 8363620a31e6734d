/** What tasks wait for beside messages, as cases of their thread's select: one operation on an object that brings nothing. */
import type { Address } from "../../base/brand.ts";
import { ObjectCase } from "../select-case.ts";

const NOTHING: readonly object[] = [];

export class OperationCase<R> extends ObjectCase<R> {
  readonly operation: number;
  readonly #object: Address;
  readonly #argument: number;
  readonly #then: (came: number) => R;

  /** `argument`: the operation's first. `then`: given what it came to. */
  constructor(object: Address, operation: number, argument: number, then: (came: number) => R) {
    super();
    this.operation = operation;
    this.#object = object;
    this.#argument = argument;
    this.#then = then;
  }

  override check(): Address {
    return this.#object;
  }

  override prepare(): Address {
    return this.#argument as Address;
  }

  override departs(): readonly object[] {
    return NOTHING;
  }

  override stays(): void {
    // Nothing was brought.
  }

  override finish(came: number): R {
    return this.#then(came);
  }
}
