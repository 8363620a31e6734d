/**
 * Export to Chrome's trace event format (JSON), which chrome://tracing, Perfetto and speedscope open.
 * Specification: "Trace Event Format", docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU.
 *
 *     for (const part of chromeTrace(timeline)) file.write(part);
 *
 * Threads are one process, with a track of states each; locks another, with a track of holders each; regions a third: the
 * slices of one track must nest, and a holding begins and ends in the middle of states. Messages are flows between the
 * slices of their threads, queues of channels are counters, labels, output and panics are instants. Times are
 * microseconds there, written with three decimals, so that no nanosecond is lost. The format knows no other clock: a tick
 * of a modelled run becomes a nanosecond, which is its shortest, and `otherData.clock` says so.
 *
 * Comes in parts of some tens of kilobytes: a large trace would be a string longer than strings can be. Left out: what the
 * format has no words for (versions, values of atomics, findings).
 */
import type { Place } from "../finding.ts";
import { EventKind } from "../event.ts";
import type { Spans } from "../timeline/spans.ts";
import { ThreadState } from "../timeline/thread-track.ts";
import type { Timeline } from "../timeline/timeline.ts";

const THREADS = 1;
const LOCKS = 2;
const REGIONS = 3;
/** Those that the program has started have numbers above this. */
const PROCESSES = 100;

/** Reserved names of chrome://tracing's palette; Perfetto picks its own. */
const COLOURS: Readonly<Record<ThreadState, string>> = {
  [ThreadState.running]: "thread_state_running",
  [ThreadState.blocked]: "terrible",
  [ThreadState.waiting]: "thread_state_iowait",
  [ThreadState.sleeping]: "thread_state_sleeping",
  [ThreadState.stalled]: "grey",
  [ThreadState.runnable]: "thread_state_runnable",
};

const LINES_A_PART = 256;

type Entry = Readonly<Record<string, unknown>>;

/** JSON text in parts. The timeline must have advanced to what is to be exported. */
export function* chromeTrace(timeline: Timeline): Generator<string, void, undefined> {
  const { head } = timeline.trace;
  const about = {
    program: head?.program,
    engine: head?.engine,
    began: head?.began,
    tool: head?.tool,
    clock: head?.clock,
    model: head?.model,
    cores: head?.cores,
  };
  yield `{"displayTimeUnit":"ns","otherData":${JSON.stringify(about)},"traceEvents":[\n`;
  let lines: string[] = [];
  let first = true;
  for (const entry of entries(timeline)) {
    lines.push(JSON.stringify(entry));
    if (lines.length < LINES_A_PART) continue;
    yield (first ? "" : ",\n") + lines.join(",\n");
    first = false;
    lines = [];
  }
  if (lines.length > 0) yield (first ? "" : ",\n") + lines.join(",\n");
  yield "\n]}\n";
}

function* entries(timeline: Timeline): Generator<Entry> {
  yield* names(timeline);
  for (const thread of timeline.threads) {
    yield* states(timeline, thread.id, thread.states);
    yield* regions(timeline, thread.id, thread.regions);
    yield* instants(timeline, thread.id, thread.notable.at.subarray(0, thread.notable.count));
  }
  for (const lock of timeline.locks) yield* holders(timeline, lock.id);
  let flow = 0;
  for (const channel of timeline.channels) {
    flow = yield* messages(timeline, channel.id, flow);
  }
}

function* names(timeline: Timeline): Generator<Entry> {
  const program = timeline.trace.head?.program ?? "program";
  yield name("process_name", THREADS, 0, program);
  yield name("process_name", LOCKS, 0, "locks and channels");
  for (const { id, name: called, pid } of timeline.trace.processes.values()) {
    yield name("process_name", PROCESSES + id, 0, `${called} (pid ${pid})`);
  }
  for (const { id, regions: own } of timeline.threads) {
    const called = timeline.trace.threadName(id);
    const pid = groupOf(timeline, id);
    yield name("thread_name", pid, id, called);
    yield { ph: "M", name: "thread_sort_index", pid, tid: id, args: { sort_index: id } };
    if (own.count === 0) continue;
    yield name("process_name", REGIONS, 0, "regions");
    yield name("thread_name", REGIONS, id, called);
  }
  for (const { id } of timeline.locks) {
    yield name("thread_name", LOCKS, id, timeline.nameOf(id));
  }
}

function name(what: "process_name" | "thread_name", pid: number, tid: number, text: string): Entry {
  return { ph: "M", name: what, pid, tid, args: { name: text } };
}

