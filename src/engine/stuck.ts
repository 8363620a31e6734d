/**
 * What a run means in which nothing can move any more (SEMANTICS, Verdicts): a deadlock, if main is blocked or some threads
 * wait for nobody but each other; else a leak. Told as the chain of who waits for whom.
 */
import type { ThreadId } from "../base/brand.ts";
import { ENGINE_MESSAGES } from "../base/catalogue/engine.ts";
import { tell } from "../base/catalogue/message.ts";
import type { Finding, Place } from "../trace/finding.ts";

/** A thread that has not ended, in a run where nothing moves. */
export interface StuckThread {
  readonly id: ThreadId;
  readonly name: string;
  /** What it waits for, in words: "`db`", "the end of worker-2", "a promise"; and the verb before it. */
  readonly verb: string;
  readonly what: string;
  /** `ObjectId`, if it is an object. */
  readonly object?: number;
  readonly place?: Place;
  readonly waitsFor: readonly ThreadId[];
  /** Where the holder took what this thread waits for. */
  readonly heldSince?: Place;
  /** The holder's name, if it ended without giving it back: nobody will. */
  readonly leftBy?: string;
}

function lineOf(place: Place | undefined): string {
  return place === undefined
    ? ""
    : `${place.file.slice(place.file.lastIndexOf("/") + 1)}:${place.line}`;
}

/** The largest set in which each thread waits for at least one, and only for members: found by striking out the others. */
function knot(threads: readonly StuckThread[]): StuckThread[] {
  let members = [...threads];
  for (;;) {
    const ids = new Set(members.map(({ id }) => id));
    const kept = members.filter(
      ({ waitsFor }) => waitsFor.length > 0 && waitsFor.every((id) => ids.has(id)),
    );
    if (kept.length === members.length) return kept;
    members = kept;
  }
}

/** A cycle of the wait-for graph among `threads`, following each thread's first edge. Empty if there is none. */
function cycleIn(threads: readonly StuckThread[]): StuckThread[] {
  const byId = new Map(threads.map((thread) => [thread.id, thread]));
  for (const start of threads) {
    const path: StuckThread[] = [];
    for (let here: StuckThread | undefined = start; here !== undefined;) {
      const seen = path.indexOf(here);
      if (seen >= 0) return path.slice(seen);
      path.push(here);
      here = byId.get(here.waitsFor[0]);
    }
  }
  return [];
}

/** "worker-1 waits for `b` at x.ts:14, held by worker-2 since x.ts:9". */
function sentence(thread: StuckThread, names: ReadonlyMap<ThreadId, string>): string {
  const at = thread.place === undefined ? "" : ` at ${lineOf(thread.place)}`;
  const [first] = thread.waitsFor;
  if (thread.leftBy !== undefined) {
    const since = thread.heldSince === undefined ? "" : ` since ${lineOf(thread.heldSince)}`;
    return `${thread.name} ${thread.verb} ${thread.what}${at}, held${since} by ${thread.leftBy}, which has ended`;
  }
  if (first === undefined) return `${thread.name} ${thread.verb} ${thread.what}${at}`;
  const whose = names.get(first) ?? `thread ${first}`;
  if (thread.heldSince !== undefined) {
    const holder = first === thread.id ? "itself" : whose;
    return `${thread.name} ${thread.verb} ${thread.what}${at}, held by ${holder} since ${lineOf(thread.heldSince)}`;
  }
  const others = thread.waitsFor.map((id) => (id === thread.id ? "itself" : names.get(id)));
  return thread.what.includes(whose)
    ? `${thread.name} ${thread.verb} ${thread.what}${at}`
    : `${thread.name} ${thread.verb} ${thread.what}${at}, which is up to ${others.join(", ")}`;
}

/** `time`: nanoseconds since the run began. */
export function explainStuck(threads: readonly StuckThread[], time: number): Finding {
  const names = new Map(threads.map(({ id, name }) => [id, name]));
  const tied = knot(threads);
  const mainBlocked = threads.some(({ id }) => id === 0);
  const isDeadlock = mainBlocked || tied.length > 0;
  const cycle = cycleIn(tied);
  const told = cycle.length > 0 ? cycle : tied.length > 0 ? tied : threads;
  const story = told.map((thread) => sentence(thread, names)).join("; ");
  const entry = isDeadlock ? ENGINE_MESSAGES.deadlock : ENGINE_MESSAGES.leak;
  const { code, message, remedy } = tell(entry, { story });
  return {
    kind: isDeadlock ? "deadlock" : "leak",
    code,
    severity: "error",
    message,
    ...(remedy === undefined ? {} : { remedy }),
    sites: told.flatMap(({ place }) => (place === undefined ? [] : [place])),
    chain: [...told, ...threads.filter((thread) => !told.includes(thread))].map((thread) => ({
      text: sentence(thread, names),
      thread: thread.id,
      ...(thread.place === undefined ? {} : { site: thread.place }),
    })),
    time,
    threads: told.map(({ id }) => id),
    objects: told.flatMap(({ object }) => (object === undefined ? [] : [object])),
  };
}
