/**
 * `Poller`: one thread waits for many sources at once. A poll is one operation on all of them (`objects/select.ts`), level
 * triggered: what is ready and was not used up is ready the next time. O(sources) for each poll, as poll(2) has it.
 *
 * A timer comes when its time is up, beside whatever is ready: so neither sources that are always ready hold timers up, nor the
 * other way round. Of timers the one with the earliest deadline is told, and those of the same; the next ones by the next poll.
 * Where sources are ready, whether its time is up is a choice, which free threads leave to their clock: so a recording has it, and
 * exploring tries both.
 */
import type { Address, Milliseconds } from "../../base/brand.ts";
import { IO_MESSAGES } from "../../base/catalogue/io.ts";
import { SELECT } from "../../objects/kinds.ts";
import { Head } from "../../objects/object.ts";
import {
  beginSelect,
  caseAt,
  CaseWord,
  NO_CASE,
  SelectOperation,
  selectWords,
} from "../../objects/select.ts";
import { ThreadOperation } from "../../objects/thread.ts";
import { Ready } from "../../objects/wire.ts";
import { duration } from "../duration.ts";
import { text } from "../errors.ts";
import { engine } from "../intrinsics.ts";
import { host } from "../tasks/host.ts";
import { ownObject } from "../thread.ts";
import { directions, type Interest, polled, type PolledSource, type Question } from "./sources.ts";
import { Timer } from "./timer.ts";

/** What a poll tells of one source. */
export interface Polled {
  token: number;
  readable: boolean;
  writable: boolean;
  closed: boolean;
}

interface Registered {
  readonly source: PolledSource;
  readonly interest: Interest;
  readonly token: number;
}

const WANTED: Readonly<Record<Interest, number>> = {
  readable: Ready.READABLE,
  writable: Ready.WRITABLE,
  both: Ready.READABLE | Ready.WRITABLE,
};

export class Poller {
  readonly #sources = new Map<object, Registered>();
  /** By timer: its token. */
  readonly #timers = new Map<Timer, number>();

  register(source: unknown, interest: Interest, token: number): void {
    if (source instanceof Timer) {
      if (this.#timers.has(source)) throw new TypeError(text(IO_MESSAGES.registeredAlready, {}));
      this.#timers.set(source, token);
      return;
    }
    if (!isSource(source)) {
      throw new TypeError(text(IO_MESSAGES.noSource, { value: kindOf(source) }));
    }
    const wanted = WANTED[interest] as number | undefined;
    if (wanted === undefined) {
      throw new TypeError(text(IO_MESSAGES.badInterest, { value: String(interest) }));
    }
    if ((wanted & ~source[directions]) !== 0) {
      const values = { source: kindOf(source), interest };
      throw new TypeError(text(IO_MESSAGES.neverReady, values));
    }
    if (this.#sources.has(source)) throw new TypeError(text(IO_MESSAGES.registeredAlready, {}));
    this.#sources.set(source, { source, interest, token });
  }

  deregister(source: unknown): void {
    if (source instanceof Timer) this.#timers.delete(source);
    else this.#sources.delete(source as object);
  }

  poll(timeout: number = Infinity): Polled[] {
    const limit = duration(timeout, "poll");
    const asked: Registered[] = [];
    const questions: Question[] = [];
    this.#ask(asked, questions);
    const next = this.#nextDeadline();
    if (questions.length === 0 && next === Infinity && limit === Infinity) {
      throw new TypeError(text(IO_MESSAGES.nothingToPoll, {}));
    }
    const untilNext = next === Infinity ? Infinity : Math.max(0, next - host.now());
    const patience = Math.min(limit, untilNext) as Milliseconds;
    const isTimers = untilNext <= limit;
    if (questions.length === 0) {
      engine.sleep(patience);
      return isTimers ? this.#fire(next) : [];
    }
    const { site } = engine;
    const block = prepare(questions);
    engine.site = site;
    engine.words[block + Head.SITE] = site;
    const operation = limit === 0 ? SelectOperation.TRY_POLL : SelectOperation.POLL;
    const found = engine.performFor(block, operation, 0, 0, patience);
    const told = found === NO_CASE ? [] : gather(asked, block, questions.length);
    engine.release(block);
    const isUp = found === NO_CASE && limit !== 0 ? isTimers : isTimeUp(next);
    return isUp ? [...told, ...this.#fire(next)] : told;
  }

  /** Its sources stay as they are. */
  [Symbol.dispose](): void {
    this.#sources.clear();
    this.#timers.clear();
  }

  /** What to ask, and for each question whose it is. What was closed is nobody's source any more, as for epoll(7). */
  #ask(asked: Registered[], questions: Question[]): void {
    for (const one of [...this.#sources.values()]) {
      const of = one.source[polled](one.interest);
      if (of === undefined) {
        this.#sources.delete(one.source);
        continue;
      }
      for (const question of of) {
        asked.push(one);
        questions.push(question);
      }
    }
  }

  #nextDeadline(): number {
    let next = Infinity;
    for (const timer of this.#timers.keys()) next = Math.min(next, timer.deadline);
    return next;
  }

  #fire(deadline: number): Polled[] {
    const told: Polled[] = [];
    if (deadline === Infinity) return told;
    for (const [timer, token] of [...this.#timers]) {
      if (timer.deadline > deadline) continue;
      timer.fired();
      told.push({ token, readable: true, writable: false, closed: false });
    }
    return told;
  }
}

/** Whether a timer's deadline has come, as whoever schedules the run says. No choice where there is no timer. */
function isTimeUp(deadline: number): boolean {
  if (deadline === Infinity) return false;
  const isPast = deadline <= host.now() ? 1 : 0;
  return engine.perform(ownObject(), ThreadOperation.CHOOSE, 2, isPast) === 1;
}

function prepare(questions: readonly Question[]): Address {
  const block = engine.allocate(selectWords(questions.length));
  const { words } = engine;
  beginSelect(words, block, SELECT, engine.thread, questions.length, false);
  for (let index = 0; index < questions.length; index++) {
    const row = caseAt(block, index);
    const { object, operation, surely } = questions[index];
    words[row + CaseWord.OBJECT] = object;
    words[row + CaseWord.OPERATION] = operation;
    words[row + CaseWord.A] = index;
    words[row + CaseWord.B] = surely;
  }
  return block;
}

/** What the rows say, a source that was asked twice told once. */
function gather(asked: readonly Registered[], block: Address, count: number): Polled[] {
  const told: Polled[] = [];
  let last: Registered | undefined;
  for (let index = 0; index < count; index++) {
    const came = engine.words[caseAt(block, index) + CaseWord.CAME];
    if (came === Ready.NOTHING) continue;
    const one = asked[index];
    if (one !== last) {
      told.push({ token: one.token, readable: false, writable: false, closed: false });
      last = one;
    }
    const event = told[told.length - 1];
    event.readable ||= (came & Ready.READABLE) !== 0;
    event.writable ||= (came & Ready.WRITABLE) !== 0;
    event.closed ||= (came & Ready.CLOSED) !== 0;
  }
  return told;
}

function isSource(value: unknown): value is PolledSource {
  return typeof value === "object" && value !== null && polled in value;
}

function kindOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  const { constructor } = value;
  return typeof constructor === "function" ? constructor.name : "object";
}
