/**
 * One program under several execution models, in figures and in words: how long each took in ticks of work, how often its
 * cores changed hands, who was interrupted, and who waited longest for a core. Pure, from the traces alone.
 */
import { formatDuration } from "../base/duration.ts";
import type { ExecutionModelName } from "../protocol/execution-model.ts";
import { Leaving, type CoreTrack } from "../trace/timeline/core-track.ts";
import { ThreadState } from "../trace/timeline/thread-track.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import { say, strong, text, threadPiece, type Sentence } from "./sentence.ts";
import { counted, percent } from "./words.ts";

export interface ModelFigures {
  readonly model: ExecutionModelName;
  readonly cores: number;
  /** In ticks; absent where nobody is interrupted. */
  readonly quantum: number | undefined;
  /** Of the whole run. */
  readonly ticks: number;
  /** How often a core was given to another thread than it had. */
  readonly switches: number;
  /** How many stays ended with a thread having to leave that could have gone on. */
  readonly interrupted: number;
  /** How many threads ran at once, at most. */
  readonly atOnce: number;
  /** The share of all cores' time that somebody used, from 0 to 1. */
  readonly busy: number;
  /** The longest time that a thread which could go on waited for a core; absent where none ever did. */
  readonly longestWait: { readonly thread: number; readonly time: number } | undefined;
  /** Whether it ran to its end. */
  readonly finished: boolean;
  /** What it printed, line by line. */
  readonly output: readonly string[];
}

/** Undefined where the trace is not of an execution model. O(stays + spans). */
export function figuresOf(timeline: Timeline): ModelFigures | undefined {
  const { head, end, output } = timeline.trace;
  if (head?.model === undefined) return undefined;
  const { cores } = timeline;
  const { value, count } = timeline.threadsIn(ThreadState.running);
  let atOnce = 0;
  for (let step = 0; step < count; step++) atOnce = Math.max(atOnce, value[step]);
  const ticks = timeline.now;
  const total = ticks * cores.length;
  return {
    model: head.model,
    cores: cores.length,
    quantum: head.quantum,
    ticks,
    switches: sum(cores, ({ switches }) => switches),
    interrupted: sum(cores, interruptions),
    atOnce,
    busy: total > 0 ? sum(cores, busyTime) / total : 0,
    longestWait: longestWait(timeline),
    finished: end?.ending.kind === "finished",
    output: [...output].sort((a, b) => a.sequence - b.sequence).map((line) => line.text),
  };
}

const ROW = {
  atOnce: "{most} threads ran at once at most",
  alone: "One thread ran at a time",
  interrupted: "a thread was interrupted {times}",
  never: "nobody was interrupted",
  waited: "{thread} waited longest for a core, {time}",
  nobodyWaited: "nobody waited for a core",
} as const;

/** What there is to say of one model, beside its figures. */
export function modelSentence(timeline: Timeline, figures: ModelFigures): Sentence {
  const { atOnce, interrupted, longestWait: longest } = figures;
  const parts = [
    atOnce > 1 ? say(ROW.atOnce, { most: strong(String(atOnce)) }) : say(ROW.alone, {}),
    interrupted > 0
      ? say(ROW.interrupted, { times: strong(counted(interrupted, "time")) })
      : say(ROW.never, {}),
    longest === undefined
      ? say(ROW.nobodyWaited, {})
      : say(ROW.waited, {
          thread: threadPiece(timeline, longest.thread),
          time: strong(formatDuration(longest.time, "ticks")),
        }),
  ];
  return parts
    .flatMap((part, index) => [...(index === 0 ? [] : [text("; ")]), ...part])
    .concat(text("."));
}

const HEADLINE = {
  share: "Parallel on {cores} took {share} of the ticks of time-slicing on one core.",
  switches: "Cooperative switched {few}, time-slicing {many}.",
  wait: "A thread that could go on waited up to {long} for a core under {slow}, and up to {short} under {quick}.",
  same: "All printed the same.",
  differ: "They did not all print the same: what the program does depends on who goes when.",
} as const;

const NAMES: Readonly<Record<ExecutionModelName, string>> = {
  parallel: "parallel",
  timesliced: "time-slicing",
  cooperative: "cooperative",
  green: "green threads",
};

/** What differs between them; says nothing of those that did not run to their end. */
export function comparisonOf(all: readonly ModelFigures[]): readonly Sentence[] {
  const ran = all.filter(({ finished }) => finished);
  const by = (name: ExecutionModelName) => ran.find(({ model }) => model === name);
  const [parallel, sliced, cooperative] = [by("parallel"), by("timesliced"), by("cooperative")];
  const sentences: Sentence[] = [];
  if (parallel !== undefined && sliced !== undefined) {
    const cores = counted(parallel.cores, "core");
    const share = strong(percent(parallel.ticks, sliced.ticks));
    sentences.push(say(HEADLINE.share, { cores, share }));
  }
  if (cooperative !== undefined && sliced !== undefined) {
    const few = strong(counted(cooperative.switches, "time"));
    const many = strong(counted(sliced.switches, "time"));
    sentences.push(say(HEADLINE.switches, { few, many }));
  }
  sentences.push(...waitSentence(ran));
  if (ran.length > 1) {
    const [first, ...others] = ran.map(({ output }) => output.join("\n"));
    sentences.push(say(others.every((one) => one === first) ? HEADLINE.same : HEADLINE.differ, {}));
  }
  return sentences;
}

/** Who answers soonest, and who latest, where that makes a difference. */
function waitSentence(ran: readonly ModelFigures[]): Sentence[] {
  const waits = ran
    .map(({ model, longestWait: longest }) => ({ model, time: longest?.time ?? 0 }))
    .sort((a, b) => a.time - b.time);
  const [quick, slow] = [waits[0], waits.at(-1)];
  if (quick === undefined || slow === undefined || slow.time < 2 * Math.max(quick.time, 1))
    return [];
  return [
    say(HEADLINE.wait, {
      long: strong(formatDuration(slow.time, "ticks")),
      slow: NAMES[slow.model],
      short: strong(formatDuration(quick.time, "ticks")),
      quick: NAMES[quick.model],
    }),
  ];
}

const sum = (cores: readonly CoreTrack[], of: (core: CoreTrack) => number): number =>
  cores.reduce((total, core) => total + of(core), 0);

function interruptions({ spans, left }: CoreTrack): number {
  let count = 0;
  for (let row = 0; row < spans.count; row++) if (left.at[row] === Leaving.quantum) count++;
  return count;
}

function busyTime({ spans }: CoreTrack): number {
  let time = 0;
  for (let row = 0; row < spans.count; row++) time += spans.end[row] - spans.start[row];
  return time;
}

function longestWait({ threads }: Timeline): ModelFigures["longestWait"] {
  let longest: { thread: number; time: number } | undefined;
  for (const { id, states } of threads) {
    for (let row = 0; row < states.count; row++) {
      if (states.value[row] !== ThreadState.runnable) continue;
      const time = states.end[row] - states.start[row];
      if (time > (longest?.time ?? 0)) longest = { thread: id, time };
    }
  }
  return longest;
}
