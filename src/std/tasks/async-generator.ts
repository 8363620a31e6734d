/**
 * Async generators (ECMA-262, 27.6). The body is a generator that yields what it awaits, as a task's does; what it hands out
 * comes as a `Handed`. Requests queue up: one is under way, the others wait for it.
 */
import { type Job, State } from "./job.ts";
import { taskMarks } from "./marks.ts";
import {
  awaitValue,
  makePromise,
  rejectPromise,
  resolvePromise,
  type TaskPromise,
} from "./promise.ts";
import type { Body } from "./task.ts";

export const How = { NEXT: 0, THROW: 1, RETURN: 2 } as const;
export type How = (typeof How)[keyof typeof How];

/** A request, as `yield*` has to tell them apart. */
export interface Resumption {
  readonly how: How;
  readonly value: unknown;
}

interface Request extends Resumption {
  readonly promise: TaskPromise<unknown>;
}

/** `yield value`: handed out to whoever asked. */
export class Handed {
  readonly value: unknown;
  /** Of `yield*`: the value is not awaited, and the body is resumed with the `Resumption` as it is. */
  readonly delegated: boolean;

  constructor(value: unknown, delegated: boolean) {
    this.value = value;
    this.delegated = delegated;
  }
}

/** Yielded by a `yield*` that was ended by `return`: so is the generator. */
export class Ended {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

const Stage = { FRESH: 0, HANDED: 1, RUNNING: 2, CLOSING: 3, OVER: 4 } as const;
type Stage = (typeof Stage)[keyof typeof Stage];

/** What it goes on to do when what it awaits has come. */
const Awaiting = { BODY: 0, VALUE: 1, RETURN: 2, CLOSE: 3 } as const;
type Awaiting = (typeof Awaiting)[keyof typeof Awaiting];

class Driver implements Job {
  #stage: Stage = Stage.FRESH;
  #awaiting: Awaiting = Awaiting.BODY;
  /** It stands at a `yield*`. */
  #delegates = false;
  readonly #body: Body;
  readonly #requests: Request[] = [];
  readonly #marks = taskMarks();

  constructor(body: Body) {
    this.#body = body;
  }

  /** AsyncGenerator.prototype.next, return and throw: 27.6.1.2 to 27.6.1.4. */
  request(how: How, value: unknown): TaskPromise<unknown> {
    const promise = makePromise();
    const request = { how, value, promise };
    if (this.#stage === Stage.FRESH && how !== How.NEXT) this.#stage = Stage.OVER;
    if (this.#stage === Stage.OVER && how !== How.RETURN) {
      if (how === How.THROW) rejectPromise(promise, value);
      else resolvePromise(promise, { value: undefined, done: true });
      return promise;
    }
    this.#requests.push(request);
    if (this.#stage === Stage.OVER) this.#close(value);
    else if (this.#stage === Stage.FRESH) this.#goOn(How.NEXT, undefined);
    else if (this.#stage === Stage.HANDED) this.#resume(request);
    return promise;
  }

  /** What was awaited has come. */
  perform(state: State, value: unknown): void {
    const fails = state === State.REJECTED;
    switch (this.#awaiting) {
      case Awaiting.BODY:
        return this.#goOn(fails ? How.THROW : How.NEXT, value);
      case Awaiting.VALUE:
        return fails ? this.#goOn(How.THROW, value) : this.#handOut(value);
      case Awaiting.RETURN:
        return this.#deliver(fails ? How.THROW : How.RETURN, value);
      case Awaiting.CLOSE:
        this.#complete(fails, value, true);
        return this.#drain();
    }
  }

  woken(): void {
    if (this.#awaiting === Awaiting.BODY) this.#marks?.woken();
  }

  /** AsyncGeneratorUnwrapYieldResumption, 27.6.3.7. */
  #resume({ how, value }: Resumption): void {
    this.#stage = Stage.RUNNING;
    if (how === How.RETURN) this.#await(Awaiting.RETURN, value);
    else this.#deliver(how, value);
  }

  #deliver(how: How, value: unknown): void {
    if (!this.#delegates) return this.#goOn(how, value);
    this.#delegates = false;
    this.#goOn(How.NEXT, { how, value } satisfies Resumption);
  }

  #await(what: Awaiting, value: unknown): void {
    this.#awaiting = what;
    try {
      awaitValue(value, this);
      this.#marks?.waits();
    } catch (error) {
      this.perform(State.REJECTED, error);
    }
  }

  /** Runs the body up to where it awaits, hands out or ends. */
  #goOn(how: How, value: unknown): void {
    this.#stage = Stage.RUNNING;
    this.#marks?.goesOn();
    let step: IteratorResult<unknown, unknown>;
    try {
      step = this.#stepOf(how, value);
      while (step.done !== true && step.value instanceof Ended)
        step = this.#body.return(step.value.value);
    } catch (error) {
      return this.#end(true, error);
    }
    if (step.done === true) return this.#end(false, step.value);
    const given = step.value;
    this.#marks?.awaits();
    if (!(given instanceof Handed)) return this.#await(Awaiting.BODY, given);
    this.#delegates = given.delegated;
    if (given.delegated) this.#handOut(given.value);
    else this.#await(Awaiting.VALUE, given.value);
  }

  #stepOf(how: How, value: unknown): IteratorResult<unknown, unknown> {
    if (how === How.THROW) return this.#body.throw(value);
    if (how === How.RETURN) return this.#body.return(value);
    return this.#body.next(value as never);
  }

  /** AsyncGeneratorYield, 27.6.3.8. */
  #handOut(value: unknown): void {
    this.#complete(false, value, false);
    const [next] = this.#requests;
    if (next === undefined) this.#stage = Stage.HANDED;
    else this.#resume(next);
  }

