/**
 * Schedules as text: which thread went when, one line a turn, to be pasted, committed and read.
 *
 *     threadloom schedule 1
 *     main: 3 steps, then waits
 *     alice: 1 step, then before "counter++" (write, counter.ts:4)
 *     bob: 2 steps, then ends
 *     reader: times out
 *     waiter: wakes without a reason
 *     main: 1 step choosing 1 of 2, then ends
 *
 * A step is one decision of a scheduler. A turn lasts until what it says has come about; the number of steps is for readers
 * and for the case that the place is gone. An operation is named by the text that stands there, what it does, and its line,
 * the `#2` after it for the second time that the thread is there. So a schedule survives edits that leave that text alone.
 *
 * Names that several threads share are told apart by the order in which the threads began: `worker`, `worker (2)`.
 */
import { SCHEDULE_MESSAGES } from "../base/catalogue/schedule.ts";
import { problem, type TraceProblem } from "./problem.ts";

/** An operation that a thread is about to make, as a person would point at it. */
export interface Anchor {
  /** The source text at the place, shortened as sites are. */
  readonly text: string;
  /** The operation's name: `lock`, `write`. */
  readonly operation: string;
  /** The file's name without its folders. */
  readonly file: string;
  readonly line: number;
  /** How often the thread has been about to do this here, from 1. */
  readonly times: number;
}

export type Stop =
  /** The thread goes on until this is its next operation. */
  | { readonly kind: "before"; readonly anchor: Anchor }
  /** Until it can't go on. */
  | { readonly kind: "waits" }
  | { readonly kind: "ends" }
  /** Nobody knows: the run was stopped. The number of steps counts. */
  | { readonly kind: "stops" };

/** A choice within a step: which of how many. Both count from 1 in the text, from 0 here. */
export interface Chosen {
  readonly index: number;
  readonly among: number;
}

export type Turn =
  | {
      readonly kind: "steps";
      readonly thread: ThreadName;
      readonly steps: number;
      readonly choices: readonly Chosen[];
      readonly stop: Stop;
    }
  /** The patience of a thread ends. */
  | { readonly kind: "times out"; readonly thread: ThreadName }
  /** It is woken though nobody has woken it. */
  | { readonly kind: "wakes without a reason"; readonly thread: ThreadName };

export interface ThreadName {
  readonly name: string;
  /** The how manieth thread of this name, from 1. */
  readonly nth: number;
}

export interface Schedule {
  readonly turns: readonly (Turn & {
    /** Of the text that it was read from, from 1; absent for one that was recorded. */
    readonly line?: number;
  })[];
}

const HEAD = "threadloom schedule 1";
/** Names that need no quotes. */
const SIMPLE = /^[\p{L}\p{N}_$][\p{L}\p{N}_$.-]*$/u;

export function formatSchedule(schedule: Schedule): string {
  return `${[HEAD, ...schedule.turns.map(formatTurn)].join("\n")}\n`;
}

function formatTurn(turn: Turn): string {
  const thread = formatThread(turn.thread);
  if (turn.kind !== "steps") return `${thread}: ${turn.kind}`;
  const { steps, choices, stop } = turn;
  const counted = steps === 1 ? "1 step" : `${steps} steps`;
  const chosen = choices.map(({ index, among }) => ` choosing ${index + 1} of ${among}`).join("");
  return `${thread}: ${counted}${chosen}${formatStop(stop)}`;
}

function formatThread({ name, nth }: ThreadName): string {
  return `${SIMPLE.test(name) ? name : JSON.stringify(name)}${nth === 1 ? "" : ` (${nth})`}`;
}

function formatStop(stop: Stop): string {
  if (stop.kind !== "before") return stop.kind === "stops" ? "" : `, then ${stop.kind}`;
  const { text, operation, file, line, times } = stop.anchor;
  const again = times === 1 ? "" : ` #${times}`;
  return `, then before ${JSON.stringify(text)} (${operation}, ${file}:${line})${again}`;
}

/** How many wake-ups without a reason a run needs that follows it. */
export function spuriousIn({ turns }: Schedule): number {
  return turns.filter(({ kind }) => kind === "wakes without a reason").length;
}

