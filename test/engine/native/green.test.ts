/** Many threads on few workers (`model=green`), natively. What threads mean is told elsewhere: here, that they share workers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Leaving } from "../../../src/trace/timeline/core-track.ts";
import { Timeline } from "../../../src/trace/timeline/timeline.ts";
import { Programs } from "./fixture.ts";

const programs = new Programs("green");
const HEAD = `// @threadloom model=green cores=2
import * as std from "threadloom:std";
`;
const run = (text: string) => programs.run(HEAD + text, { timeLimitMs: 30_000 });

test("more threads than there can be workers, each blocked for a while", async () => {
  const { output, threads } = await run(`
    const all = new std.AtomicI32(0);
    const gate = new std.Latch(1);
    const handles = Array.from({ length: 1000 }, () =>
      std.spawn(() => { all.fetchAdd(1); gate.wait(); std.sleep(5); return 1; }));
    while (all.load() < 1000) std.sleep(1);
    gate.countDown();
    console.log(handles.reduce((sum, handle) => sum + handle.join(), 0));
  `);
  assert.deepEqual(output, ["1000"]);
  assert.equal(threads, 1001);
});

test("a thread that never waits holds nobody up for good, whichever worker carries it", async () => {
  const { output } = await run(`
    const stop = new std.AtomicBool(false);
    const [tx, rx] = std.channel<number>();
    const busy = [1, 2].map(() => std.spawn(() => { let turns = 0; while (!stop.load()) turns++; return turns > 0; }));
    for (let i = 0; i < 10; i++) { const mine = tx.clone(); std.spawn(() => { std.sleep(1); mine.send(i); }); }
    tx.drop();
    let sum = 0;
    for (const i of rx) sum += i;
    stop.store(true);
    console.log(sum, busy.every((one) => one.join()));
  `);
  assert.deepEqual(output, ["45 true"]);
});

test("whoever waits with a time-out goes on when its time is up, and not before what it waits for", async () => {
  const { output } = await run(`
    const [tx, rx] = std.channel<number>();
    const late = std.spawn(() => rx.recvFor(20).kind);
    console.log(late.join());
    const [to, from] = std.channel<number>();
    const soon = std.spawn(() => { const got = from.recvFor(60_000); return got.kind === "value" ? got.value : -1; });
    std.sleep(5);
    to.send(7);
    console.log(soon.join());
    tx.drop();
  `);
  assert.deepEqual(output, ["empty", "7"]);
});

test("a thread that would have to wait where it cannot be suspended ends the run, which says where", async () => {
  const { findings } = await run(`
    const m = new std.Mutex(0);
    const held = new std.Latch(1), shownAll = new std.Latch(1);
    const shown = { toString() { using g = m.lock(); return "value " + g.value; } };
    const holder = std.spawn(() => { using g = m.lock(); held.countDown(); shownAll.wait(); });
    held.wait();
    console.log(String(shown));
    shownAll.countDown();
    holder.join();
  `);
  assert.match(findings[0].message, /main .*program-\d+\.ts:\d+/s);
});

test("each thread has variables of its own, whichever worker carries it", async () => {
  const { output } = await run(`
    let mine = 0;
    const local = new std.ThreadLocal(() => ({ count: 0 }));
    function count(times: number) { for (let i = 0; i < times; i++) { mine++; local.get().count++; std.yieldNow(); } return [mine, local.get().count]; }
    const handles = [3, 4, 5, 6].map((times) => std.spawn(() => count(times)));
    console.log(JSON.stringify(handles.map((handle) => handle.join())), mine);
  `);
  assert.deepEqual(output, ["[[3,3],[4,4],[5,5],[6,6]] 0"]);
});

test("a deadlock of green threads is found, and tells who waits for whom", async () => {
  const { kinds, findings } = await run(`
    const a = new std.Mutex(1), b = new std.Mutex(2);
    const meet = new std.Barrier(2);
    const one = std.spawn(() => { using x = a.lock(); meet.wait(); using y = b.lock(); });
    const two = std.spawn(() => { using y = b.lock(); meet.wait(); using x = a.lock(); });
    one.join(); two.join();
  `);
  assert.deepEqual(kinds, ["deadlock"]);
  assert.match(findings[0].message, /worker-1|worker-2/);
});

test("tasks, timers and the end of a thread by an exception are as on workers of their own", async () => {
  const { output, kinds } = await run(`
    const doubled = std.spawn(async () => { await new Promise((done) => setTimeout(done, 5)); return 21 * 2; });
    console.log(doubled.join());
    const failing = std.spawn(() => { throw new RangeError("no"); });
    try { failing.join(); } catch (error: any) { console.log(error.name, error.cause.message); }
  `);
  assert.deepEqual(output, ["42", "PanicError no"]);
  assert.deepEqual(kinds, []);
});

test("the recording tells which worker carried whom, and why each let go", async () => {
  const { trace } = await run(`
    const shared = new std.AtomicI32(0);
    const handles = Array.from({ length: 6 }, () =>
      std.spawn(() => { std.yieldNow(); std.sleep(2); shared.fetchAdd(1); }));
    for (const handle of handles) handle.join();
  `);
  const timeline = new Timeline(trace);
  timeline.advance();
  const { cores, threads } = timeline;
  assert.ok(cores.length >= 1 && cores.length <= 2, `${cores.length} workers`);
  const carried = new Map<number, number>();
  const left = new Set<number>();
  for (const { id, spans, left: why } of cores) {
    for (let stay = 0; stay < spans.count; stay++) {
      const thread = spans.value[stay];
      assert.equal(carried.get(thread) ?? id, id, "a thread stays with its worker");
      carried.set(thread, id);
      left.add(why.at[stay]);
      if (stay > 0) assert.ok(spans.end[stay - 1] <= spans.start[stay], "one at a time");
    }
  }
  assert.equal(carried.size, threads.length);
  for (const why of [Leaving.yielded, Leaving.slept, Leaving.waits, Leaving.ended]) {
    assert.ok(left.has(why), `somebody left by ${why}`);
  }
});

test("green threads start processes, whose threads are green too, and hear how each ended", async () => {
  const { output, kinds } = await run(`
    const [writer, reader] = std.pipe();
    const summed = std.spawn(() => {
      const child = std.Process.spawn<number, number>((parent) => {
        const times = [1, 2, 3].map((n) => std.spawn(() => n * 2));
        parent.send(times.reduce((sum, one) => sum + one.join(), parent.recv()));
      });
      child.send(30);
      return child.recv() + child.wait().code!;
    });
    const others = ["exits", "fails", "is killed"].map((how) => std.spawn(() => {
      const child = std.Process.spawn<number>((parent) => {
        parent.send(1);
        if (how === "exits") process.exit(7);
        if (how === "fails") std.spawn(() => { throw new Error("no good"); });
        if (how === "is killed") for (;;) std.sleep(1000);
      }, { name: how });
      child.recv();
      if (how === "is killed") child.kill();
      const { code, signal } = child.wait();
      return code ?? signal;
    }));
    const piping = std.Process.spawn(() => { writer.write(Uint8Array.of(1, 2, 3)); process.exit(0); });
    let count = 0;
    for (let n; (n = reader.read(new Uint8Array(2))!) > 0; ) count += n;
    console.log(summed.join(), others.map((one) => one.join()).join(), count, piping.wait().code);
  `);
  assert.deepEqual(output, ["42 7,1,SIGKILL 3 0"]);
  assert.deepEqual(kinds, ["failed-process"]);
});
