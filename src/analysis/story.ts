/**
 * A run in a few sentences, the telling one first: what went wrong, or else who was held up most, where and by what, or
 * else that nobody was. The picture is the proof.
 */
import type { ObjectId } from "../base/brand.ts";
import { formatDuration } from "../base/duration.ts";
import { signalName } from "../base/signals.ts";
import type { Finding } from "../trace/finding.ts";
import { processEnds, type ProcessEnd } from "../trace/timeline/process-ends.ts";
import { isBetweenProcesses } from "../trace/timeline/messages.ts";
import { ThreadState, type ThreadTrack } from "../trace/timeline/thread-track.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import {
  objectPiece,
  placePiece,
  say,
  strong,
  text,
  threadPiece,
  type Piece,
  type Sentence,
} from "./sentence.ts";
import { timeInStates } from "./summary.ts";
import { purposeWords } from "./waiting.ts";
import { counted, listed, percent, placeText } from "./words.ts";

const SENTENCES = {
  found: "{message}",
  foundAt: "{message} ({place}).",
  blocked: "{thread} was {blocked}, {most} at {place} waiting for {object}.",
  waited: "{thread} {waited}, {most} at {place} {purpose} {object}.",
  blockedAnywhere: "{thread} was {blocked}, {most} waiting for {object}.",
  waitedAnywhere: "{thread} {waited}, {most} {purpose} {object}.",
  free: "{threads} ran {events} in {duration}, and no lock held any of them up.",
  empty: "Nothing has happened yet.",
  parallel: "Two threads or more ran at once for {share} of the time, at most {most}.",
  alone: "No two threads ran at the same time.",
  cores: "{cores} changed hands {times}, and {thread} waited {share} of its life for one.",
  coresAlone: "{cores} changed hands {times}.",
  tasks: "{tasks} awaited {times}.",
  processes: "{processes}: {ends}. {passed} went between them.",
  stalled: "Recording held the program up for {time}: its durations are too long by that.",
} as const;

/** From these shares of a thread's life on, being held up is the story. */
const LEAST_BLOCKED = 0.02;
const LEAST_WAITED = 0.25;
/** From this share of the run on, the recorder's own cost is told. */
const LEAST_STALLED = 0.01;

/** At least one sentence. `findings`: as `findingsOf` gives them. O(spans). */
export function storyOf(timeline: Timeline, findings: readonly Finding[]): readonly Sentence[] {
  if (timeline.threads.length === 0) return [say(SENTENCES.empty, {})];
  const gravest = findings.find(({ severity }) => severity === "error");
  const cost = costliest(timeline);
  const sentences = [
    ...(gravest === undefined ? [] : [errorSentence(gravest)]),
    ...(cost === undefined ? [] : [costSentence(timeline, cost)]),
  ];
  if (sentences.length === 0) sentences.push(freeSentence(timeline));
  if (timeline.threads.length > 1) sentences.push(parallelSentence(timeline));
  return [
    ...sentences,
    ...coresSentence(timeline),
    ...tasksSentence(timeline),
    ...processesSentence(timeline),
    ...stalledSentence(timeline),
  ];
}

/** The sentence for a status bar or a notification. */
export function headlineOf(timeline: Timeline, findings: readonly Finding[]): Sentence {
  return storyOf(timeline, findings)[0];
}

function errorSentence(finding: Finding): Sentence {
  const place = finding.sites[0];
  const message = text(finding.message);
  const told = place === undefined || finding.message.includes(placeText(place));
  if (told) return say(SENTENCES.found, { message });
  return say(SENTENCES.foundAt, {
    message: finding.message.replace(/\.$/, ""),
    place: { kind: "place", text: placeText(place), place },
  });
}

/** Where one thread was held up most. */
interface Cost {
  readonly thread: ThreadTrack;
  readonly state: ThreadState;
  readonly time: number;
  /** One of its waits at the place that cost most, as a row of the thread's states. */
  readonly row: number;
  /** The share of `time` that was spent at that place for that object. */
  readonly share: number;
}

/** The thread that lost the most time to locks; if none lost much, the one that waited most for others. */
function costliest(timeline: Timeline): Cost | undefined {
  const worst = (state: ThreadState, least: number): Cost | undefined =>
    timeline.threads
      .map((thread) => costOf(timeline, thread, state))
      .filter((cost) => cost !== undefined)
      .filter(({ thread, time }) => time > (thread.ended - thread.began) * least)
      .sort((a, b) => b.time - a.time)[0];
  return worst(ThreadState.blocked, LEAST_BLOCKED) ?? worst(ThreadState.waiting, LEAST_WAITED);
}

function costOf(timeline: Timeline, thread: ThreadTrack, state: ThreadState): Cost | undefined {
  const { start, end, value, object, site, count } = thread.states;
  const byPlace = new Map<string, { row: number; time: number }>();
  let total = 0;
  for (let row = 0; row < count; row++) {
    if (value[row] !== state) continue;
    // Joining is what main is for; that it takes long is no news.
    if (timeline.kindOf(object[row] as never) === "thread") continue;
    const time = end[row] - start[row];
    total += time;
    const key = `${object[row]} ${site[row]}`;
    const place = byPlace.get(key);
    if (place === undefined) byPlace.set(key, { row, time });
    else place.time += time;
  }
  const top = [...byPlace.values()].sort((a, b) => b.time - a.time)[0];
  if (top === undefined || total === 0) return undefined;
  return { thread, state, time: total, row: top.row, share: top.time / total };
}

