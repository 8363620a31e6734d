/**
 * Generators of the person's whose bodies may stop. The frame of such a generator yields for two reasons: it hands out a
 * value (`handOut`), or it stops. `next`, `return` and `throw` have twins that pass the stopping on and give what is
 * handed out.
 */
/* eslint-disable @typescript-eslint/unbound-method -- functions are taken as values, and called with the `this` they need */
import type { Twin } from "../../../protocol/twins.ts";
import { SUSPENDED } from "../suspension.ts";
import { call0, call1, run } from "./calls.ts";
import { link } from "./stamp.ts";

const HANDED = Symbol("handed out");
/** Yielded by a `yield*` that was ended: the generator ends with `handed`. */
const ENDED = Symbol("ended");
/** What the frame that yielded `HANDED` hands out: taken at once. */
let handed: unknown;
/** What `return(value)` was given last, for a `yield*` that has to pass it on. */
let returned: unknown;

export function handOut(value: unknown): unknown {
  handed = value;
  return HANDED;
}

type Body = Generator<unknown, unknown, unknown>;
type Resumption = "next" | "return" | "throw";

const bodies = new WeakMap<object, Body>();

function bodyOf(generator: unknown, method: string): Body {
  const body =
    typeof generator === "object" && generator !== null ? bodies.get(generator) : undefined;
  if (body !== undefined) return body;
  throw new TypeError(`${method} method called on incompatible receiver ${String(generator)}`);
}

/** One turn of a generator: resumes its body, over all the times that it stops, until it hands out or ends. */
function* resume(body: Body, how: Resumption, value: unknown): Body {
  let step = body[how](value);
  while (step.done !== true && step.value !== HANDED) {
    if (step.value === ENDED) {
      step = body.return(takeHanded());
      continue;
    }
    let fails = false;
    let result: unknown;
    try {
      result = yield step.value;
    } catch (error) {
      fails = true;
      result = error;
    }
    step = fails ? body.throw(result) : body.next(result);
  }
  return step.done === true
    ? { value: step.value, done: true }
    : { value: takeHanded(), done: false };
}

function takeHanded(): unknown {
  const value = handed;
  handed = undefined;
  return value;
}

function method(how: Resumption): Function {
  const twin = function (this: unknown, value: unknown): Body {
    if (how === "return") returned = value;
    return resume(bodyOf(this, how), how, value);
  };
  const holder = {
    [how](this: unknown, value: unknown): unknown {
      return run(twin.call(this, value));
    },
  };
  return link(holder[how], twin as Twin);
}

const generatorFunctionPrototype = Object.getPrototypeOf(resume) as { prototype: object };
const generatorPrototype = generatorFunctionPrototype.prototype;

/** Stands between the prototypes of generator functions and the language's own: iterator helpers and all are inherited. */
const twinPrototype = Object.create(generatorPrototype, {
  next: { value: method("next"), writable: true, configurable: true },
  return: { value: method("return"), writable: true, configurable: true },
  throw: { value: method("throw"), writable: true, configurable: true },
}) as object;

export function generator(prototype: object | null, frame: Body): object {
  // A declaration that was made an ordinary function has the prototype of one.
  if (prototype !== null && Object.getPrototypeOf(prototype) === Object.prototype)
    Object.setPrototypeOf(prototype, twinPrototype);
  const made = Object.create(prototype ?? twinPrototype) as object;
  bodies.set(made, frame);
  return made;
}

export function generatorFunction(twin: Twin, name: string, length: number): Function {
  // A method, since nothing can be constructed with a generator function.
  const { made } = {
    made(this: unknown, ...args: never[]): object {
      const frame = twin.apply(this, args);
      const { prototype } = made as unknown as { prototype: unknown };
      return generator(typeof prototype === "object" ? prototype : null, frame);
    },
  };
  Object.defineProperties(made, {
    name: { value: name, configurable: true },
    length: { value: length, configurable: true },
    prototype: { value: Object.create(twinPrototype) as object, writable: true },
  });
  return Object.setPrototypeOf(made, generatorFunctionPrototype) as Function;
}

type Iterated = Record<Resumption, unknown>;

/** ECMA-262, `yield*`. What is left out: a `return` of the inner iterator that goes on handing out. */
export function* delegate(iterable: unknown): Body {
  let answer = call0((iterable as Iterable<unknown>)[Symbol.iterator], iterable);
  if (answer === SUSPENDED) answer = yield 0;
  const iterator = answer as Iterated;
  const { next } = iterator;
  let how: "next" | "throw" = "next";
  let value: unknown;
  for (;;) {
    const resumption: unknown = how === "next" ? next : iterator.throw;
    if (resumption === undefined || resumption === null) {
      const closing: unknown = iterator.return;
      if (typeof closing === "function" && call0(closing, iterator) === SUSPENDED) yield 0;
      throw new TypeError("The iterator does not provide a 'throw' method.");
    }
    let result = call1(resumption, iterator, value);
    if (result === SUSPENDED) result = yield 0;
    const { done, value: given } = asResult(result);
    if (done === true) return given;
    let resumed = false;
    try {
      value = yield handOut(given);
      how = "next";
      resumed = true;
    } catch (error) {
      value = error;
      how = "throw";
      resumed = true;
    } finally {
      // The generator was ended by `return`: so is what it delegates to. If that stops on the way, the language takes the
      // generator for resumed, and it has to be ended again.
      if (!resumed) {
        handed = yield* returning(iterator, returned);
        yield ENDED;
      }
    }
  }
}

function* returning(iterator: Iterated, value: unknown): Body {
  const finish = iterator.return;
  if (finish === undefined || finish === null) return value;
  let result = call1(finish, iterator, value);
  if (result === SUSPENDED) result = yield 0;
  return asResult(result).value;
}

function asResult(result: unknown): IteratorResult<unknown, unknown> {
  if (typeof result === "object" && result !== null)
    return result as IteratorResult<unknown, unknown>;
  throw new TypeError(`Iterator result ${String(result)} is not an object`);
}
