/**
 * `select`: blocks until one of several cases can go, and takes it. Which one, and that it is one step, is in
 * `objects/select.ts`; here are the values that cases carry, the time-out and the default.
 */
import type { Address, Milliseconds } from "../base/brand.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { SELECT } from "../objects/kinds.ts";
import { Head } from "../objects/object.ts";
import {
  beginSelect,
  caseAt,
  CaseWord,
  NO_CASE,
  SelectOperation,
  selectWords,
  SelectWord,
} from "../objects/select.ts";
import { duration } from "./duration.ts";
import { FOREVER } from "./end.ts";
import { text } from "./errors.ts";
import { crossingOf } from "./handle.ts";
import { engine } from "./intrinsics.ts";
import { ObjectCase, OtherwiseCase, type SelectCase, TimeoutCase } from "./select-case.ts";

const RANDOM_NUMBERS = 2 ** 30;

export function timeout<R>(time: number, then: () => R): SelectCase<R> {
  return new TimeoutCase(duration(time, "timeout"), then);
}

export function otherwise<R>(then: () => R): SelectCase<R> {
  return new OtherwiseCase(then);
}

/** The cases by what they are: of time-outs the shortest, of defaults the first. */
interface Sorted<R> {
  readonly objects: readonly ObjectCase<R>[];
  readonly late: TimeoutCase<R> | undefined;
  readonly other: OtherwiseCase<R> | undefined;
}

function sorted<R>(cases: readonly SelectCase<R>[]): Sorted<R> {
  const objects: ObjectCase<R>[] = [];
  let late: TimeoutCase<R> | undefined;
  let other: OtherwiseCase<R> | undefined;
  for (const one of cases) {
    if (one instanceof ObjectCase) objects.push(one as ObjectCase<R>);
    else if (one instanceof OtherwiseCase) other ??= one as OtherwiseCase<R>;
    else if (!(one instanceof TimeoutCase)) throw notACase(`a value of type ${typeof one}`);
    else if (late === undefined || one.duration < late.duration) late = one as TimeoutCase<R>;
  }
  if (cases.length === 0) throw notACase("no case at all");
  return { objects, late, other };
}

function notACase(value: string): TypeError {
  return new TypeError(text(RUNTIME_MESSAGES.notACase, { value }));
}

/** The block that the engine is given, its cases filled in; where one cannot go, everything is as it was. */
function prepare<R>(objects: readonly ObjectCase<R>[], biased: boolean): Address {
  const at = engine.allocate(selectWords(objects.length));
  beginSelect(engine.words, at, SELECT, engine.thread, objects.length, biased);
  const prepared: ObjectCase<R>[] = [];
  try {
    for (const [index, one] of objects.entries()) {
      const row = caseAt(at, index);
      const object = one.check();
      const argument = one.prepare((row + CaseWord.NODE) as Address);
      prepared.push(one);
      engine.words[row + CaseWord.OBJECT] = object;
      engine.words[row + CaseWord.OPERATION] = one.operation;
      engine.words[row + CaseWord.A] = argument;
      engine.words[row + CaseWord.B] = one.second();
    }
  } catch (error) {
    for (const one of prepared) one.stays([]);
    engine.release(at);
    throw error;
  }
  return at;
}

/** What moves with the case that was taken is spent here; what the others would have moved stays. */
function settle<R>(objects: readonly ObjectCase<R>[], taken: number, came: number): void {
  const gone = taken === NO_CASE ? undefined : objects[taken].departs(came);
  for (const [index, one] of objects.entries()) {
    if (index !== taken || gone === undefined) one.stays(gone ?? []);
  }
  for (const handle of gone ?? []) crossingOf(handle)?.moves?.moved();
}

export function select<R>(cases: readonly SelectCase<R>[], options?: { biased?: boolean }): R {
  const { objects, late, other } = sorted(cases);
  if (objects.length === 0) {
    if (other !== undefined) return other.then();
    engine.sleep(late!.duration);
    return late!.then();
  }
  const { site } = engine;
  const at = prepare(objects, options?.biased === true);
  engine.site = site;
  engine.words[at + Head.SITE] = site;
  const operation = other === undefined ? SelectOperation.SELECT : SelectOperation.TRY_SELECT;
  const patience: Milliseconds = late?.duration ?? FOREVER;
  // Which of several that are ready, where nobody decides: any of them, or those further on might never have their turn.
  const any = objects.length === 1 ? 0 : Math.floor(Math.random() * RANDOM_NUMBERS);
  engine.performFor(at, operation, any, 0, patience);
  const taken = engine.words[at + SelectWord.TAKEN];
  const came = engine.words[at + SelectWord.RESULT];
  engine.release(at);
  settle(objects, taken, came);
  if (taken !== NO_CASE) return objects[taken].finish(came);
  return other === undefined ? late!.then() : other.then();
}
