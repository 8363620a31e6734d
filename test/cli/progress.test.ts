import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Progress } from "../../src/cli/progress.ts";

/** What a progress line wrote, with its timers in hand. */
function watched(isTTY: boolean, use: (progress: Progress, later: () => void) => void): string {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    let written = "";
    const stream = { isTTY, columns: 20, write: (text: string) => (written += text) };
    use(new Progress(stream), () => mock.timers.tick(1000));
    return written;
  } finally {
    mock.timers.reset();
  }
}

test("nothing is written where there is no terminal", () => {
  const written = watched(false, (progress, later) => {
    progress.say("compiling");
    later();
    progress[Symbol.dispose]();
  });
  assert.equal(written, "");
});

test("what is over in a moment is never shown", () => {
  const written = watched(true, (progress, later) => {
    progress.say("compiling");
    progress[Symbol.dispose]();
    later();
  });
  assert.equal(written, "");
});

test("the line is shown, replaced, cut to the width, and gone in the end", () => {
  const written = watched(true, (progress, later) => {
    progress.say("compiling");
    later();
    progress.say("running: 1,234,567 events");
    progress[Symbol.dispose]();
    later();
  });
  assert.deepEqual(written.split("\r\u001b[K"), ["", "compiling", "running: 1,234,567…", ""]);
});

test("the line makes room for what stays", () => {
  const written = watched(true, (progress, later) => {
    progress.say("running");
    later();
    progress.around(() => (writtenBetween = true));
    later();
    progress[Symbol.dispose]();
  });
  assert.ok(writtenBetween);
  assert.deepEqual(written.split("\r\u001b[K"), ["", "running", "", "running", ""]);
});
let writtenBetween = false;
