/**
 * What a step would do, and what it did, in words: "write `counter` ← 1", "writes `counter` ← 1". A step's effect is known before it is
 * made, as nobody moves meanwhile, so one description serves the button and the history.
 */
import type { Address, ThreadId } from "../../../base/brand.ts";
import { atomic, AtomicOperation } from "../../../objects/atomic.ts";
import { atomicRef, AtomicRefOperation, referred } from "../../../objects/atomic-ref.ts";
import { cell, CellOperation } from "../../../objects/cell.ts";
import { channel, ChannelOperation } from "../../../objects/channel.ts";
import { condvar, CondvarOperation } from "../../../objects/condvar.ts";
import { console_ } from "../../../objects/console.ts";
import { select } from "../../../objects/kinds.ts";
import { mutex, MutexOperation, MutexWord } from "../../../objects/mutex.ts";
import type { ObjectKind } from "../../../objects/object.ts";
import { SelectWord } from "../../../objects/select.ts";
import { High, isSame } from "../../../objects/value-words.ts";
import { thread as threadKind, ThreadOperation, ThreadOutcome } from "../../../objects/thread.ts";
import type { EventClass } from "../../../protocol/step.ts";
import { unpack } from "../../../std/cargo.ts";
import { valueOf } from "../../../std/identity.ts";
import { Pause } from "../../model/thread.ts";
import type { Candidate } from "../../scheduler.ts";
import { collectionClass, collectionDeed } from "./collections.ts";
import { type LookedRun, ObjectView, sharedValue } from "./objects.ts";
import { preview } from "./preview.ts";
import { synchroniserClass, synchroniserDeed } from "./synchronisers.ts";
import { wireClass, wireDeed } from "./wires.ts";

export interface Deed {
  /** "lock `db`" */
  readonly text: string;
  /** "locks `db`" */
  readonly done: string;
}

/** A step, with the words of its arguments that stand in registers. */
export interface Step extends Candidate {
  readonly low: number;
  readonly high: number;
}

/** A verb, in its base form and for a third person, and what follows it. */
const deed = (verb: string, third: string, rest: string): Deed => ({
  text: `${verb} ${rest}`.trim(),
  done: `${third} ${rest}`.trim(),
});
const regular = (verb: string, rest: string): Deed => deed(verb, `${verb}s`, rest);

export function deedOf(run: LookedRun, step: Step): Deed {
  if (step.object === 0) return ofPause(step.operation);
  const view = new ObjectView(run, step.object);
  const name = view.kind === threadKind ? view.name : `\`${view.name}\``;
  if (step.wakes === true) return deed("wake", "wakes", woken(view.kind, name));
  if (step.timesOut && view.kind === select) return deed("give up", "gives up", "its select");
  if (step.timesOut) return deed("give up waiting for", "gives up waiting for", name);
  const tell = TELLERS.get(view.kind);
  return (
    tell?.(run, view, name, step) ??
    synchroniserDeed(view.kind, name, view.text, step) ??
    ofCollection(run, view, name, step) ??
    ofBytes(view, name, step) ??
    regular(operationName(view.kind, step.operation), name)
  );
}

/** What it wakes from, though nobody has woken it. */
const woken = (kind: ObjectKind, name: string): string =>
  kind === threadKind
    ? "without being unparked (spuriously)"
    : `up from ${name} without being notified (spuriously)`;

function ofPause(operation: number): Deed {
  switch (operation) {
    case Pause.EDGE:
      return deed("go on in a loop", "goes on in a loop", "");
    case Pause.YIELD:
      return regular("yield", "");
    case Pause.WAKE:
      return regular("wake", "up");
    default:
      return deed("go on", "goes on", "");
  }
}

const operationName = (kind: ObjectKind, operation: number): string =>
  kind.operations[operation]?.name ?? "step";

type Teller = (run: LookedRun, view: ObjectView, name: string, step: Step) => Deed | undefined;

function ofThread(_run: LookedRun, view: ObjectView, name: string, step: Step): Deed | undefined {
  switch (step.operation) {
    case ThreadOperation.SPAWN:
      return regular("start", name);
    case ThreadOperation.START:
      return deed("begin", "begins", "");
    case ThreadOperation.END:
      return step.a === ThreadOutcome.PANICKED
        ? deed("end by a panic", "ends by a panic", "")
        : regular("end", "");
    case ThreadOperation.JOIN:
      return regular("join", name);
    case ThreadOperation.IS_FINISHED:
      return regular(
        "ask",
        `whether ${name} has ended → ${view.text === "running" ? "no" : "yes"}`,
      );
    case ThreadOperation.PARK:
      return deed("go on", "goes on", "unparked");
    case ThreadOperation.UNPARK:
      return regular("unpark", name);
    case ThreadOperation.CHOOSE:
      return regular("choose", `one of ${step.a}`);
    default:
      return undefined;
  }
}

