/**
 * Calls that may stop. A callee with a twin is started at once, as a nested call; if it stops, its frame is set aside and
 * the answer is `SUSPENDED`. A plain function that has a twin runs it to the end (`run`).
 *
 * Nesting is counted: a call too deep for the native stack is set aside before it has begun, with everything around it,
 * and begins on an empty stack (`../suspension.ts`).
 */
import { TWIN_RUNTIME_MESSAGES } from "../../../base/catalogue/twins.ts";
import { tell } from "../../../base/catalogue/message.ts";
import type { Twin } from "../../../protocol/twins.ts";
import { type Frame, FrameStack, leave, nest, pinned, SUSPENDED } from "../suspension.ts";
import { twinOf } from "./stamp.ts";

type Callable = (this: unknown, ...args: unknown[]) => unknown;

/** Begins a frame: what it gives, or `SUSPENDED` if it has been set aside. */
export function start(frame: Frame): unknown {
  if (nest.depth >= nest.room) return hop(frame);
  nest.depth++;
  try {
    const step = frame.next();
    if (step.done === true) return step.value;
    leave(frame, step.value as number);
    return SUSPENDED;
  } finally {
    nest.depth--;
  }
}

/** A frame that waits, by a `yield` before anything else, for what a call that has just stopped comes to. */
export function after(frame: Frame): unknown {
  frame.next();
  leave(frame, 0);
  return SUSPENDED;
}

function hop(frame: Frame): unknown {
  if (nest.full) throw new RangeError("Maximum call stack size exceeded");
  leave(frame, 0);
  nest.hop = true;
  return SUSPENDED;
}

/** Runs a frame to the end on top of callers that cannot be suspended. Throws where it would have to stop. */
export function run(frame: Frame): unknown {
  pinned.depth++;
  const { depth, room, full } = nest;
  try {
    const answer = start(frame);
    if (answer !== SUSPENDED) return answer;
    const stack = new FrameStack();
    const hops = nest.hop;
    nest.hop = false;
    stack.take();
    if (hops && stack.goOn(undefined)) return stack.value;
    const told = tell(TWIN_RUNTIME_MESSAGES.cannotStop, {});
    throw new Error(`${told.message} [${told.code}]`);
  } finally {
    pinned.depth--;
    nest.depth = depth;
    nest.room = room;
    nest.full = full;
  }
}

const isFunction = (value: unknown): value is Callable => typeof value === "function";

/** A value as a message names it. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "object" && value !== null ? "object" : String(value);
}

const noFunction = (callee: unknown): TypeError =>
  new TypeError(`${textOf(callee)} is not a function`);

export function call0(callee: unknown, self: unknown): unknown {
  if (!isFunction(callee)) throw noFunction(callee);
  const twin = twinOf(callee);
  return twin === undefined ? callee.call(self) : start(twin.call(self));
}

export function call1(callee: unknown, self: unknown, a: unknown): unknown {
  if (!isFunction(callee)) throw noFunction(callee);
  const twin = twinOf(callee);
  return twin === undefined ? callee.call(self, a) : start(twin.call(self, a as never));
}

export function call2(callee: unknown, self: unknown, a: unknown, b: unknown): unknown {
  if (!isFunction(callee)) throw noFunction(callee);
  const twin = twinOf(callee);
  return twin === undefined
    ? callee.call(self, a, b)
    : start(twin.call(self, a as never, b as never));
}

export function call3(callee: unknown, self: unknown, a: unknown, b: unknown, c: unknown): unknown {
  if (!isFunction(callee)) throw noFunction(callee);
  const twin = twinOf(callee);
  return twin === undefined
    ? callee.call(self, a, b, c)
    : start(twin.call(self, a as never, b as never, c as never));
}

export function call(callee: unknown, self: unknown, args: readonly unknown[]): unknown {
  if (!isFunction(callee)) throw noFunction(callee);
  const twin = twinOf(callee);
  return twin === undefined
    ? callee.apply(self, args as unknown[])
    : start(twin.apply(self, args as never[]));
}

/** The frame of a call, for twins that are themselves written as frames; of a plain function too. */
export function frameOf(callee: unknown, self: unknown, args: readonly unknown[]): Frame {
  if (!isFunction(callee)) throw noFunction(callee);
  const twin: Twin | undefined = twinOf(callee);
  return twin === undefined ? plainFrame(callee, self, args) : twin.apply(self, args as never[]);
}

// eslint-disable-next-line require-yield -- a frame that never stops
function* plainFrame(
  callee: Callable,
  self: unknown,
  args: readonly unknown[],
): Generator<unknown, unknown, unknown> {
  return callee.apply(self, args as unknown[]);
}
