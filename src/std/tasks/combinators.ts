/** `Promise.all` and its like (ECMA-262, 27.2.4). Each calls `resolve` of the class and `then` of what that gives, as written there. */
/* eslint-disable @typescript-eslint/unbound-method -- `resolve` is read once, and called on the class */
import { type Capability, newCapability } from "./promise.ts";

type Handler = (value: unknown) => unknown;

interface Thenable {
  then(onFulfilled: Handler, onRejected: Handler): unknown;
}

type Resolve = (this: unknown, value: unknown) => Thenable;

/** Goes through `iterable`; what is thrown on the way is what the promise comes to. */
function combine(
  made: unknown,
  iterable: unknown,
  begin: (capability: Capability) => { each(index: number): [Handler, Handler]; end(): void },
): unknown {
  const capability = newCapability(made);
  try {
    const { resolve } = made as { readonly resolve: unknown };
    if (typeof resolve !== "function")
      throw new TypeError("Promise resolve or reject function is not callable");
    const { each, end } = begin(capability);
    let index = 0;
    for (const value of iterable as Iterable<unknown>) {
      const [onFulfilled, onRejected] = each(index++);
      (resolve as Resolve).call(made, value).then(onFulfilled, onRejected);
    }
    end();
  } catch (error) {
    capability.reject(error);
  }
  return capability.promise;
}

/** What several promises come to, in their places, and what happens when the last has come. */
class Gathered {
  readonly values: unknown[] = [];
  readonly #whenAll: (values: unknown[]) => void;
  /** Those under way, and the loop that starts them. */
  #left = 1;

  constructor(whenAll: (values: unknown[]) => void) {
    this.#whenAll = whenAll;
  }

  /** Puts what it is given at `index`, once: of two handlers for one place the first counts. */
  place(index: number): (value: unknown) => void {
    this.values[index] = undefined;
    this.#left++;
    let called = false;
    return (value) => {
      if (called) return;
      called = true;
      this.values[index] = value;
      this.leave();
    };
  }

  leave(): void {
    if (--this.#left === 0) this.#whenAll(this.values);
  }
}

export const COMBINATORS = {
  all(this: unknown, iterable: unknown): unknown {
    return combine(this, iterable, ({ resolve, reject }) => {
      const all = new Gathered(resolve);
      return { each: (index) => [all.place(index), reject], end: () => all.leave() };
    });
  },

  allSettled(this: unknown, iterable: unknown): unknown {
    return combine(this, iterable, ({ resolve }) => {
      const all = new Gathered(resolve);
      const each = (index: number): [Handler, Handler] => {
        const put = all.place(index);
        return [
          (value) => put({ status: "fulfilled", value }),
          (reason) => put({ status: "rejected", reason }),
        ];
      };
      return { each, end: () => all.leave() };
    });
  },

  any(this: unknown, iterable: unknown): unknown {
    return combine(this, iterable, ({ resolve, reject }) => {
      const all = new Gathered((errors) =>
        reject(new AggregateError(errors, "All promises were rejected")),
      );
      return { each: (index) => [resolve, all.place(index)], end: () => all.leave() };
    });
  },

  race(this: unknown, iterable: unknown): unknown {
    return combine(this, iterable, ({ resolve, reject }) => ({
      each: () => [resolve, reject],
      end: () => undefined,
    }));
  },
};
