/** A trace as what each of its threads did, one thing after the other: the script that `trace-order.ts` follows. */
import type { ThreadId } from "../../base/brand.ts";
import { Known } from "../../objects/channel.ts";
import { Woken } from "../../objects/condvar.ts";
import { NO_CASE } from "../../objects/select.ts";
import { EventKind, STOPPED_VERSION } from "../../trace/event.ts";
import { READY_PLACE, Ready } from "../../objects/wire.ts";
import type { Trace } from "../../trace/trace.ts";

/** An operation on an object, by its number there; object 0 for what is none. */
export interface Place {
  readonly object: number;
  readonly version: number;
}

/** What a thread of the trace does next. */
export interface Deed extends Place {
  /** `either`: the trace does not tell whether it went through or its patience ended. */
  readonly kind: "step" | "note" | "time-out" | "wake-up" | "either";
  readonly time: number;
  /** Of a select: the operations on further objects that its step was made of, and the case that it took. */
  others?: Place[];
  readonly taken?: number;
  /**
   * What it chose; which waiter it woke, of those that waited then, in their order; how many bytes had arrived, as far as it could
   * tell, `EVERYTHING` where that was the end too.
   */
  choice?: number;
  /** Of a poll: what it found ready, by its place there, as a choice of the same kind. */
  ready?: Map<number, number>;
}

/** More than there can be. */
const EVERYTHING = Infinity;

/** One thread of the trace. */
export interface Script {
  readonly deeds: readonly Deed[];
  next: number;
  /** Its threads, in the order in which it started them. */
  readonly children: readonly ThreadId[];
}

/**
 * What an event says of a thread that was blocked just before: whether its patience came to its end, or it woke without a reason.
 * `Woken` and `ParkResult` agree.
 */
function after(kind: number, argument: number): Deed["kind"] {
  switch (kind) {
    case EventKind.lockRefused:
    case EventKind.acquireRefused:
      return "time-out";
    case EventKind.conditionWoken:
    case EventKind.park:
      return argument === Woken.SPURIOUSLY ? "wake-up" : argument === 0 ? "time-out" : "step";
    case EventKind.sendRefused:
    case EventKind.receiveRefused:
    case EventKind.query:
      return argument === 0 ? "time-out" : "step";
    case EventKind.atomicWait:
      return "either";
    default:
      return "step";
  }
}

/** Records that use the version's word otherwise. */
const NO_OPERATIONS: ReadonlySet<number> = new Set([
  EventKind.create,
  EventKind.onCore,
  EventKind.offCore,
  EventKind.select,
]);

/** How many waits ended without a reason. */
export function spuriousWakeUps({ events: { count, kind, argument } }: Trace): number {
  let found = 0;
  for (let index = 0; index < count; index++) {
    const waits = kind[index] === EventKind.conditionWoken || kind[index] === EventKind.park;
    if (waits && argument[index] === Woken.SPURIOUSLY) found++;
  }
  return found;
}

/** Neither is the end of a thread that was stopped: it is no step of its own. */
function isNoOperation(event: number, version: number): boolean {
  return NO_OPERATIONS.has(event) || version === 0 || version === STOPPED_VERSION;
}