/** Reads a schedule. All lines that cannot be read are told; the others are kept. */
export function parseSchedule(text: string): {
  readonly schedule: Schedule;
  readonly problems: readonly TraceProblem[];
} {
  const lines = text.split(/\r\n?|\n/);
  const first = lines.findIndex((line) => !isPassedOver(line));
  if (first < 0 || lines[first].trim() !== HEAD) {
    return {
      schedule: { turns: [] },
      problems: [problem("error", SCHEDULE_MESSAGES.notASchedule, {})],
    };
  }
  const turns: (Turn & { line: number })[] = [];
  const problems: TraceProblem[] = [];
  for (let index = first + 1; index < lines.length; index++) {
    if (isPassedOver(lines[index])) continue;
    const turn = new LineReader(lines[index].trim()).turn();
    if (typeof turn === "string") {
      const told = { line: index + 1, reason: turn };
      problems.push(problem("error", SCHEDULE_MESSAGES.badLine, told));
    } else {
      turns.push({ ...turn, line: index + 1 });
    }
  }
  return { schedule: { turns }, problems };
}

function isPassedOver(line: string): boolean {
  return /^\s*(#|$)/.test(line);
}

/** A number that a schedule may name: no sign, no fraction, and no more digits than can be exact. */
const NUMBER = String.raw`(\d{1,15})`;
const STRING = String.raw`("(?:[^"\\]|\\.)*")`;

/** Reads one line from left to right; answers the reason where it cannot. */
class LineReader {
  #rest: string;

  constructor(line: string) {
    this.#rest = line;
  }

  turn(): Turn | string {
    const thread = this.#thread();
    if (thread === undefined) return "it does not begin with a thread's name and a colon";
    const word = this.#take(/^(times out|wakes without a reason)$/);
    if (word !== undefined)
      return { kind: word[1] as "times out" | "wakes without a reason", thread };
    const counted = this.#take(new RegExp(`^${NUMBER} steps?`));
    if (counted === undefined)
      return 'after the name stands neither "times out" nor a number of steps';
    const choices: Chosen[] = [];
    for (;;) {
      const chosen = this.#take(new RegExp(`^ choosing ${NUMBER} of ${NUMBER}`));
      if (chosen === undefined) break;
      const [index, among] = [Number(chosen[1]) - 1, Number(chosen[2])];
      if (index < 0 || index >= among) return `there is no choice ${chosen[1]} of ${chosen[2]}`;
      choices.push({ index, among });
    }
    const stop = this.#stop();
    if (typeof stop === "string") return stop;
    return { kind: "steps", thread, steps: Number(counted[1]), choices, stop };
  }

  #thread(): ThreadName | undefined {
    const quoted = this.#take(new RegExp(`^${STRING}`));
    const plain = quoted ?? this.#take(/^([\p{L}\p{N}_$][\p{L}\p{N}_$.-]*)/u);
    if (plain === undefined) return undefined;
    const name = quoted === undefined ? plain[1] : unquoted(plain[1]);
    const nth = this.#take(new RegExp(String.raw`^ \(${NUMBER}\)`));
    const colon = this.#take(/^:\s*/);
    if (name === undefined || colon === undefined || nth?.[1] === "0") return undefined;
    return { name, nth: nth === undefined ? 1 : Number(nth[1]) };
  }

  #stop(): Stop | string {
    if (this.#rest === "") return { kind: "stops" };
    const word = this.#take(/^, then (waits|ends)$/);
    if (word !== undefined) return { kind: word[1] as "waits" | "ends" };
    const form = String.raw`^, then before ${STRING} \(([^,()]+), (.+):${NUMBER}\)(?: #${NUMBER})?$`;
    const found = this.#take(new RegExp(form));
    const text = found === undefined ? undefined : unquoted(found[1]);
    if (found === undefined || text === undefined) return `"${this.#rest}" is no end of a turn`;
    const [, , operation, file, line, times = "1"] = found;
    if (times === "0") return "times count from 1";
    return {
      kind: "before",
      anchor: { text, operation, file, line: Number(line), times: Number(times) },
    };
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.#rest);
    if (found === null) return undefined;
    this.#rest = this.#rest.slice(found[0].length);
    return found;
  }
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    // An escape that JSON does not know: the caller says which line it is.
    return undefined;
  }
}
