// @threadloom
//
// Threads of the system and tasks of a runtime, side by side, measured on this machine. Read the lines that it prints beside the
// lanes: a thread has a lane of its own and costs a start; tasks share one lane and take turns at each `await`. Two tasks that
// wait, wait together, as threads do; two that compute do so one after the other, and keep everybody else waiting meanwhile.
// On the model engine the clock stands still while somebody computes: only waiting takes time there, to the millisecond.
// `npm run bench -- threads-and-tasks` measures all of this carefully, and memory too.
import { join, Runtime, sleep, yieldNow } from "threadloom:async";
import { assert, channel, sleep as block, spawn } from "threadloom:std";

const THREADS = 4;
const TASKS = 100;
const TURNS = 50;
const WAIT_MS = 20;

/** Some fifty milliseconds of work that never pauses. */
function compute(): number {
  let sum = 0;
  for (let i = 0; i < 8_000_000; i++) sum = (sum + i) % 1_000_003;
  return sum;
}

function millisecondsOf(body: () => void): number {
  const began = performance.now();
  body();
  return performance.now() - began;
}

const onThreads = (count: number, body: () => void) =>
  millisecondsOf(() => {
    const threads = Array.from({ length: count }, () => spawn(body));
    for (const thread of threads) thread.join();
  });

const onTasks = (count: number, body: () => Promise<unknown>) => {
  using runtime = new Runtime(); // one thread: this one
  return millisecondsOf(() => {
    const tasks = Array.from({ length: count }, () => runtime.spawn(body));
    runtime.blockOn(join(...tasks));
  });
};

/** A value there and back between two threads, each waiting for the other. */
function threadsTakingTurns(): number {
  const [there, arrived] = channel<number>();
  const [back, returned] = channel<number>();
  const other = spawn(() => {
    for (const turn of arrived) back.send(turn);
  });
  const took = millisecondsOf(() => {
    for (let turn = 0; turn < TURNS; turn++) {
      there.send(turn);
      returned.recv();
    }
  });
  there.drop();
  other.join();
  return took;
}

const tasksTakingTurns = () =>
  onTasks(2, async () => {
    for (let turn = 0; turn < TURNS; turn++) await yieldNow();
  });

/** How late somebody is who wanted to sleep for a millisecond while somebody else computes. */
function lateBesideAThread(): number {
  const computing = spawn(compute);
  const late = millisecondsOf(() => block(1)) - 1;
  computing.join();
  return late;
}

function lateBesideATask(): number {
  let late = 0;
  let first = true;
  onTasks(2, async () => {
    const sleeps = first;
    first = false;
    if (!sleeps) return compute();
    const began = performance.now();
    await sleep(1);
    return (late = performance.now() - began - 1);
  });
  return late;
}

const us = (ms: number, count: number) => `${((ms * 1000) / count).toFixed(1)} µs`;
const ms = (value: number) => `${value.toFixed(1)} ms`;
const tell = (what: string, thread: string, task: string) =>
  console.log(`${what}: threads ${thread}, tasks ${task}`);

const started = onThreads(THREADS, () => {});
const begun = onTasks(TASKS, async () => {});
tell("start and end of one", us(started, THREADS), us(begun, TASKS));
tell("a turn there and back", us(threadsTakingTurns(), TURNS), us(tasksTakingTurns(), TURNS));

const asleep = onThreads(THREADS, () => block(WAIT_MS));
const awaiting = onTasks(THREADS, () => Promise.resolve(sleep(WAIT_MS)));
const blocking = onTasks(THREADS, async () => block(WAIT_MS));
tell(`${THREADS} that wait for ${WAIT_MS} ms`, ms(asleep), ms(awaiting));
tell("the same by calls that block", ms(asleep), ms(blocking));
assert(blocking > (THREADS - 1) * WAIT_MS, "who blocks a thread blocks all of its tasks");

const parallel = onThreads(2, () => void compute());
const inTurns = onTasks(2, async () => compute());
tell("2 that compute", ms(parallel), ms(inTurns));
tell("a timer beside one that computes is late by", ms(lateBesideAThread()), ms(lateBesideATask()));