function costSentence(timeline: Timeline, cost: Cost): Sentence {
  const { thread, state, time, row } = cost;
  const share = percent(time, thread.ended - thread.began);
  const place = placePiece(timeline, thread.states.site[row]);
  const values: Record<string, Piece | string> = {
    thread: threadPiece(timeline, thread.id),
    blocked: strong(`blocked ${share} of its life`),
    waited: strong(`waited ${share} of its life`),
    most: cost.share > 0.995 ? "all" : cost.share > 0.85 ? "nearly all" : "most",
    place,
    purpose: purposeWords(timeline, thread.states, row),
    object: objectPiece(timeline, thread.states.object[row]),
  };
  const isBlocked = state === ThreadState.blocked;
  // Threads of actors and runtimes wait in code that is not the person's.
  if (place.kind !== "place") {
    return say(isBlocked ? SENTENCES.blockedAnywhere : SENTENCES.waitedAnywhere, values);
  }
  return say(isBlocked ? SENTENCES.blocked : SENTENCES.waited, values);
}

/** How long the program ran: from when its first thread began, since making ready for it is no part of it. */
export function lifeOf({ threads, now }: Timeline): number {
  return now - threads.reduce((first, { began }) => Math.min(first, began), now);
}

function freeSentence(timeline: Timeline): Sentence {
  return say(SENTENCES.free, {
    threads: strong(counted(timeline.threads.length, "thread")),
    events: counted(timeline.trace.events.count, "event"),
    duration: strong(formatDuration(lifeOf(timeline), timeline.trace.clock)),
  });
}

function parallelSentence(timeline: Timeline): Sentence {
  const { time, value, count } = timeline.threadsIn(ThreadState.running);
  let together = 0;
  let most = 0;
  for (let step = 0; step < count; step++) {
    most = Math.max(most, value[step]);
    if (value[step] > 1)
      together += (step + 1 < count ? time[step + 1] : timeline.now) - time[step];
  }
  if (most < 2) return say(SENTENCES.alone, {});
  return say(SENTENCES.parallel, {
    share: strong(percent(together, lifeOf(timeline))),
    most: String(most),
  });
}

/** Of a run that played an execution model, or carried green threads: who paid for there being so few cores. */
function coresSentence(timeline: Timeline): Sentence[] {
  const { cores } = timeline;
  const switches = cores.reduce((sum, core) => sum + core.switches, 0);
  if (switches === 0) return [];
  const what = timeline.trace.head?.engine === "native" ? "system thread" : "core";
  const values = {
    cores: cores.length === 1 ? `The ${what}` : `The ${cores.length} ${what}s`,
    times: strong(counted(switches, "time")),
  };
  const waits = timeline.threads
    .map((thread) => ({ thread, time: timeInStates(thread)[ThreadState.runnable] }))
    .sort((a, b) => b.time - a.time);
  const [most] = waits;
  const lived = most.thread.ended - most.thread.began;
  if (most.time <= lived * LEAST_WAITED) return [say(SENTENCES.coresAlone, values)];
  const thread = threadPiece(timeline, most.thread.id);
  const share = strong(percent(most.time, lived));
  return [say(SENTENCES.cores, { ...values, thread, share })];
}

function tasksSentence({ threads }: Timeline): Sentence[] {
  const tasks = threads.reduce((sum, thread) => sum + thread.tasks, 0);
  const awaits = threads.reduce((sum, thread) => sum + thread.awaits, 0);
  if (awaits === 0) return [];
  const values = { tasks: strong(counted(tasks, "task")), times: strong(counted(awaits, "time")) };
  return [say(SENTENCES.tasks, values)];
}

/** Processes, by how they ended, and what they have said to each other. */
function processesSentence(timeline: Timeline): Sentence[] {
  const { processes } = timeline.trace;
  if (processes.size === 0) return [];
  const ends = new Map<string, string[]>();
  for (const [id, end] of processEnds(timeline.trace)) {
    const how = endWords(end);
    ends.set(how, [...(ends.get(how) ?? []), processes.get(id)!.name]);
  }
  const told = [...ends].map(([how, names]) => `${listed(names)} ${how}`);
  const lines = [...processes.values()].flatMap(({ down, up }) => [down, up]);
  const messages = lines.reduce((sum, id) => sum + timeline.messages(id as ObjectId).count, 0);
  const bytes = bytesBetweenProcesses(timeline);
  const passed = bytes === 0 ? [] : [counted(bytes, "byte")];
  if (messages > 0 || bytes === 0) passed.unshift(counted(messages, "message"));
  return [
    say(SENTENCES.processes, {
      processes: strong(counted(processes.size, "process", "processes")),
      ends: told.join(", "),
      passed: strong(passed.join(" and ")),
    }),
  ];
}

/** What went through pipes from one process to another. */
function bytesBetweenProcesses(timeline: Timeline): number {
  let sum = 0;
  for (const { id, kind } of timeline.wires) {
    if (kind !== "pipe") continue;
    const parcels = timeline.parcels(id);
    for (let row = 0; row < parcels.count; row++) {
      if (isBetweenProcesses(timeline.trace, parcels, row)) sum += parcels.bytes[row];
    }
  }
  return sum;
}

function endWords(end: ProcessEnd): string {
  switch (end.kind) {
    case "none":
      return "did not end";
    case "exited":
      return `ended with exit code ${end.code}`;
    case "signalled":
      return `was ended by ${signalName(end.signal)}`;
  }
}

function stalledSentence(timeline: Timeline): Sentence[] {
  const stalled = timeline.threads.reduce(
    (sum, thread) => sum + timeInStates(thread)[ThreadState.stalled],
    0,
  );
  if (stalled <= timeline.now * LEAST_STALLED) return [];
  return [say(SENTENCES.stalled, { time: strong(formatDuration(stalled, timeline.trace.clock)) })];
}
