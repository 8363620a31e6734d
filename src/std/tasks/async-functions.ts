/**
 * Async functions from the generator functions that the compiler makes of their bodies. Each is made once, where the person's
 * function is: a generator function of each call's own would cost more than the call.
 */
import { AsyncGenerator } from "./async-generator.ts";
import { type Body, rejectedTask, runTask } from "./task.ts";

export type BodyMaker = (this: unknown, ...args: never[]) => Body;

/* eslint-disable @typescript-eslint/unbound-method -- methods are made where nothing may be constructed, and used as functions */

/** Named as the body is. */
function like(made: Function, body: BodyMaker): Function {
  return Object.defineProperties(made, {
    name: { value: body.name, configurable: true },
    length: { value: body.length, configurable: true },
  });
}

export function asyncFunction(body: BodyMaker): Function {
  const holder = {
    made(this: unknown, ...args: never[]): unknown {
      let task: Body;
      try {
        task = body.apply(this, args);
      } catch (error) {
        return rejectedTask(error);
      }
      return runTask(task, body.name);
    },
  };
  return like(holder.made, body);
}

/** An arrow, whose `this` is what `self` gives. */
export function asyncArrow(body: BodyMaker, self: () => unknown): Function {
  const holder = {
    made(...args: never[]): unknown {
      let task: Body;
      try {
        task = body.apply(self(), args);
      } catch (error) {
        return rejectedTask(error);
      }
      return runTask(task, body.name);
    },
  };
  return like(holder.made, body);
}

export function asyncGeneratorFunction(body: BodyMaker): Function {
  const holder = {
    made(this: unknown, ...args: never[]): unknown {
      return new AsyncGenerator(body.apply(this, args));
    },
  };
  return like(holder.made, body);
}

/** Puts the async method in place of the generator method under `key`. */
export function asyncMethod(holder: object, key: PropertyKey, isGenerator: boolean): void {
  const property = Object.getOwnPropertyDescriptor(holder, key)!;
  const body = property.value as BodyMaker;
  const value = isGenerator ? asyncGeneratorFunction(body) : asyncFunction(body);
  Object.defineProperty(holder, key, { ...property, value });
}
