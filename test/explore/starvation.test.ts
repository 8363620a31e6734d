/** Threads that may be passed over for ever, and those that only have to wait. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExploreOptions, ExploreResult } from "../../src/protocol/explore.ts";
import { Explored } from "./node/programs.ts";

const explored = new Explored();

async function explore(text: string, options: Partial<ExploreOptions>): Promise<ExploreResult> {
  const asked = { strategy: "dpor", seed: 0, maxSeconds: 60, ...options } as const;
  return (await explored.start(text, asked)).ended;
}

/** Who starves: a thread's name and the line where it waits. */
const starved = ({ findings }: ExploreResult): string[] =>
  findings
    .filter(({ kind }) => kind === "starvation")
    .map(({ message, sites }) => `${message.split(" ")[0]} ${sites[0].line}`);

const STARVING: Readonly<Record<string, string>> = {
  "a mutex that another one takes again and again": `
    const m = new std.Mutex(0), stop = new std.AtomicBool(false);
    const eager = std.spawn(() => { while (!stop.load()) { using guard = m.lock(); } });
    const patient = std.spawn(() => { using guard = m.lock(); stop.store(true); });
    eager.join(); patient.join();
  `,
  "the permit of a semaphore": `
    const permits = new std.Semaphore(1), stop = new std.AtomicBool(false);
    const eager = std.spawn(() => { while (!stop.load()) { using permit = permits.acquire(); } });
    const patient = std.spawn(() => { using permit = permits.acquire(); stop.store(true); });
    eager.join(); patient.join();
  `,
  "a writer, by readers that are preferred": `
    const lock = new std.RwLock(0, { prefer: "readers" }), stop = new std.AtomicBool(false);
    const eager = [1].map(() => std.spawn(() => { while (!stop.load()) { using guard = lock.read(); } }));
    const patient = std.spawn(() => { using guard = lock.write(); stop.store(true); });
    for (const one of eager) one.join(); patient.join();
  `,
  "a flag in what the lock protects": `
    const m = new std.Mutex({ stop: false });
    const eager = std.spawn(() => { for (;;) { using guard = m.lock(); if (guard.value.stop) return; } });
    const patient = std.spawn(() => { using guard = m.lock(); guard.value.stop = true; });
    eager.join(); patient.join();
  `,
};

for (const [name, text] of Object.entries(STARVING)) {
  for (const strategy of ["dpor", "bounded"] as const) {
    test(`${name} may starve a thread: a warning, by ${strategy}`, async () => {
      const result = await explore(text, { strategy });
      const said = `${result.verdict} ${result.complete} ${starved(result).join()}`;
      const line = text.split("\n").findIndex((one) => one.includes("const patient")) + 3;
      assert.equal(said, `ok ${strategy === "dpor"} worker-2 ${line}`);
    });
  }
}

test("its story ends with the cycle, and its schedule leads there", async () => {
  const [text] = Object.values(STARVING);
  const result = await explore(text, {});
  const finding = result.findings.find(({ kind }) => kind === "starvation");
  const last = finding?.story?.slice(-2).map((line) => line.text);
  assert.match(last?.[0] ?? "", /^worker-2 wants m \(.*:6\)$/);
  assert.match(
    last?.[1] ?? "",
    /^worker-1 takes it \(.*:5\) and gives it back, and all is as it was/,
  );
  assert.match(finding?.schedule ?? "", /worker-2: 1 step, then before "m.lock\(\)"/);
});

const NONE: Readonly<Record<string, string>> = {
  "a thread that takes the lock a number of times": `
    const m = new std.Mutex(0);
    const eager = std.spawn(() => { for (let i = 0; i < 3; i++) { using guard = m.lock(); } });
    const patient = std.spawn(() => { using guard = m.lock(); });
    eager.join(); patient.join();
  `,
  "a writer at a lock that is fair": `
    const lock = new std.RwLock(0), stop = new std.AtomicBool(false);
    const eager = std.spawn(() => { while (!stop.load()) { using guard = lock.read(); } });
    const patient = std.spawn(() => { using guard = lock.write(); stop.store(true); });
    eager.join(); patient.join();
  `,
  "one that waits for another's message": `
    const [tx, rx] = std.channel<number>();
    const m = new std.Mutex(0), stop = new std.AtomicBool(false);
    const eager = std.spawn(() => { while (!stop.load()) { using guard = m.lock(); } });
    const patient = std.spawn(() => { rx.recv(); stop.store(true); });
    tx.send(1);
    eager.join(); patient.join();
  `,
  "a lock that another one never holds when it turns": `
    const m = new std.Mutex(0), stop = new std.AtomicBool(false);
    const eager = std.spawn(() => { while (!stop.load()) std.yieldNow(); });
    const patient = std.spawn(() => { using guard = m.lock(); stop.store(true); });
    eager.join(); patient.join();
  `,
};

for (const [name, text] of Object.entries(NONE)) {
  test(`${name} starves nobody`, async () => {
    const result = await explore(text, {});
    assert.deepEqual([result.verdict, result.complete, starved(result)], ["ok", true, []]);
  });
}

test("two that take a lock by turns without end do not keep the search from its end", async () => {
  const text = `
    const m = new std.Mutex(0), stop = new std.AtomicBool(false);
    const eager = [1, 2].map(() => std.spawn(() => { while (!stop.load()) { using guard = m.lock(); } }));
    const patient = std.spawn(() => { using guard = m.lock(); stop.store(true); });
    for (const one of eager) one.join(); patient.join();
  `;
  const result = await explore(text, { strategy: "bounded", preemptions: 1 });
  assert.equal(result.verdict, "ok");
  assert.ok(starved(result).some((one) => one.startsWith("worker-3")));
});
