/**
 * How a thread starts a process of the system: it tells its runner, and waits until that has. The process's main thread is one of
 * this run's recording, spawned here like any other, though it is in no table of threads: its number is one of those that no
 * thread of this memory has.
 */
import type { Address, ThreadId } from "../../../base/brand.ts";
import { ProcessWord } from "../../../objects/process.ts";
import { thread as threadKind, ThreadOperation } from "../../../objects/thread.ts";
import type { Intrinsics } from "../../../std/intrinsics.ts";
import { MAX_THREAD } from "../../../trace/event.ts";
import { RunWord } from "../layout.ts";
import type { FromWorker } from "../messages.ts";

export type StartsProcess = Extract<FromWorker, { readonly type: "process" }>;

export interface Starting {
  readonly engine: Intrinsics;
  readonly post: (message: StartsProcess) => void;
  /** Of which the process draws its random numbers; undefined where nothing is recorded. */
  readonly seed: number | undefined;
}

/** Blocks until the process has a pid. `body`, `shared`: blocks, the runner's from here on. */
export function startProcess(
  { engine, post, seed }: Starting,
  at: Address,
  body: Address,
  shared: Address,
  name: string | undefined,
): void {
  const { thread: spawner, site } = engine;
  const nth = Atomics.add(engine.words, RunWord.PROCESSES, 1) + 1;
  const called = name === undefined ? `process-${nth}` : String(name);
  const block = engine.encode(called, "name");
  engine.words[at + ProcessWord.NAME] = block;
  const thread = farThread(engine.words);
  const object = engine.create(threadKind, thread);
  remember(engine.words, at);
  engine.perform(object, ThreadOperation.SPAWN);
  post({
    ...{ type: "process", process: at, body, shared, spawner, site, name: called },
    ...{ thread, object, seed },
  });
  // It is the runner that starts it; while this thread waits for that, it counts as running.
  const pid = at + ProcessWord.PID;
  const { words } = engine;
  while (Atomics.load(words, pid) === 0) Atomics.wait(words, pid, 0);
}

/** A number that no thread of this memory has. */
export function farThread(words: Int32Array): ThreadId {
  return (MAX_THREAD - Atomics.add(words, RunWord.FAR_THREADS, 1)) as ThreadId;
}

function remember(words: Int32Array, at: Address): void {
  for (;;) {
    const before = Atomics.load(words, RunWord.LAST_PROCESS);
    words[at + ProcessWord.BEFORE] = before;
    if (Atomics.compareExchange(words, RunWord.LAST_PROCESS, before, at) === before) return;
  }
}

/** Those that threads of this memory have started, in their order. */
export function startedProcesses(words: Int32Array): Address[] {
  const found: Address[] = [];
  for (let at = words[RunWord.LAST_PROCESS]; at !== 0; at = words[at + ProcessWord.BEFORE]) {
    found.unshift(at as Address);
  }
  return found;
}
