/**
 * `commutes` against brute force: wherever two threads can both go on from a small state, and it says that their
 * operations may be swapped, both orders give the same answers and the same state, and neither stands in the other's way.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Address } from "../../src/base/brand.ts";
import { KINDS, select } from "../../src/objects/kinds.ts";
import { BLOCKED, Head } from "../../src/objects/object.ts";
import type { Happening, SmallEngine } from "./small-engine.ts";
import { type Choice, choices, exactPortrait, isOpen, portrait, type Subject } from "./subject.ts";
import { SUBJECTS } from "./subjects/every.ts";
import { selectSubject } from "./subjects/select.ts";
import { begin } from "./walk.ts";

/** How many different states of a subject are looked at. */
const MOST_STATES = 120;

/** States that can be reached, nearest first. */
function* states(subject: Subject): Generator<{ engine: SmallEngine; at: Address }> {
  const { engine: first, at } = begin(subject);
  const seen = new Set([exactPortrait(subject, first, at)]);
  const open = [first];
  for (let engine = open.shift(); engine !== undefined; engine = open.shift()) {
    yield { engine, at };
    for (const choice of choices(subject, engine, at)) {
      if (seen.size >= (subject.states ?? MOST_STATES)) break;
      const next = engine.copy();
      choice.take(next);
      const known = exactPortrait(subject, next, at);
      if (!seen.has(known)) open.push(next);
      seen.add(known);
    }
  }
}

interface Taken {
  readonly engine: SmallEngine;
  /** What went through, the choice's own operation first; undefined if it was blocked. */
  readonly own: Happening | undefined;
  readonly answers: readonly string[];
}

function take(subject: Subject, from: SmallEngine, choice: Choice): Taken {
  const engine = from.copy();
  const before = engine.log.length;
  const isBlocked = choice.take(engine) === BLOCKED;
  const happened = engine.log.slice(before);
  const own = happened.find(({ thread }) => thread === choice.thread);
  const answers = happened.map(
    (one) => `${one.thread}: ${JSON.stringify(subject.answer(engine, one))}`,
  );
  return { engine, own: isBlocked ? undefined : own, answers };
}

/** Both, one after the other. */
interface Both {
  readonly first: Happening;
  readonly second: Happening | undefined;
  /** Each thread's answers, in their order; and what can be seen in the end. */
  readonly outcome: string;
}

function both(
  subject: Subject,
  { engine, at }: { engine: SmallEngine; at: Address },
  one: Choice,
  other: Choice,
): Both {
  const first = take(subject, engine, one);
  const stays = isOpen(subject, first.engine, at, other);
  if (!stays) return { first: first.own!, second: undefined, outcome: "stands in its way" };
  const second = take(subject, first.engine, other);
  const answers = [...first.answers, ...second.answers].sort();
  const outcome = JSON.stringify([answers, portrait(subject, second.engine, at)]);
  return { first: first.own!, second: second.own, outcome };
}

for (const subject of SUBJECTS.filter(({ kind }) => kind !== select)) {
  test(`${subject.name}: what commutes gives the same in both orders`, () => {
    let compared = 0;
    for (const stage of states(subject)) {
      const { engine, at } = stage;
      const open = choices(subject, engine, at).filter(
        (choice) => take(subject, engine, choice).own !== undefined,
      );
      for (const [index, one] of open.entries()) {
        for (const other of open.slice(index + 1)) {
          if (one.thread === other.thread) continue;
          compared++;
          const there = both(subject, stage, one, other);
          const back = both(subject, stage, other, one);
          const says = [
            [there.first, back.first],
            [there.first, there.second],
            [back.second, back.first],
          ].some(
            ([a, b]) =>
              a !== undefined && b !== undefined && subject.kind.commutes(engine.words, at, a, b),
          );
          if (!says) continue;
          assert.equal(
            there.outcome,
            back.outcome,
            `${one.thread} ${one.name} and ${other.thread} ${other.name} in ${portrait(subject, engine, at)}`,
          );
          assert.ok(there.second !== undefined && back.second !== undefined, "both can go through");
        }
      }
    }
    assert.ok(compared > 0);
  });

  test(`${subject.name}: whether two operations commute does not depend on which is named first`, () => {
    for (const { engine, at } of states(subject)) {
      for (const one of engine.log.slice(-3)) {
        for (const other of engine.log.slice(-3)) {
          const { kind } = subject;
          const there = kind.commutes(engine.words, at, one, other);
          assert.equal(there, kind.commutes(engine.words, at, other, one));
        }
      }
    }
  });
}

/** What two steps in a row were made of, each in all its parts and with those that it joined. */
function allParts(
  subject: Subject,
  { engine, at }: { engine: SmallEngine; at: Address },
  one: Choice,
  other: Choice,
): { outcome: string; parts: readonly [Happening[], Happening[]] } | undefined {
  const first = take(subject, engine, one);
  const before = first.engine.log.length;
  const parts = [...first.engine.log.slice(engine.log.length), ...first.engine.looks];
  if (!isOpen(subject, first.engine, at, other)) return undefined;
  const second = take(subject, first.engine, other);
  const others = [...second.engine.log.slice(before), ...second.engine.looks];
  const answers = [...first.answers, ...second.answers].sort();
  const outcome = JSON.stringify([answers, portrait(subject, second.engine, at)]);
  return { outcome, parts: [parts, others] };
}

/** Whether none of the one's parts depends on any of the other's. */
function areApart(words: Int32Array, [some, others]: readonly [Happening[], Happening[]]): boolean {
  return some.every((one) =>
    others.every(
      (other) =>
        one.thread !== other.thread &&
        (one.object !== other.object ||
          KINDS[words[one.object + Head.KIND]].commutes(words, one.object, one, other)),
    ),
  );
}

test("a select commutes with what none of its parts, and no case that could not go, depends on", () => {
  const subject = selectSubject;
  let compared = 0;
  for (const stage of states(subject)) {
    const open = choices(subject, stage.engine, stage.at);
    for (const [index, one] of open.entries()) {
      for (const other of open.slice(index + 1)) {
        if (one.thread === other.thread) continue;
        const there = allParts(subject, stage, one, other);
        const back = allParts(subject, stage, other, one);
        // Who merely waits, and those whose notes another test is about, make no step here.
        if (there?.parts.some((parts) => parts.length === 0)) continue;
        if (there === undefined || !areApart(stage.engine.words, there.parts)) continue;
        compared++;
        const told = `${one.thread} ${one.name} and ${other.thread} ${other.name} in ${portrait(subject, stage.engine, stage.at)}`;
        assert.equal(back?.outcome, there.outcome, told);
      }
    }
  }
  assert.ok(compared > 100);
});
