/**
 * Checks of the stepper's messages at both ends. What comes out of a page is taken apart and put together again from the
 * fields that its message has: a page shows text of the person's programs, and nothing else of it goes any further.
 */
import {
  amount,
  bytes,
  flag,
  list,
  object,
  oneOf,
  optional,
  picked,
  place,
  table,
  text,
  variant,
  whole,
  wrongField,
  type Check,
  type Shape,
} from "../base/shape.ts";
import { finding } from "./finding-shape.ts";
import { STEPPER_PROTOCOL, type FromStepper, type ToStepper } from "./stepper-view.ts";

/** Longer text, or more of a kind at once, is a mistake or an attack. */
const LONGEST = 10_000;
const MOST = 100_000;

const short: Check = (value) => text(value) && (value as string).length <= LONGEST;
const few =
  (check: Check): Check =>
  (value) =>
    list(check)(value) && (value as readonly unknown[]).length <= MOST;
const position: Check = (value) => whole(value) && (value as number) >= 1;

// ---- out of the page

const GOING: Readonly<Record<string, Shape>> = {
  operation: {
    thread: whole,
    timesOut: flag,
    wakes: optional(flag),
    choices: optional(few(whole)),
  },
  over: { thread: whole, others: oneOf("running", "frozen") },
  into: { thread: whole, others: oneOf("running", "frozen") },
  out: { thread: whole, others: oneOf("running", "frozen") },
  until: { what: oneOf("contention", "race", "message", "switch", "barrier") },
  lockstep: {},
  continue: { only: optional(whole) },
};

const REQUESTS: Readonly<Record<string, Shape>> = {
  go: { how: variant("kind", GOING) },
  pause: {},
  undo: {},
  redo: {},
  goTo: { moment: whole },
  back: { thread: whole, to: oneOf("race") },
  freeze: { threads: few(whole) },
  frames: { thread: whole },
  tree: {},
  compare: { one: whole, other: whole },
  watch: { trace: flag },
};

const OUT: Readonly<Record<FromStepper["type"], Shape>> = {
  ready: { protocol: oneOf(STEPPER_PROTOCOL) },
  ask: { session: short, id: whole, request: variant("kind", REQUESTS) },
  reveal: { file: short, line: position, column: position, preserveFocus: flag },
  command: { command: oneOf("restart", "copySchedule") },
  painted: { session: short, revision: whole },
  problem: { text: short },
};

/** A message out of the page; undefined for everything else. */
export function readFromStepper(value: unknown): FromStepper | undefined {
  if (!variant("type", OUT)(value)) return undefined;
  const message = value as FromStepper;
  const read = { type: message.type, ...picked(message, OUT[message.type]) } as FromStepper;
  if (read.type !== "ask") return read;
  const { request } = read;
  const fields = { kind: request.kind, ...picked(request, REQUESTS[request.kind]) };
  const how =
    request.kind === "go"
      ? { how: { kind: request.how.kind, ...picked(request.how, GOING[request.how.kind]) } }
      : {};
  return { ...read, request: { ...fields, ...how } as typeof request };
}

// ---- into the page

const happened = object({
  thread: whole,
  text,
  place: optional(place),
  traceTime: optional(amount),
});

const outcome = object({
  ending: text,
  findings: list(finding),
  shared: list(object({ name: text, text })),
  output: list(text),
});

const treeRow = object({
  id: whole,
  before: optional(whole),
  depth: whole,
  by: optional(happened),
  outcome: optional(outcome),
});

const next = object({
  text,
  effect: optional(text),
  place: optional(place),
  canStep: flag,
  canTimeOut: flag,
  canWake: optional(flag),
  choices: optional(list(text)),
});

const thread = object({
  id: whole,
  name: text,
  state: oneOf("ready", "blocked", "waiting", "sleeping", "ended"),
  place: optional(place),
  function: optional(text),
  frozen: flag,
  next: optional(next),
  why: optional(text),
  waitsFor: list(whole),
  holds: list(text),
  last: optional(happened),
});

const stepObject = object({
  name: text,
  kind: text,
  text,
  place: optional(place),
  holder: optional(whole),
  queue: list(whole),
  changed: flag,
});

const state = object({
  revision: whole,
  moment: whole,
  depth: whole,
  canUndo: flag,
  canRedo: flag,
  timeNs: amount,
  threads: list(thread),
  last: optional(happened),
  treeFrom: whole,
  tree: list(treeRow),
  over: optional(outcome),
  waits: list(object({ from: whole, to: whole, object: text })),
  objects: list(stepObject),
  running: flag,
  engine: optional(oneOf("model", "native")),
  note: optional(text),
});

const EVENTS: Readonly<Record<string, Shape>> = {
  moment: { state },
  output: { from: whole, lines: list(object({ thread: whole, text, stream: text })) },
  logged: { text, place, thread: whole },
  trace: { offset: whole, bytes },
  failed: { code: text, message: text, remedy: optional(text) },
};

const reply: Check = (value) =>
  object({ id: whole, ok: oneOf(true) })(value) ||
  object({ id: whole, ok: oneOf(false), code: text, message: text, remedy: optional(text) })(value);

const IN: Readonly<Record<ToStepper["type"], Shape>> = {
  begin: {
    protocol: oneOf(STEPPER_PROTOCOL),
    session: text,
    program: text,
    title: text,
    options: object({ model: optional(text), cores: optional(whole) }),
    notes: list(text),
    strings: table,
    laneStrings: table,
  },
  event: { session: text, event: variant("kind", EVENTS) },
  answer: { session: text, reply },
  edited: { session: text, edited: flag },
  over: { session: text, text },
};

export type CheckedForStepper =
  { readonly ok: true; readonly message: ToStepper } | { readonly ok: false; readonly why: string };

/** A message into the page, or why it is none. */
export function checkToStepper(value: unknown): CheckedForStepper {
  const type =
    typeof value === "object" && value !== null ? (value as { type?: unknown }).type : undefined;
  if (typeof type !== "string" || !Object.hasOwn(IN, type)) {
    return { ok: false, why: `its type is ${JSON.stringify(type)}` };
  }
  const wrong = wrongField(value, IN[type as ToStepper["type"]]);
  if (wrong !== undefined) {
    return { ok: false, why: `"${wrong}" of "${type}" is not as it should be` };
  }
  return { ok: true, message: value as ToStepper };
}

/** Answers of a session are of another process: whether one has the shape that its request has. */
export const isTree: Check = list(treeRow);
export const isStack: Check = list(
  object({ name: text, place: optional(place), isAsync: optional(oneOf("label", "caller")) }),
);
export const isComparison: Check = object({
  fork: whole,
  one: list(happened),
  other: list(happened),
  differs: optional(object({ one: whole, other: whole, text })),
  outcomes: list(optional(outcome)),
});
