import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ThreadId } from "../../src/base/brand.ts";
import { ConsoleMirror } from "../../src/debug/console-mirror.ts";
import type { OutputLine } from "../../src/trace/tables.ts";

function lines(...texts: string[]): OutputLine[] {
  return texts.map((text, sequence) => ({
    ...{ sequence, text, thread: 0 as ThreadId, stream: "log" },
    ...{ site: 0 as OutputLine["site"], time: 0 },
  }));
}

function shown(mirror: ConsoleMirror, ...texts: string[]): string[] {
  return mirror.update(lines(...texts)).map((one) => (one.kind === "rule" ? "──" : one.line.text));
}

test("a line is shown once, however often one steps back and forth past it", () => {
  const mirror = new ConsoleMirror();
  assert.deepEqual(shown(mirror, "a"), ["a"]);
  assert.deepEqual(shown(mirror, "a", "b"), ["b"]);
  assert.deepEqual(shown(mirror), []);
  assert.deepEqual(shown(mirror, "a"), []);
  assert.deepEqual(shown(mirror, "a", "b", "c"), ["c"]);
});

test("another way from a past moment is set off from what was printed on the first", () => {
  const mirror = new ConsoleMirror();
  shown(mirror, "a", "b", "c");
  shown(mirror, "a");
  assert.deepEqual(shown(mirror, "a", "B"), ["──", "B"]);
  assert.deepEqual(shown(mirror, "a", "B", "C"), ["C"]);
});

test("the end of the console is always what was printed on the way that was printed last", () => {
  const way = fc.array(fc.constantFrom("x", "y"), { maxLength: 6 });
  fc.assert(
    fc.property(fc.array(way), (ways) => {
      const mirror = new ConsoleMirror();
      const console: string[] = [];
      for (const one of ways) {
        const added = shown(mirror, ...one);
        console.push(...added);
        // What follows the last rule is the end of the way; where nothing was added, it had been shown before.
        const since = added.slice(added.indexOf("──") + 1);
        assert.deepEqual(one.slice(one.length - since.length), since);
      }
    }),
  );
});
