import assert from "node:assert/strict";
import { test } from "node:test";
import { DPOR, ENDLESS, Explored, TWO_ORDERS } from "./programs.ts";

/** Backtracks for longer than anybody waits, without an operation or a loop of the program's. */
const NEVER_BACK = `console.log(/^(a+)+$/.test("a".repeat(60) + "!"));`;

const impatient = new Explored({ silenceLimitMs: 1500 });
const small = new Explored({ memoryLimitBytes: 100 << 20 });

const codes = (findings: readonly { readonly kind: string; readonly code: string }[]) =>
  findings.map(({ kind, code }) => `${kind} ${code}`);

test("code that never comes back is ended, and said; the next program is explored", async () => {
  const { ended } = await impatient.start(NEVER_BACK, DPOR);
  const { verdict, complete, findings, stopped } = await ended;
  assert.deepEqual([verdict, complete], ["limit", false]);
  assert.deepEqual(codes(findings), ["limit TL8001"]);
  assert.equal(stopped, findings[0].message);
  assert.equal((await (await impatient.start(TWO_ORDERS, DPOR)).ended).verdict, "ok");
});

test("a search that looks up now and then may go on for as long as it likes", async () => {
  const { ended } = await impatient.start(ENDLESS, { ...DPOR, maxSeconds: 3 });
  const { findings, executions } = await ended;
  assert.deepEqual(
    codes(findings).filter((code) => code.endsWith("TL8001")),
    [],
  );
  assert.ok(executions > 1);
});

test("the time that was given holds for code that never comes back, too", async () => {
  const began = performance.now();
  const { ended } = await impatient.start(NEVER_BACK, { ...DPOR, maxSeconds: 0.5 });
  assert.deepEqual(codes((await ended).findings), ["limit TL8001"]);
  assert.ok(performance.now() - began < 20_000);
});

test("a program that takes more memory than it may ends the search, and nothing else", async () => {
  const { ended } = await small.start(
    `const kept: number[][] = []; for (;;) { kept.push(new Array(100_000).fill(1)); std.yieldNow(); }`,
    DPOR,
  );
  const { verdict, complete, findings } = await ended;
  assert.deepEqual([verdict, complete], ["limit", false]);
  assert.deepEqual(codes(findings), ["limit TL8002"]);
  assert.match(findings[0].message, /100 MB/);
  assert.equal((await (await small.start(TWO_ORDERS, DPOR)).ended).verdict, "ok");
});