function ofMutex(_run: LookedRun, view: ObjectView, name: string, step: Step): Deed | undefined {
  const poisoned = view.run.words[view.at + MutexWord.POISONED] !== 0;
  switch (step.operation) {
    case MutexOperation.LOCK:
      return poisoned && step.a === 0
        ? deed("find", "finds", `${name} poisoned`)
        : regular("lock", name);
    case MutexOperation.TRY_LOCK:
      return view.holder === undefined
        ? deed("try to lock", "tries to lock", `${name} → held`)
        : deed("try to lock", "tries to lock", `${name} → refused`);
    case MutexOperation.UNLOCK:
      return step.a === 0 ? regular("unlock", name) : regular("unlock", `${name}, poisoning it`);
    case MutexOperation.IS_POISONED:
      return regular("ask", `whether ${name} is poisoned → ${poisoned ? "yes" : "no"}`);
    case MutexOperation.CLEAR_POISON:
      return regular("clear", `the poison of ${name}`);
    default:
      return undefined;
  }
}

function ofCondvar(run: LookedRun, view: ObjectView, name: string, step: Step): Deed | undefined {
  switch (step.operation) {
    case CondvarOperation.WAIT:
      return regular(
        "wait",
        `on ${name}, giving up \`${new ObjectView(run, step.a as Address).name}\``,
      );
    case CondvarOperation.AWAIT:
      return regular("wake", `up from ${name}`);
    case CondvarOperation.NOTIFY_ONE:
      return deed("notify", "notifies", `one waiter of ${name} (${view.text})`);
    case CondvarOperation.NOTIFY_ALL:
      return deed("notify", "notifies", `all waiters of ${name} (${view.text})`);
    default:
      return undefined;
  }
}

function ofCell(run: LookedRun, view: ObjectView, name: string, step: Step): Deed {
  if (step.operation === CellOperation.READ) {
    return regular("read", `${name} → ${told(run, sharedValue(run, view.at))}`);
  }
  return regular("write", `${name} ← ${told(run, writtenValue(run, step))}`);
}

/** What a write would put into a cell. */
export function writtenValue(run: LookedRun, { a, low, high }: Step): unknown {
  return unpack(a, low, high, (block) => run.looker.decode(block));
}

function ofAtomic(run: LookedRun, view: ObjectView, name: string, step: Step): Deed | undefined {
  const before = told(run, view.value);
  const argument = wide(view.value, step.a, step.b);
  switch (step.operation) {
    case AtomicOperation.LOAD:
      return regular("load", `${name} → ${before}`);
    case AtomicOperation.STORE:
      return regular("store", `${name} ← ${argument}`);
    case AtomicOperation.SWAP:
      return regular("swap", `${name} ← ${argument}, was ${before}`);
    case AtomicOperation.ADD:
      return regular("add", `${argument} to ${name}, was ${before}`);
    case AtomicOperation.SUB:
      return regular("subtract", `${argument} from ${name}, was ${before}`);
    case AtomicOperation.COMPARE_EXCHANGE: {
      const next = wide(view.value, step.low, step.high);
      const how =
        before === argument ? `${argument} → ${next}` : `expects ${argument}, is ${before}`;
      return regular("exchange", `${name}: ${how}`);
    }
    case AtomicOperation.WAIT:
      return regular("wait", `for a change of ${name}`);
    case AtomicOperation.NOTIFY:
      return deed("notify", "notifies", `who waits on ${name}`);
    default:
      return regular("update", `${name}, was ${before}`);
  }
}

const wide = (like: unknown, low: number, high: number): string =>
  typeof like === "bigint" ? `${(BigInt(high) << 32n) | BigInt(low >>> 0)}n` : String(low);

function ofBytes({ kind }: ObjectView, name: string, step: Step): Deed | undefined {
  const form = wireDeed(kind, name, step);
  return form && deed(...form);
}

function ofCollection(
  run: LookedRun,
  view: ObjectView,
  name: string,
  step: Step,
): Deed | undefined {
  const form = collectionDeed(run, view.kind, view.at, name, step, (value) => told(run, value));
  return form && deed(...form);
}

function ofReference(run: LookedRun, view: ObjectView, name: string, step: Step): Deed | undefined {
  const before = told(run, view.value);
  const given = toldWords(run, step.a, step.b);
  switch (step.operation) {
    case AtomicRefOperation.LOAD:
      return regular("load", `${name} → ${before}`);
    case AtomicRefOperation.STORE:
      return regular("store", `${name} ← ${given}`);
    case AtomicRefOperation.SWAP:
      return regular("swap", `${name} ← ${given}, was ${before}`);
    default: {
      const { low, high } = referred(run.words, view.at);
      if (!isSame(run.words, low, high, step.a, step.b))
        return deed("find", "finds", `${name} changed: expects ${given}, is ${before}`);
      return regular("exchange", `${name}: ${before} → ${toldWords(run, step.low, step.high)}`);
    }
  }
}