  #end(fails: boolean, value: unknown): void {
    this.#marks?.ends();
    this.#stage = Stage.CLOSING;
    this.#complete(fails, value, true);
    this.#drain();
  }

  /** AsyncGeneratorCompleteStep, 27.6.3.4. */
  #complete(fails: boolean, value: unknown, done: boolean): void {
    const { promise } = this.#requests.shift()!;
    if (fails) rejectPromise(promise, value);
    else resolvePromise(promise, { value, done });
  }

  /** AsyncGeneratorDrainQueue, 27.6.3.10: what is asked of one that is over. */
  #drain(): void {
    for (let [next] = this.#requests; next !== undefined; [next] = this.#requests) {
      if (next.how === How.RETURN) return this.#close(next.value);
      this.#complete(next.how === How.THROW, next.how === How.THROW ? next.value : undefined, true);
    }
    this.#stage = Stage.OVER;
  }

  /** AsyncGeneratorAwaitReturn, 27.6.3.9. */
  #close(value: unknown): void {
    this.#stage = Stage.CLOSING;
    this.#await(Awaiting.CLOSE, value);
  }
}

/** What all async iterators have in common. */
class AsyncIteration {
  [Symbol.asyncIterator](): this {
    return this;
  }
}

export class AsyncGenerator extends AsyncIteration {
  readonly #driver: Driver;

  constructor(body: Body) {
    super();
    this.#driver = new Driver(body);
  }

  next(value?: unknown): unknown {
    return AsyncGenerator.#request(this, "next", How.NEXT, value);
  }

  return(value?: unknown): unknown {
    return AsyncGenerator.#request(this, "return", How.RETURN, value);
  }

  throw(error?: unknown): unknown {
    return AsyncGenerator.#request(this, "throw", How.THROW, error);
  }

  get [Symbol.toStringTag](): string {
    return "AsyncGenerator";
  }

  static #request(made: unknown, method: string, how: How, value: unknown): unknown {
    if (typeof made === "object" && made !== null && #driver in made)
      return made.#driver.request(how, value);
    const promise = makePromise();
    const words = `${method} method called on incompatible receiver ${String(made)}`;
    rejectPromise(promise, new TypeError(words));
    return promise;
  }
}

/** What `yield value` yields in such a body. */
export const handed = (value: unknown): unknown => new Handed(value, false);
