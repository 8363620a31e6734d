/** `Once`, `OnceCell`, `ThreadPool` and `parallelMap` between threads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const { prints } = programs;

test("what is called once is done by one thread, and the others wait until it is", () =>
  prints(
    `const once = new std.Once(), times = new std.AtomicI32(0);
     const hs = [1, 2, 3].map(() => std.spawn(() => { once.call(() => { std.sleep(5); times.fetchAdd(1); }); return times.load(); }));
     console.log(hs.map((h) => h.join()).join(), once.isCompleted);`,
    ["1,1,1 true"],
  ));

test("what failed is tried again by the next, and poisons nothing", () =>
  prints(
    `const once = new std.Once();
     try { once.call(() => { throw new Error("no"); }); } catch (error: any) { console.log(error.message, once.isCompleted); }
     once.call(() => console.log("now")); once.call(() => console.log("never"));`,
    ["no false", "now"],
  ));

test("a cell is made once, and is one object for each thread", () =>
  prints(
    `const cell = new std.OnceCell<{ by: string }>(), made = new std.AtomicI32(0);
     console.log(cell.get());
     const hs = ["a", "b"].map((by) => std.spawn(() => cell.getOrInit(() => { made.fetchAdd(1); return { by }; }).by));
     console.log(new Set(hs.map((h) => h.join())).size, made.load());
     console.log(cell.get() === cell.getOrInit(() => ({ by: "c" })), cell.set({ by: "d" }), new std.OnceCell<number>().set(1));`,
    ["undefined", "1 1", "true false true"],
  ));

test("what moves cannot stand in a cell, and stays where it was", () =>
  prints(
    `const cell = new std.OnceCell<unknown>();
     const [tx, rx] = std.channel<number>();
     try { cell.set({ tx }); } catch (error: any) { console.log(error.name, error.message.includes("TL2032")); }
     tx.send(1); console.log(rx.recv());`,
    ["NotSendError true", "1"],
  ));

test("whoever initialises what waits for itself is deadlocked", async () => {
  const ran = await programs.run(
    `const once = new std.Once(); once.call(() => once.call(() => {}));`,
  );
  assert.deepEqual(ran.kinds, ["deadlock"]);
});

test("a pool runs each job once on few threads, and gives what it came to", () =>
  prints(
    `using pool = new std.ThreadPool(2, { name: "crew" });
     const hs = Array.from({ length: 20 }, (_, i) => pool.submit(() => [i * i, std.current().name] as const));
     const all = hs.map((h) => h.join());
     console.log(all.map(([n]) => n).join() === Array.from({ length: 20 }, (_, i) => i * i).join());
     console.log([...new Set(all.map(([, name]) => name))].every((name) => /^crew-[12]$/.test(name)), hs.every((h) => h.isFinished));`,
    ["true", "true true"],
  ));

test("a job may be asynchronous, and send through a channel that it owns", () =>
  prints(
    `const pool = new std.ThreadPool(1);
     const [tx, rx] = std.channel<string>();
     const slow = pool.submit(async () => { await null; tx.send("from a job"); return 7; });
     const next = pool.submit(() => 8);
     console.log([...rx].join(), slow.join(), next.join());
     pool.shutdown();`,
    ["from a job 7 8"],
  ));

test("a panic of a job is told to whoever joins it, the threads go on", () =>
  prints(
    `using pool = new std.ThreadPool(1);
     const bad = pool.submit(() => { throw new RangeError("too far"); });
     const good = pool.submit(() => "fine");
     try { bad.join(); } catch (error: any) { console.log(error.name, error.cause.message, error.thread.name); }
     console.log(good.join(), good.join(), pool.submit(() => 1).joinFor(60_000).done);`,
    ["PanicError too far pool-1", "fine fine true"],
  ));

test("a panic that nobody joined is thrown when the pool is shut down, the earliest first", () =>
  prints(
    `const pool = new std.ThreadPool(2);
     for (const n of [1, 2]) pool.submit(() => { throw new Error("job " + n); });
     try { pool.shutdown(); } catch (error: any) { console.log(error.cause.message); }
     try { pool.submit(() => 1); } catch (error: any) { console.log(error.name, error.message.includes("TL2021")); }`,
    ["job 1", "ChannelClosedError true"],
  ));

test("a pool is shared: several threads submit, a full queue holds them up", () =>
  prints(
    `using pool = new std.ThreadPool(1, { queue: 1 });
     const sum = new std.AtomicI32(0);
     std.scope((s) => { for (let t = 0; t < 2; t++) s.spawn(() => { for (let i = 0; i < 10; i++) pool.submit(() => { sum.fetchAdd(i); }); }); });
     pool.shutdown();
     console.log(sum.load());`,
    ["90"],
  ));

test("a job that waits for a job of its own pool, all of whose threads do, is deadlocked", async () => {
  const ran = await programs.run(
    `const pool = new std.ThreadPool(1, { name: "crew" });
     pool.submit(() => pool.submit(() => 1).join()).join();`,
  );
  assert.deepEqual(ran.kinds, ["deadlock"]);
  assert.match(ran.findings[0].message, /crew-1 waits for the end of .*itself/);
});

test("what is no number of threads and no job is refused", () =>
  prints(
    `try { new std.ThreadPool(0); } catch (error: any) { console.log(error.name); }
     using pool = new std.ThreadPool(1);
     try { pool.submit(1 as any); } catch (error: any) { console.log(error.name); }`,
    ["RangeError", "TypeError"],
  ));

test("parallelMap keeps the order, gives indices, and maps nothing to nothing", () =>
  prints(
    `console.log(std.parallelMap([5, 6, 7, 8, 9], (n, i) => n * 10 + i, { threads: 2 }).join());
     console.log(std.parallelMap([], (n) => n).length, std.parallelMap(["a"], (s) => s + "!").join());
     try { std.parallelMap([1, 2, 3], (n) => { if (n === 2) throw new Error("not " + n); return n; }, { threads: 2 }); } catch (error: any) { console.log(error.name, error.cause.message); }`,
    ["50,61,72,83,94", "0 a!", "PanicError not 2"],
  ));

const CREW = `
  const log = new std.Mutex<string[]>([]), once = new std.Once();
  {
    using pool = new std.ThreadPool(2);
    for (let i = 0; i < 6; i++) pool.submit(() => { once.call(() => console.log("first", i)); using g = log.lock(); g.value.push(std.current().name + i); });
  }
  console.log(log.lock().value.join(" "));`;

test("a recorded run of a pool is had again, on either engine, by its trace and by a schedule", async () => {
  const program = await programs.compile(CREW);
  const first = programs.start(program);
  const { output } = await first.ran;
  assert.equal(output.length, 2);
  const again = { kind: "trace", path: first.tracePath } as const;
  for (const form of ["native", "model"] as const) {
    const other = await programs.compileAs(CREW, form, program.entry.split("/").pop());
    assert.deepEqual((await programs.start(other, { control: again }).ran).output, output, form);
    const decided = await programs.start(other, { control: { kind: "random", seed: 11 } }).ran;
    const schedule = { kind: "schedule", text: decided.schedule! } as const;
    const pasted = await programs.start(program, { control: schedule }).ran;
    assert.deepEqual(pasted.output, decided.output, form);
  }
});