function toldWords(run: LookedRun, low: number, high: number): string {
  if (high === High.OBJECT && low === 0) return "an object that was never stored";
  return told(run, valueOf(low, high, run.looker));
}

function ofSelect(run: LookedRun, view: ObjectView): Deed {
  const { words } = run;
  const names = Array.from({ length: words[view.at + SelectWord.COUNT] }, (_, index) => {
    return `\`${new ObjectView(run, select.objectAt(words, view.at, index)).name}\``;
  });
  return regular("select", `among ${[...new Set(names)].join(", ")}`);
}

function ofChannel(run: LookedRun, view: ObjectView, name: string, step: Step): Deed | undefined {
  const first = view.messages[0];
  const received = view.messages.length > 0 ? ` → ${told(run, first)}` : " → closed";
  switch (step.operation) {
    case ChannelOperation.SEND:
      return regular("send", `${told(run, run.looker.decode(step.a as Address))} to ${name}`);
    case ChannelOperation.TRY_SEND:
      return deed("try to send", "tries to send", `to ${name}`);
    case ChannelOperation.RECEIVE:
      return step.notes
        ? regular("wait", `for a message from ${name}`)
        : regular("receive", `from ${name}${received}`);
    case ChannelOperation.TRY_RECEIVE:
      return deed("try to receive", "tries to receive", `from ${name}`);
    case ChannelOperation.CLONE_SENDER:
      return regular("clone", `a sender of ${name}`);
    case ChannelOperation.CLONE_RECEIVER:
      return regular("clone", `a receiver of ${name}`);
    case ChannelOperation.DROP_SENDER:
      return regular("drop", `a sender of ${name}`);
    case ChannelOperation.DROP_RECEIVER:
      return regular("drop", `a receiver of ${name}`);
    case ChannelOperation.LENGTH:
      return regular("ask", `how much is in ${name} → ${view.messages.length}`);
    case ChannelOperation.DISCARD:
      return regular("discard", `a message of ${name}`);
    default:
      return undefined;
  }
}

const TELLERS: ReadonlyMap<ObjectKind, Teller> = new Map<ObjectKind, Teller>([
  [threadKind, ofThread],
  [mutex, ofMutex],
  [condvar, ofCondvar],
  [cell, ofCell],
  [atomic, ofAtomic],
  [atomicRef, ofReference],
  [channel, ofChannel],
  [select, ofSelect],
  [console_, () => regular("print", "a line")],
]);

export function told(run: LookedRun, value: unknown): string {
  return preview(value, (_kind, object) => new ObjectView(run, object as Address).name, 1).text;
}

/** To which class of events a step belongs, for breakpoints. */
export function classOf(
  run: LookedRun,
  { object, operation, timesOut }: Candidate,
): EventClass | undefined {
  if (object === 0 || timesOut) return undefined;
  const { kind } = new ObjectView(run, object);
  switch (kind) {
    case mutex:
      return operation === MutexOperation.UNLOCK
        ? "unlock"
        : operation <= MutexOperation.TRY_LOCK
          ? "lock"
          : "any";
    case channel:
      if (operation === ChannelOperation.SEND || operation === ChannelOperation.TRY_SEND)
        return "send";
      return operation === ChannelOperation.RECEIVE || operation === ChannelOperation.TRY_RECEIVE
        ? "receive"
        : "any";
    case cell:
      return operation === CellOperation.READ ? "read" : "write";
    case atomic:
      return operation === AtomicOperation.WAIT
        ? "wait"
        : operation === AtomicOperation.NOTIFY
          ? "notify"
          : "atomic";
    case atomicRef:
      return "atomic";
    case condvar:
      return operation <= CondvarOperation.AWAIT ? "wait" : "notify";
    case threadKind:
      return THREAD_CLASSES[operation] ?? "any";
    case console_:
      return "print";
    default:
      return (
        synchroniserClass(kind, operation) ??
        collectionClass(kind, operation) ??
        wireClass(kind, operation) ??
        "any"
      );
  }
}

const THREAD_CLASSES: Readonly<Record<number, EventClass>> = {
  [ThreadOperation.SPAWN]: "spawn",
  [ThreadOperation.END]: "end",
  [ThreadOperation.JOIN]: "join",
  [ThreadOperation.PARK]: "wait",
  [ThreadOperation.UNPARK]: "notify",
};

/** Whether two threads stand before accesses of one `@shared` cell that would be a race: neither ordered, one a write. */
export function races(
  run: LookedRun,
  offered: readonly Candidate[],
): readonly ThreadId[] | undefined {
  const first = new Map<number, { readonly thread: ThreadId; readonly writes: boolean }>();
  for (const { object, operation, thread, timesOut } of offered) {
    if (object === 0 || timesOut || new ObjectView(run, object).kind !== cell) continue;
    const writes = operation === CellOperation.WRITE;
    const known = first.get(object);
    if (known !== undefined && (known.writes || writes)) return [known.thread, thread];
    if (known === undefined || writes) first.set(object, { thread, writes });
  }
  return undefined;
}
