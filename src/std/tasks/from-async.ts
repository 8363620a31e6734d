/** `Array.fromAsync` (ECMA-262, 23.1.2.1), whose promise is one of ours. */
import { AsyncSteps } from "./async-steps.ts";
import { type Body, runTask } from "./task.ts";

type Mapper = (value: unknown, index: number) => unknown;

const isConstructor = (made: unknown): made is new (...values: unknown[]) => unknown[] =>
  typeof made === "function" && made !== Array;

function* collect(made: unknown, items: unknown, mapper: unknown, self: unknown): Body {
  if (mapper !== undefined && typeof mapper !== "function")
    throw new TypeError("Array.fromAsync was given a mapper that is not a function");
  const source = items as { [Symbol.asyncIterator]?: unknown; [Symbol.iterator]?: unknown };
  const iterates = (source[Symbol.asyncIterator] ?? source[Symbol.iterator]) !== undefined;
  const list = items as ArrayLike<unknown>;
  const result: unknown[] = isConstructor(made) ? new made() : [];
  let index = 0;
  const put = (value: unknown): void => {
    const property = { value, writable: true, enumerable: true, configurable: true };
    Object.defineProperty(result, index++, property);
  };
  if (iterates) {
    const steps = new AsyncSteps(items);
    try {
      while (steps.took(yield steps.next())) {
        const { value } = steps;
        put(mapper === undefined ? value : yield (mapper as Mapper).call(self, value, index));
      }
    } catch (error) {
      steps.fail(error);
    } finally {
      yield* steps.close();
    }
  } else {
    const count = Math.trunc(Number(list.length)) || 0;
    while (index < count) {
      const value: unknown = yield list[index];
      put(mapper === undefined ? value : yield (mapper as Mapper).call(self, value, index));
    }
  }
  result.length = index;
  return result;
}

export function fromAsync(
  this: unknown,
  items: unknown,
  mapper?: unknown,
  self?: unknown,
): unknown {
  return runTask(collect(this, items, mapper, self));
}
