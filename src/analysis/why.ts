/**
 * Why a thread could not go on: the chain of who held what since where, what that one was itself waiting for meanwhile,
 * and so on down to somebody who was simply busy, ending in what would help.
 *
 * A link is followed only where it explains a good part of the wait; the chain ends where nobody can be named.
 */
import { formatDuration } from "../base/duration.ts";
import { firstEndingAfter } from "../trace/timeline/spans.ts";
import { ThreadState, type ThreadTrack } from "../trace/timeline/thread-track.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import { busiest } from "./busiest.ts";
import { objectPiece, placePiece, say, strong, threadPiece, type Sentence } from "./sentence.ts";
import { waitingWords } from "./waiting.ts";
import { causeOf, type Cause, type Wait } from "./why-cause.ts";

const SENTENCES = {
  waits: "{thread} {waits} {object} for {time}, from {since} on, at {place}",
  sleeps: "{thread} slept for {time}, at {place}",
  runnable: "{thread} could go on, and waited {time} for a core",
  stalls: "{thread} waited {time} for the recorder, which is not the program's doing",
  itself: "which itself {waits} {object} for {time} of that, at {place}",
  noCore: "which could go on, and waited {time} of that for a core",
  slept: "which slept for {time} of that, at {place}",
  busy: "which was busy for {time} of that between {from} and {to}",
  advice: "Doing what stands between {from} and {to} without {object} would save up to {time}.",
  adviceSleep: "Sleeping at {place} without {object} would save up to {time}.",
} as const;

interface WhyLink {
  readonly sentence: Sentence;
  /** The thread it is about, and the time that it speaks of. */
  readonly thread: number;
  readonly start: number;
  readonly end: number;
}

interface Why {
  /** The wait itself first. */
  readonly links: readonly WhyLink[];
  readonly advice: Sentence | undefined;
}

/** How a wait is told that is no wait for an object: by its state. */
const OPENINGS: Readonly<Record<number, string>> = {
  [ThreadState.sleeping]: SENTENCES.sleeps,
  [ThreadState.stalled]: SENTENCES.stalls,
  [ThreadState.runnable]: SENTENCES.runnable,
};
const OWN_WAITS: Readonly<Record<number, string>> = {
  [ThreadState.sleeping]: SENTENCES.slept,
  [ThreadState.runnable]: SENTENCES.noCore,
};
const LONGEST_CHAIN = 12;
/** A holder's own wait is the reason from this share of the time on. */
const LEAST_SHARE = 0.2;

/** Of row `row` of the states of `thread`; undefined where it was running. */
export function whyOf(timeline: Timeline, thread: ThreadTrack, row: number): Why | undefined {
  const { states } = thread;
  if (row < 0 || row >= states.count || states.value[row] === ThreadState.running) return undefined;
  let wait: Wait = { thread, row, start: states.start[row], end: states.end[row] };
  const links = [opening(timeline, wait)];
  const seen = new Set([thread.id]);
  while (links.length < LONGEST_CHAIN) {
    const cause = causeOf(timeline, wait);
    if (cause === undefined) break;
    links.push(linkOf(cause.sentence, cause));
    // Come back to where it was: a deadlock, or a lock that goes back and forth.
    if (seen.has(cause.thread.id)) break;
    seen.add(cause.thread.id);
    const own = longestWait(cause);
    if (own === undefined) return busyEnd(timeline, cause, links);
    links.push(linkOf(ownWait(timeline, own), own));
    if (cause.thread.states.value[own.row] === ThreadState.sleeping) {
      return { links, advice: cause.lock === 0 ? undefined : sleepAdvice(timeline, cause, own) };
    }
    wait = own;
  }
  return { links, advice: undefined };
}

function linkOf(sentence: Sentence, { thread, start, end }: Cause | Wait): WhyLink {
  return { sentence, thread: thread.id, start, end };
}

function opening(timeline: Timeline, wait: Wait): WhyLink {
  const state = wait.thread.states.value[wait.row];
  const values = { ...waitValues(timeline, wait), time: lasted(timeline, wait) };
  return linkOf(say(OPENINGS[state] ?? SENTENCES.waits, values), wait);
}

function ownWait(timeline: Timeline, wait: Wait): Sentence {
  const state = wait.thread.states.value[wait.row];
  return say(OWN_WAITS[state] ?? SENTENCES.itself, {
    ...waitValues(timeline, wait),
    time: lasted(timeline, wait),
  });
}

const lasted = ({ trace }: Timeline, { start, end }: Wait | Cause) =>
  strong(formatDuration(end - start, trace.clock));

function waitValues(timeline: Timeline, { thread, row }: Wait) {
  const { states } = thread;
  return {
    thread: threadPiece(timeline, thread.id),
    waits: waitingWords(timeline, states, row),
    object: objectPiece(timeline, states.object[row]),
    since: formatDuration(states.start[row], timeline.trace.clock),
    place: placePiece(timeline, states.site[row]),
  };
}

/** The longest time in which the culprit could itself not go on, if that is much of the time it is to blame for. */
function longestWait({ thread, start, end }: Cause): Wait | undefined {
  const { states } = thread;
  let longest: Wait | undefined;
  for (
    let row = firstEndingAfter(states, start);
    row < states.count && states.start[row] < end;
    row++
  ) {
    const state = states.value[row];
    if (state === ThreadState.running || state === ThreadState.stalled) continue;
    const wait = {
      thread,
      row,
      start: Math.max(start, states.start[row]),
      end: Math.min(end, states.end[row]),
    };
    if (longest === undefined || wait.end - wait.start > longest.end - longest.start)
      longest = wait;
  }
  const least = (end - start) * LEAST_SHARE;
  return longest !== undefined && longest.end - longest.start >= least ? longest : undefined;
}

function busyEnd(timeline: Timeline, cause: Cause, links: WhyLink[]): Why {
  const busy = busiest(timeline, cause.thread, cause.start, cause.end);
  if (busy === undefined) return { links, advice: undefined };
  const values = {
    from: placePiece(timeline, busy.from),
    to: placePiece(timeline, busy.to),
    time: strong(formatDuration(busy.time, timeline.trace.clock)),
    object: objectPiece(timeline, cause.lock),
  };
  links.push(linkOf(say(SENTENCES.busy, values), cause));
  return { links, advice: cause.lock === 0 ? undefined : say(SENTENCES.advice, values) };
}

function sleepAdvice(timeline: Timeline, cause: Cause, sleep: Wait): Sentence {
  return say(SENTENCES.adviceSleep, {
    place: placePiece(timeline, sleep.thread.states.site[sleep.row]),
    object: objectPiece(timeline, cause.lock),
    time: lasted(timeline, sleep),
  });
}
