import assert from "node:assert/strict";
import { test } from "node:test";
import { lookOf } from "../../src/cli/terminal.ts";
import type { TerminalFacts } from "../../src/cli/terminal.ts";

const TERMINAL: TerminalFacts = {
  isTerminal: true,
  columns: 80,
  environment: { LANG: "en_GB.UTF-8", TERM: "xterm-256color" },
  platform: "linux",
};

for (const [what, facts, expected] of [
  ["a terminal", {}, { width: 80, colour: true, unicode: true }],
  [
    "a pipe",
    { isTerminal: false, columns: undefined },
    { width: 100, colour: false, unicode: true },
  ],
  ["a terminal that does not know its size", { columns: 0 }, { width: 100 }],
  ["a very wide one", { columns: 400 }, { width: 160 }],
  ["a very narrow one", { columns: 10 }, { width: 40 }],
  ["NO_COLOR", { environment: { NO_COLOR: "1" } }, { colour: false }],
  ["an empty NO_COLOR", { environment: { NO_COLOR: "" } }, { colour: true }],
  [
    "FORCE_COLOR into a pipe",
    { isTerminal: false, environment: { FORCE_COLOR: "1" } },
    { colour: true },
  ],
  ["FORCE_COLOR=0", { environment: { FORCE_COLOR: "0" } }, { colour: false }],
  ["a dumb terminal", { environment: { TERM: "dumb" } }, { colour: false, unicode: false }],
  ["the Linux console", { environment: { TERM: "linux" } }, { unicode: false }],
  ["the C locale", { environment: { LC_ALL: "C", LANG: "en_GB.UTF-8" } }, { unicode: false }],
  ["no locale at all", { environment: {} }, { unicode: true }],
  ["an old console of Windows", { platform: "win32", environment: {} }, { unicode: false }],
  ["Windows Terminal", { platform: "win32", environment: { WT_SESSION: "1" } }, { unicode: true }],
] as const) {
  test(`${what}: ${JSON.stringify(expected)}`, () => {
    const look = lookOf({ ...TERMINAL, ...facts });
    assert.deepEqual({ ...look, ...expected }, look);
  });
}
