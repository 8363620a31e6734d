/** Laws that hold for objects of every kind, whatever threads do to them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { Address, ThreadId } from "../../src/base/brand.ts";
import { KINDS } from "../../src/objects/kinds.ts";
import { BLOCKED, Head, Outlook } from "../../src/objects/object.ts";
import type { Call, SmallEngine } from "./small-engine.ts";
import { SUBJECTS } from "./subjects/every.ts";
import { type Subject, THREADS } from "./subject.ts";
import { begin, steering, walk } from "./walk.ts";

test("every kind of object is put to the test", () => {
  assert.deepEqual(new Set(SUBJECTS.map(({ kind }) => kind)), new Set(KINDS));
});

/** Who tries again without having been let to stands at the end of the line. */
const LINES_UP_ANEW = new Set(["channel", "select"]);

/** Lets everybody who may try again do so, until nobody may. */
function settle(engine: SmallEngine): void {
  for (let left = 100; left > 0; left--) {
    const next = THREADS.find((thread) => engine.standing(thread).kind === "retry");
    if (next === undefined) return;
    engine.again(next);
  }
  assert.fail("threads wake each other for ever");
}

/** The operations that `thread` may step in from here: any if it is idle, its own if it may try again. */
function open(engine: SmallEngine, subject: Subject, at: Address, thread: ThreadId): Call[] {
  const standing = engine.standing(thread);
  if (standing.kind === "idle") {
    return subject.moves(engine, at, thread).map((move) => move.call());
  }
  return standing.kind === "retry" ? [standing.call] : [];
}

for (const subject of SUBJECTS) {
  test(`${subject.name}: no wake-up is lost, whoever comes first`, () => {
    fc.assert(
      fc.property(steering, (picks) => {
        const stage = begin(subject);
        walk(subject, stage, picks, (_, { name }) => {
          const settled = stage.engine.copy();
          settle(settled);
          for (const thread of THREADS) {
            if (settled.standing(thread).kind !== "blocked") continue;
            const message = `after ${name}: thread ${thread} could go on, and nobody wakes it`;
            assert.equal(settled.couldGo(thread), false, message);
          }
        });
      }),
    );
  });

  test(`${subject.name}: what a step would come to is known before it is made`, () => {
    fc.assert(
      fc.property(steering, (picks) => {
        const stage = begin(subject);
        walk(subject, stage, picks, () => {
          for (const thread of THREADS) {
            for (const wanted of open(stage.engine, subject, stage.at, thread)) {
              const copy = stage.engine.copy();
              const { object, operation, a, b } = wanted;
              const kind = KINDS[copy.words[object + Head.KIND]];
              const before = copy.words.slice();
              const outlook = kind.outlook(copy.words, object, operation, a, b);
              assert.deepEqual(copy.words, before, "asking changes nothing");
              const standing = copy.standing(thread).kind;
              const blocked =
                (standing === "idle" ? copy.perform(thread, wanted) : copy.again(thread)) ===
                BLOCKED;
              const told = kind.operations[operation].name;
              assert.equal(outlook !== Outlook.GOES, blocked, told);
              const noted = blocked && !isDeepStrictEqual(copy.words, before);
              // Who is noted already, and is asked all the same, may be told that it would be.
              if (standing === "idle") assert.equal(outlook === Outlook.NOTES, noted, told);
            }
          }
        });
      }),
    );
  });

  test(`${subject.name}: its operations are numbered without a gap`, () => {
    fc.assert(
      fc.property(steering, (picks) => {
        const stage = begin(subject);
        walk(subject, stage, picks, () => undefined);
        const versions = stage.engine.log
          .filter(({ object }) => object === stage.at)
          .map(({ version }) => version);
        const expected = versions.map((_, index) => index + 1);
        assert.deepEqual(
          versions.sort((one, other) => one - other),
          expected,
        );
      }),
    );
  });

  test(`${subject.name}: who waits says whom it waits for, and a step that is blocked changes nothing that can be seen`, () => {
    fc.assert(
      fc.property(steering, (picks) => {
        const stage = begin(subject);
        walk(subject, stage, picks, () => {
          for (const thread of THREADS) {
            const standing = stage.engine.standing(thread);
            if (standing.kind !== "blocked") continue;
            const { object, operation } = standing.call;
            const kind = stage.engine.kindOf(object);
            assert.notEqual(kind.operations[operation].waiting, undefined);
            const awaited = kind.waitsFor(stage.engine.words, object, operation, thread);
            assert.deepEqual(awaited, [...new Set(awaited)]);
            const copy = stage.engine.copy();
            copy.again(thread);
            const seen = JSON.stringify(subject.seen(stage.engine, stage.at));
            if (copy.standing(thread).kind === "blocked" && !LINES_UP_ANEW.has(kind.name)) {
              assert.equal(JSON.stringify(subject.seen(copy, stage.at)), seen);
            }
          }
        });
      }),
    );
  });
}
