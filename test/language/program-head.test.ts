import assert from "node:assert/strict";
import { test } from "node:test";
import { expectationIn } from "../../src/language/program-head.ts";

for (const [name, text, expected] of [
  ["below the head", "// @threadloom\n// @expect race\nlet a = 1;\n", "race"],
  ["above it", "// @expect deadlock\n// @threadloom\n", "deadlock"],
  ["below a line for a shell", "#!/usr/bin/env node\n// @threadloom\n// @expect ok\n", "ok"],
  ["with words after it", "// @threadloom\n// @expect lost-wakeup  (a comment)\n", "lost-wakeup"],
  ["below code, where it says nothing", "// @threadloom\nlet a = 1;\n// @expect race\n", undefined],
  ["in a text", '// @threadloom\nconst a = "// @expect race";\n', undefined],
  ["in a documentation comment", "// @threadloom\n/** @expect race */\nlet a = 1;\n", undefined],
  ["without a word", "// @threadloom\n// @expect\n", undefined],
  ["as the beginning of another word", "// @threadloom\n// @expected race\n", undefined],
  ["nowhere", "// @threadloom\n", undefined],
] as const) {
  test(`@expect ${name}: ${expected ?? "none"}`, () => {
    const found = expectationIn(text);
    assert.equal(found?.expected, expected);
    if (found) assert.ok(text.slice(found.offset).startsWith("// @expect"));
  });
}
