/** SEMANTICS, Primitives: semaphores, barriers, latches and wait groups between threads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const { prints } = programs;

test("no more threads are inside than a semaphore has permits", () =>
  prints(
    `const s = new std.Semaphore(2), inside = new std.AtomicI32(0), most = new std.AtomicI32(0);
     const hs = Array.from({ length: 4 }, () => std.spawn(() => {
       for (let i = 0; i < 50; i++) {
         using permit = s.acquire();
         const n = inside.fetchAdd(1) + 1;
         for (let seen = most.load(); seen < n; seen = most.load()) most.compareExchange(seen, n);
         std.yieldNow();
         inside.fetchSub(1);
       }
     }));
     for (const h of hs) h.join();
     console.log(most.load() <= 2, s.available);`,
    ["true 2"],
  ));

test("whoever wants several permits takes them together, and one that is forgotten stays taken", () =>
  prints(
    `const s = new std.Semaphore(0);
     const h = std.spawn(() => { const p = s.acquire(3); p.forget(); return s.available; });
     s.release(2); s.release(2);
     console.log(h.join(), s.available);
     console.log(s.tryAcquire(2), s.tryAcquire()?.constructor.name, s.acquireFor(5), s.available);`,
    ["1 1", "undefined Permit undefined 0"],
  ));

test("a permit is given back once: by disposal, where it was not forgotten", () =>
  prints(
    `const s = new std.Semaphore(1);
     const p = s.acquire();
     std.drop(p); std.drop(p);
     console.log(s.available);
     try { p.forget(); } catch (error: any) { console.log(error.name); }
     const q = s.acquire(); q.forget(); std.drop(q);
     console.log(s.available);`,
    ["1", "MovedError", "0"],
  ));

test("what is no number of permits is refused, and so are more than can be counted", () =>
  prints(
    `const told = (f: () => unknown) => { try { f(); console.log("fine"); } catch (error: any) { console.log(error.name); } };
     const s = new std.Semaphore(1);
     told(() => new std.Semaphore(-1)); told(() => s.acquire(0)); told(() => s.release(1.5)); told(() => s.release(2 ** 31 - 1));
     console.log(s.available);`,
    ["RangeError", "RangeError", "RangeError", "RangeError", "1"],
  ));

test("a permit cannot cross, its semaphore can", () =>
  prints(
    `const s = new std.Semaphore(1);
     const p = s.acquire();
     try { std.spawn(() => p); } catch (error: any) { console.log(error.name, error.path); }
     const [tx, rx] = std.channel<std.Semaphore>();
     tx.send(s);
     const other = rx.recv();
     console.log(other === s, other.available);`,
    ["NotSendError p", "true 0"],
  ));

test("all pass a barrier when all are there, again and again, and one of each generation leads", () =>
  prints(
    `const barrier = new std.Barrier(3), there = new std.AtomicI32(0), leaders = new std.Mutex<number[]>([]), late = new std.AtomicI32(0);
     const hs = Array.from({ length: 3 }, () => std.spawn(() => {
       for (let round = 1; round <= 20; round++) {
         there.fetchAdd(1);
         if (barrier.wait().isLeader) { using g = leaders.lock(); g.value.push(std.current().id); }
         if (there.load() < 3 * round) late.fetchAdd(1);
         barrier.wait();
       }
     }));
     for (const h of hs) h.join();
     console.log(late.load(), leaders.lock().value.join("") === "1".repeat(20));`,
    ["0 true"],
  ));

test("a barrier for one lets everybody pass, and one for none there is not", () =>
  prints(
    `console.log(new std.Barrier(1).wait().isLeader);
     try { new std.Barrier(0); } catch (error: any) { console.log(error.name); }`,
    ["true", "RangeError"],
  ));

test("a latch opens once it is counted down, and stays open", () =>
  prints(
    `const latch = new std.Latch(3), done = new std.AtomicI32(0);
     const waiting = [1, 2].map(() => std.spawn(() => { latch.wait(); return done.load(); }));
     for (let i = 0; i < 3; i++) std.spawn(() => { done.fetchAdd(1); latch.countDown(); });
     console.log(waiting.map((h) => h.join()).join());
     latch.wait();
     try { latch.countDown(); } catch (error: any) { console.log(error.name, latch.count); }
     new std.Latch(0).wait();`,
    ["3,3", "RangeError 0"],
  ));

test("a wait group waits for all that was added, and can be used again", () =>
  prints(
    `const group = new std.WaitGroup(), n = new std.AtomicI32(0);
     for (let round = 0; round < 2; round++) {
       group.add(2);
       for (let i = 0; i < 2; i++) std.spawn(() => { n.fetchAdd(1); group.done(); });
       group.wait();
       console.log(n.load());
     }
     try { group.done(); } catch (error: any) { console.log(error.name); }`,
    ["2", "4", "RangeError"],
  ));

test("who waits at a barrier to which nobody comes names the barrier", async () => {
  const ran = await programs.run(`const gate = new std.Barrier(2); gate.wait();`);
  assert.deepEqual(ran.kinds, ["deadlock"]);
  assert.match(ran.findings[0].message, /main waits for the others at `gate`/);
});

const MEETING = `
  const seats = new std.Semaphore(1), meeting = new std.Barrier(2), over = new std.Latch(2), group = new std.WaitGroup();
  group.add(2);
  const ts = [1, 2].map((n) => std.spawn(() => {
    { using seat = seats.acquire(); console.log("seat", n); }
    console.log("leads", n, meeting.wait().isLeader);
    over.countDown(); group.done();
  }));
  over.wait(); group.wait();
  console.log(seats.available, over.count);`;

test("a recorded run is had again, on either engine, by its trace and by a schedule", async () => {
  const program = await programs.compile(MEETING);
  const first = programs.start(program);
  const { output } = await first.ran;
  assert.equal(output.length, 5);
  const again = { kind: "trace", path: first.tracePath } as const;
  for (const form of ["native", "model"] as const) {
    const other = await programs.compileAs(MEETING, form, program.entry.split("/").pop());
    assert.deepEqual((await programs.start(other, { control: again }).ran).output, output, form);
    const decided = await programs.start(other, { control: { kind: "random", seed: 3 } }).ran;
    const schedule = { kind: "schedule", text: decided.schedule! } as const;
    const pasted = await programs.start(program, { control: schedule }).ran;
    assert.deepEqual(pasted.output, decided.output, form);
  }
});
