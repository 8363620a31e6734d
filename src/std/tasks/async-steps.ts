/** `for await` and `yield*` in async generators (ECMA-262, 14.7.5.6, 15.5.5): iterating where each step is awaited. */
import { engine } from "../intrinsics.ts";
import { Ended, Handed, How, type Resumption } from "./async-generator.ts";
import { asyncFromSync } from "./async-from-sync.ts";
import type { Body } from "./task.ts";

type Method = (this: unknown, value?: unknown) => unknown;
type Iterated = Readonly<Record<"next" | "return" | "throw", unknown>>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  (typeof value === "object" && value !== null) || typeof value === "function";

/** GetIterator with kind async, 7.4.3. */
function iteratorOf(iterable: unknown): Iterated {
  const asked = iterable as { [Symbol.asyncIterator]?: unknown; [Symbol.iterator]?: unknown };
  const method = asked[Symbol.asyncIterator];
  if (method === undefined || method === null) {
    const sync = asked[Symbol.iterator];
    if (typeof sync !== "function")
      throw new TypeError(`${nameOf(iterable)} is not async iterable`);
    return asyncFromSync(checked((sync as Method).call(iterable)));
  }
  if (typeof method !== "function")
    throw new TypeError(`${nameOf(iterable)} is not async iterable`);
  return checked((method as Method).call(iterable));
}

function checked(iterator: unknown): Iterated {
  if (isObject(iterator)) return iterator as unknown as Iterated;
  throw new TypeError("Result of the Symbol.asyncIterator method is not an object");
}

const nameOf = (value: unknown): string => (isObject(value) ? "object" : String(value));

function resultOf(result: unknown): IteratorResult<unknown, unknown> {
  if (isObject(result)) return result as unknown as IteratorResult<unknown, unknown>;
  throw new TypeError(`Iterator result ${String(result)} is not an object`);
}

/**
 * A loop under way. What is emitted:
 *
 *     const steps = $.asyncSteps(iterable);
 *     try { while (steps.took(yield steps.next())) { const x = steps.value; … } }
 *     catch (error) { steps.fail(error); } finally { yield* steps.close(); }
 */
export class AsyncSteps {
  readonly #iterator: Iterated;
  readonly #next: unknown;
  /** Of the loop: each step is awaited there. */
  readonly #site = engine.site;
  /** Nothing to close: it has ended, or its own step is under way. */
  #over = false;
  #failure: { readonly error: unknown } | undefined;
  value: unknown;

  constructor(iterable: unknown) {
    this.#iterator = iteratorOf(iterable);
    this.#next = this.#iterator.next;
  }

  /** The promise of the next step. */
  next(): unknown {
    this.#over = true;
    engine.site = this.#site;
    return (this.#next as Method).call(this.#iterator);
  }

  /** Whether there was another value. */
  took(result: unknown): boolean {
    const step = resultOf(result);
    if (step.done === true) return false;
    if (step.done) return false;
    this.value = step.value;
    this.#over = false;
    return true;
  }

  /** An exception leaves the loop: it goes before what closing throws. */
  fail(error: unknown): void {
    this.#failure = { error };
  }

  /** AsyncIteratorClose, 7.4.12; throws what has left the loop. */
  *close(): Body<void> {
    const failure = this.#failure;
    if (!this.#over) {
      this.#over = true;
      try {
        const finish = this.#iterator.return;
        if (finish !== undefined && finish !== null) {
          const result: unknown = yield (finish as Method).call(this.#iterator);
          if (failure === undefined && !isObject(result))
            throw new TypeError(`${String(result)} is not an object`);
        }
      } catch (error) {
        if (failure === undefined) throw error;
      }
    }
    if (failure !== undefined) throw failure.error;
  }
}

/** `yield*` in the body of an async generator. */
export function* delegateAsync(iterable: unknown): Body {
  const iterator = iteratorOf(iterable);
  const { next } = iterator;
  let received: Resumption = { how: How.NEXT, value: undefined };
  for (;;) {
    const { how, value }: Resumption = received;
    let result: unknown;
    if (how === How.NEXT) {
      result = yield (next as Method).call(iterator, value);
    } else if (how === How.THROW) {
      const fail = iterator.throw;
      if (fail === undefined || fail === null) {
        const finish = iterator.return;
        if (finish !== undefined && finish !== null)
          resultOf(yield (finish as Method).call(iterator));
        throw new TypeError("The iterator does not provide a 'throw' method.");
      }
      result = yield (fail as Method).call(iterator, value);
    } else {
      const finish = iterator.return;
      if (finish === undefined || finish === null) {
        yield new Ended(yield value);
        continue;
      }
      result = yield (finish as Method).call(iterator, value);
    }
    const { done, value: given } = resultOf(result);
    if (!done) received = yield new Handed(given, true);
    else if (how === How.RETURN) yield new Ended(given);
    else return given;
  }
}