/** What each thread of the trace did, in order. */
export function readScripts(trace: Trace): Map<ThreadId, Script> {
  const { count, kind, thread, object, version, argument, time } = trace.events;
  const scripts = new Map<ThreadId, { deeds: Deed[]; next: number; children: ThreadId[] }>();
  const blocked = new Set<number>();
  const conditions: OnCondition[] = [];
  const selects = new Map<ThreadId, Select>();
  /** By wire: how many bytes had been read, and written. */
  const passed = { read: new Map<number, number>(), written: new Map<number, number>() };
  for (let index = 0; index < count; index++) {
    const id = thread[index] as ThreadId;
    let script = scripts.get(id);
    if (script === undefined) scripts.set(id, (script = { deeds: [], next: 0, children: [] }));
    const event = kind[index];
    const stamp = { time: time[index], object: object[index], version: version[index] };
    if (event === EventKind.select) {
      const ready = new Map<number, number>();
      selects.set(id, { left: version[index], taken: argument[index], others: [], ready });
      continue;
    }
    if (event === EventKind.block) {
      script.deeds.push({ kind: "note", ...stamp });
      blocked.add(id);
    } else if (event === EventKind.wake) {
      script.deeds.push({ ...stamp, kind: "time-out", object: 0 });
    } else if (event === EventKind.yield) {
      script.deeds.push({ ...stamp, kind: "step", object: 0 });
    } else if (isNoOperation(event, stamp.version)) {
      continue;
    } else if (selects.has(id)) {
      const select = selects.get(id)!;
      if (event === EventKind.ready) {
        const isClosed = (argument[index] & Ready.CLOSED) !== 0;
        select.ready.set(Math.floor(argument[index] / READY_PLACE), isClosed ? EVERYTHING : 1);
      }
      if (--select.left > 0) {
        select.others.push({ object: stamp.object, version: stamp.version });
        continue;
      }
      selects.delete(id);
      const { taken, others, ready } = select;
      const timedOut = blocked.delete(id) && taken === NO_CASE;
      script.deeds.push({ ...stamp, kind: timedOut ? "time-out" : "step", taken, others, ready });
    } else {
      if (event === EventKind.spawn) script.children.push(argument[index] as ThreadId);
      const deed: Deed = {
        kind: blocked.delete(id) ? after(event, argument[index]) : "step",
        ...stamp,
      };
      const choice = choiceOf(event, object[index], argument[index], passed);
      if (choice !== undefined) deed.choice = choice;
      script.deeds.push(deed);
      if (CONDITIONS.has(event))
        conditions.push({ deed, event, thread: id, argument: argument[index] });
    }
  }
  tellChoices(conditions);
  return scripts;
}

/** A select under way: how many operations of it are still to come. */
interface Select {
  left: number;
  readonly taken: number;
  readonly others: Place[];
  readonly ready: Map<number, number>;
}

/** What a step chose, where its event tells. */
function choiceOf(
  event: number,
  object: number,
  argument: number,
  passed: Readonly<Record<"read" | "written", Map<number, number>>>,
): number | undefined {
  switch (event) {
    case EventKind.choice:
      return argument;
    case EventKind.bytesRead: {
      const count = more(passed.read, object, argument);
      return count === 0 ? EVERYTHING : count;
    }
    case EventKind.bytesWritten:
      return more(passed.written, object, argument);
    case EventKind.writeRefused:
      return 0;
    case EventKind.readRefused:
      return argument === 0 ? 0 : EVERYTHING;
    case EventKind.receiveRefused:
      return argument === 0 ? Known.LATER : Known.NOW;
    case EventKind.send:
      return Known.LATER;
    case EventKind.late:
    case EventKind.acceptRefused:
      return 0;
    case EventKind.accept:
      return 1;
    default:
      return undefined;
  }
}

/** How many more it is than when somebody last asked. */
function more(before: Map<number, number>, object: number, total: number): number {
  const count = (total - (before.get(object) ?? 0)) | 0;
  before.set(object, total);
  return count;
}

const CONDITIONS: ReadonlySet<number> = new Set([
  EventKind.conditionWait,
  EventKind.conditionWoken,
  EventKind.notifyOne,
  EventKind.notifyAll,
]);

interface OnCondition {
  readonly deed: Deed;
  readonly event: number;
  readonly thread: number;
  readonly argument: number;
}

/** Has each notification say which waiter it woke: free runs wake the first, others whomever somebody chose. */
function tellChoices(conditions: OnCondition[]): void {
  const waiting = new Map<number, number[]>();
  conditions.sort((one, other) => one.deed.version - other.deed.version);
  for (const { deed, event, thread, argument } of conditions) {
    const waiters = waiting.get(deed.object) ?? [];
    waiting.set(deed.object, waiters);
    if (event === EventKind.conditionWait) {
      waiters.push(thread);
    } else if (event === EventKind.notifyAll) {
      waiters.length = 0;
    } else {
      const index = waiters.indexOf(event === EventKind.notifyOne ? argument : thread);
      if (index < 0) continue;
      if (event === EventKind.notifyOne) deed.choice = index;
      waiters.splice(index, 1);
    }
  }
}
