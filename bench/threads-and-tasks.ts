/**
 * Threads of the system against tasks of a runtime, on this machine: the figures behind the table that courses have (more
 * overhead against less, for what computes against for what waits). Without a trace, since it is about what they are compared
 * with, not about looking at them. `examples/7-models/threads-and-tasks.ts` shows the same in small.
 */
import { Bench } from "./programs/run.ts";
import { compared, type Row } from "./row.ts";

const THREADS = 16;
const TASKS = 10_000;

const TIMES = `
  import { join, Runtime, sleep, yieldNow } from "threadloom:async";
  import { channel, Latch, sleep as block, spawn, WaitGroup } from "threadloom:std";
  const figures: Record<string, number> = {};
  function timed(name: string, count: number, body: () => void): void {
    const began = performance.now();
    body();
    figures[name] = (performance.now() - began) / count;
  }
  function tasks(count: number, body: (index: number) => Promise<unknown>): void {
    using runtime = new Runtime();
    runtime.blockOn(join(...Array.from({ length: count }, (_, i) => runtime.spawn(() => body(i)))));
  }
  function compute(): number {
    let x = 1;
    for (let i = 0; i < 60_000_000; i++) x = (Math.imul(x, 1103515245) + 12345) | 0;
    return x;
  }
  const none = async () => {};
  tasks(2000, none);
  timed("thread", ${THREADS}, () => { for (let i = 0; i < ${THREADS}; i++) spawn(() => 0).join(); });
  timed("task", ${TASKS}, () => tasks(${TASKS}, none));

  const [there, arrived] = channel<number>();
  const [back, returned] = channel<number>();
  spawn(() => { for (const turn of arrived) back.send(turn); });
  const turns = (count: number) => { for (let i = 0; i < count; i++) { there.send(i); returned.recv(); } };
  turns(2000);
  timed("threads' turn", 5000, () => turns(5000));
  there.drop();
  timed("tasks' turn", 5000, () => tasks(2, async () => { for (let i = 0; i < 5000; i++) await yieldNow(); }));

  const waiting = (count: number) => { const all = Array.from({ length: count }, () => spawn(() => block(50))); for (const one of all) one.join(); };
  timed("threads that wait", 1, () => waiting(${THREADS}));
  timed("tasks that wait", 1, () => tasks(${THREADS}, () => Promise.resolve(sleep(50))));
  timed("tasks that block", 1, () => tasks(${THREADS}, async () => block(50)));

  compute();
  timed("threads that compute", 1, () => { const all = [1, 2].map(() => spawn(compute)); for (const one of all) one.join(); });
  timed("tasks that compute", 1, () => tasks(2, async () => compute()));

  const late = (sleeps: () => void): number => { const began = performance.now(); sleeps(); return performance.now() - began - 5; };
  const busy = spawn(compute);
  figures["thread is late"] = late(() => block(5));
  busy.join();
  tasks(2, async (index) => {
    if (index === 1) return compute();
    const began = performance.now();
    await sleep(5);
    figures["task is late"] = performance.now() - began - 5;
  });

  const memory = (): number => process.memoryUsage().rss / 2 ** 20;
  const [up, down] = [new WaitGroup(), new Latch(1)];
  up.add(${THREADS});
  const before = memory();
  const held = Array.from({ length: ${THREADS} }, () => spawn(() => { up.done(); down.wait(); }));
  up.wait();
  figures["thread's memory"] = (memory() - before) / ${THREADS};
  down.countDown();
  for (const one of held) one.join();
  console.log(JSON.stringify(figures));`;

/** Of the heap, garbage included: what tasks take lies there, and the system notices too little of it to be measured so. */
const MEMORY_OF_TASKS = `
  import { join, Notify, Runtime } from "threadloom:async";
  using runtime = new Runtime();
  const go = new Notify();
  const memory = (): number => process.memoryUsage().heapUsed / 2 ** 20;
  const before = memory();
  const all = Array.from({ length: ${TASKS} }, () => runtime.spawn(() => go.notified()));
  runtime.blockOn(runtime.spawn(async () => {}));
  const memoryOfATask = (memory() - before) / ${TASKS};
  go.notifyAll();
  runtime.blockOn(join(...all));
  console.log(JSON.stringify({ memoryOfATask }));`;

export async function run(): Promise<Row[]> {
  await using bench = new Bench();
  const times = await bench.figures(TIMES, false);
  const { memoryOfATask } = await bench.figures(MEMORY_OF_TASKS, false);
  const row = (
    what: string,
    [thread, task]: readonly [number, number],
    unit: Row["unit"],
    scale = 1,
  ): Row =>
    compared({ name: `${what}: thread`, median: thread * scale, unit }, "task", task * scale);
  const inMs = (what: string, thread: string, task: string): Row =>
    row(what, [times[thread], times[task]], "ms");
  return [
    row("start and end of one", [times.thread, times.task], "µs", 1e3),
    row("there and back", [times["threads' turn"], times["tasks' turn"]], "µs", 1e3),
    row("memory of one", [times["thread's memory"], memoryOfATask], "KB", 1024),
    inMs(`${THREADS} that wait 50 ms`, "threads that wait", "tasks that wait"),
    inMs(`${THREADS} that block 50 ms`, "threads that wait", "tasks that block"),
    inMs("2 that compute", "threads that compute", "tasks that compute"),
    inMs("timer beside one that computes, late by", "thread is late", "task is late"),
  ];
}