/** Threads of the program's own process are one group, those of each that it has started another. */
function groupOf({ trace }: Timeline, thread: number): number {
  const { process } = trace.threads.get(thread as never) ?? {};
  return process === undefined ? THREADS : PROCESSES + process;
}

/** Microseconds with three decimals. */
const micros = (nanoseconds: number): number => Math.round(nanoseconds) / 1000;

function slice(pid: number, tid: number, start: number, end: number): Entry {
  // Rounded ends rather than a rounded duration: neighbours then meet exactly.
  const ts = micros(start);
  return { ph: "X", pid, tid, ts, dur: Math.round((micros(end) - ts) * 1000) / 1000 };
}

function* states(timeline: Timeline, thread: number, spans: Spans): Generator<Entry> {
  for (let row = 0; row < spans.count; row++) {
    const state = spans.value[row] as ThreadState;
    const object = spans.object[row];
    const other = spans.other[row];
    const on = object > 0 ? timeline.nameOf(object as never) : undefined;
    const words = Object.keys(ThreadState)[state] + (on === undefined ? "" : `: ${on}`);
    yield {
      name: words,
      cat: "state",
      ...slice(groupOf(timeline, thread), thread, spans.start[row], spans.end[row]),
      cname: COLOURS[state],
      args: {
        ...(on === undefined ? {} : { object: on }),
        ...(other < 0 ? {} : { thread: timeline.trace.threadName(other as never) }),
        ...at(timeline, spans.site[row]),
      },
    };
  }
}

function* regions(timeline: Timeline, thread: number, spans: Spans): Generator<Entry> {
  for (let row = 0; row < spans.count; row++) {
    const site = spans.site[row];
    yield {
      name: timeline.textOf(spans.object[row], site) || "region",
      cat: "region",
      ...slice(REGIONS, thread, spans.start[row], spans.end[row]),
      args: at(timeline, site),
    };
  }
}

function* holders(timeline: Timeline, lock: number): Generator<Entry> {
  const held = timeline.held(lock as never);
  for (let row = 0; row < held.count; row++) {
    yield {
      name: timeline.trace.threadName(held.value[row] as never),
      cat: "lock",
      ...slice(LOCKS, lock, held.start[row], held.end[row]),
      args: at(timeline, held.site[row]),
    };
  }
}

function* instants(timeline: Timeline, thread: number, rows: Int32Array): Generator<Entry> {
  const { time, kind, argument, site } = timeline.trace.events;
  const output = new Map(timeline.trace.output.map((line) => [line.sequence, line.text]));
  for (const row of rows) {
    const what = kind[row];
    let text = "panic";
    if (what === EventKind.label) text = timeline.textOf(argument[row], site[row]) || "label";
    else if (what === EventKind.output) text = output.get(argument[row]) ?? "output";
    else if (argument[row] === 1) text = "assertion failed";
    const args = at(timeline, site[row]);
    const cat = what === EventKind.output ? "output" : "mark";
    yield {
      name: text,
      cat,
      ph: "i",
      s: "t",
      pid: groupOf(timeline, thread),
      tid: thread,
      ts: micros(time[row]),
      args,
    };
  }
}

/** Flows of one channel, and its queue as a counter. Answers the last flow's number. */
function* messages(timeline: Timeline, channel: number, before: number): Generator<Entry, number> {
  const { sent, received, from, to, count } = timeline.messages(channel as never);
  const called = timeline.nameOf(channel as never);
  let id = before;
  for (let row = 0; row < count; row++) {
    if (received[row] === Infinity || from[row] < 0) continue;
    const flow = { name: called, cat: "message", id: ++id };
    const [giving, taking] = [groupOf(timeline, from[row]), groupOf(timeline, to[row])];
    // Clocks of two threads differ by some nanoseconds, and a flow must not go back in time.
    const start = Math.min(sent[row], received[row]);
    yield { ...flow, ph: "s", pid: giving, tid: from[row], ts: micros(start) };
    yield { ...flow, ph: "f", bp: "e", pid: taking, tid: to[row], ts: micros(received[row]) };
  }
  const { time, value, count: steps } = timeline.depth(channel as never);
  for (let step = 0; step < steps; step++) {
    const args = { queued: value[step] };
    yield { name: called, ph: "C", pid: LOCKS, tid: 0, ts: micros(time[step]), args };
  }
  return id;
}

function at(timeline: Timeline, site: number): Partial<Place> {
  return timeline.trace.place(site as never) ?? {};
}
