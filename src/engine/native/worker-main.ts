/**
 * Entry of a worker. It is started ahead and waits; when it is given a run it takes the thread that it is for, or the next
 * one that is spawned, runs its body, and ends with it. Never used twice.
 */
import { parentPort } from "node:worker_threads";
import type { Address, ThreadId } from "../../base/brand.ts";
import { ThreadOperation, ThreadOutcome, ONLY_WAIT } from "../../objects/thread.ts";
import { dropOwned, reachable } from "../../std/ownership.ts";
import { install } from "../../std/intrinsics.ts";
import { arriveInProcess } from "../../std/process.ts";
import { dropProcesses, exitProcess } from "../../std/process-end.ts";
import { EventKind } from "../../trace/event.ts";
import { ringWords } from "../../trace/ring.ts";
import { Heap } from "../heap.ts";
import { missingInput } from "../outside/replayed-world.ts";
import { finishProcess } from "../process-ends.ts";
import { Modules } from "../program/modules.ts";
import { placeOfSite } from "../program/names.ts";
import { installStacks } from "../program/stacks.ts";
import { installConsole } from "./console.ts";
import { installEventLoop } from "./event-loop.ts";
import { RING_CAPACITY, RunWord, SlotWord, THREAD_TABLE } from "./layout.ts";
import { RunMemory } from "./memory.ts";
import type { Attach, ConditionResult, FromWorker } from "./messages.ts";
import { filesOf } from "./files.ts";
import { NodeModuleHost } from "./node-modules.ts";
import { installNodeOutside } from "./node-outside.ts";
import { startedProcesses } from "./processes/starting.ts";
import { Recorder } from "./recorder.ts";
import { callRunner } from "./rounds.ts";
import { awaitSpawn } from "./spawns.ts";
import { anyPanicked, threadsThat } from "./thread-table.ts";
import { NativeThread, thrownOf } from "./thread.ts";
import { ThreadOutside } from "./thread-outside.ts";

const port = parentPort!;

/** The run's memory, once this worker takes part in one. */
let shared: Int32Array | undefined;

/** Counted before it is posted: whoever sees in shared memory what came of it knows that it is on its way. */
function post(message: FromWorker): void {
  if (shared !== undefined) Atomics.add(shared, RunWord.SAID, 1);
  port.postMessage(message);
}

/** Where nothing comes back from: the run is over for this thread, whatever its stack still wants to do. */
function haltForEver(words: Int32Array): never {
  for (;;) Atomics.wait(words, 0, 0);
}

class ThreadOfWorker {
  readonly #attach: Attach;
  readonly #memory: RunMemory;
  readonly #heap: Heap;
  readonly #thread: NativeThread;
  readonly #slot: number;
  readonly #object: Address;
  readonly #modules: Modules;
  readonly #flushConsole: () => void;
  #settled = false;
  #over = false;
  #panicked = false;

  constructor(attach: Attach, memory: RunMemory, id: ThreadId, host: NodeModuleHost) {
    this.#attach = attach;
    this.#memory = memory;
    memory.refresh();
    this.#slot = memory.words[THREAD_TABLE + id]!;
    this.#object = memory.words[this.#slot + SlotWord.OBJECT] as Address;
    const heap = (this.#heap = new Heap(memory));
    const recorder = new Recorder(memory, this.#makeRing(heap), id, attach.beganMs);
    const { program, cores } = attach;
    const outside = this.#openOutside(recorder, host);
    const parts = { memory, heap, recorder, program, thread: id, cores, post };
    this.#thread = new NativeThread({ ...parts, ...(outside === undefined ? {} : { outside }) });
    install(this.#thread);
    installEventLoop(globalThis, this.#thread, outside?.outside.world);
    this.#flushConsole = installConsole(memory.words[RunWord.CONSOLE] as Address);
    this.#modules = new Modules(program, host, this.#thread.runtime, id);
    this.#thread.modules = this.#modules;
  }

  /** From here on whatever runs in this worker asks there. */
  #openOutside(recorder: Recorder, host: NodeModuleHost): ThreadOutside | undefined {
    const { outside: plan, main, program } = this.#attach;
    if (plan === undefined) return undefined;
    const outside = new ThreadOutside({
      ...{ plan, main, memory: this.#memory, slot: this.#slot },
      allocate: (size) => this.#heap.allocate(size),
      sinceBegun: () => recorder.now(),
      tell: (asked, missing) => {
        const { thread, site } = this.#thread;
        const place = placeOfSite(program, site);
        const asks = { thread: this.#thread.threadName(thread), asked, place };
        post({ type: "diverged", problem: missingInput(missing, asks) });
      },
    });
    installNodeOutside({
      outside: () => outside.outside,
      isAsked: () => true,
      parallelism: () => outside.parallelism,
    });
    host.replace(
      "fs",
      filesOf(() => outside.outside.world),
    );
    return outside;
  }

  #makeRing(heap: Heap): number {
    const { words } = this.#memory;
    if (words[RunWord.TRACED] === 0) return 0;
    const size = ringWords(RING_CAPACITY);
    const ring = heap.allocate(size);
    this.#memory.words.fill(0, ring, ring + size);
    Atomics.store(this.#memory.words, this.#slot + SlotWord.RING, ring);
    return ring;
  }

  /** Runs the thread from its start to its end. */
  run(): void {
    process.on("uncaughtException", (error) => this.#end(ThreadOutcome.PANICKED, error));
    process.on("unhandledRejection", (reason) => this.#end(ThreadOutcome.PANICKED, reason));
    process.on("beforeExit", () => this.#idle());
    const { words } = this.#memory;
    this.#thread.perform(this.#object, ThreadOperation.START, words[this.#slot + SlotWord.PARENT]);
    void this.#runBody();
  }

  #result: unknown;

  async #runBody(): Promise<void> {
    try {
      const { main, process: started } = this.#attach;
      const body =
        started !== undefined && main
          ? this.#inProcess(started)
          : main
            ? this.#main()
            : this.#spawned();
      this.#result = isThenable(body) ? await body : body;
      this.#settled = true;
    } catch (error) {
      this.#end(ThreadOutcome.PANICKED, error);
    }
  }

  /** What the process was started with. */
  #inProcess({ at, body: block, shared }: NonNullable<Attach["process"]>): unknown {
    const { body, port } = arriveInProcess(at, block, shared);
    return (body as (parent: unknown) => unknown)(port);
  }

  #spawned(): unknown {
    const { words } = this.#memory;
    const body = this.#thread.decode(words[this.#slot + SlotWord.BODY] as Address) as (
      index?: number,
    ) => unknown;
    const index = words[this.#slot + SlotWord.ARGUMENT];
    return index < 0 ? body() : body(index);
  }

  /** The top-level code of the modules that the entry imports, then the `@thread` functions. */
  async #main(): Promise<void> {
    for (const module of this.#modules.early) await this.#evaluate(module);
    const { program } = this.#attach;
    const started: Address[] = [];
    // A function with a count has as many rows: how many came before is the index that it takes.
    const rows = new Map<string, number>();
    for (const { module, index, name, count, site } of program.threads) {
      const key = `${index} ${module}`;
      const row = rows.get(key) ?? 0;
      rows.set(key, row + 1);
      const known = this.#modules.byId(module).threads;
      // Nobody has imported the file.
      if (known.length === 0) continue;
      const body = known[index]();
      this.#thread.runtime.site = site;
      const threadName = count === 1 ? name : `${name}-${row + 1}`;
      started.push(this.#thread.start(body, threadName, row).object);
    }
    for (const thread of started) this.#thread.perform(thread, ThreadOperation.JOIN, ONLY_WAIT);
  }

  async #evaluate(module: Modules["list"][number]): Promise<void> {
    const { evaluation } = module;
    // It may have been imported by the code of another, which was quicker.
    while (evaluation.isPending) await (evaluation.changed() as PromiseLike<unknown>);
    evaluation.throwIfFailed();
    if (!evaluation.isNew) return;
    evaluation.begin();
    const done = this.#topLevel(module);
    if (isThenable(done)) await done;
    evaluation.end();
  }

  /** What leaves top-level code ends the thread before any of its jobs runs, as in every other thread. */
  #topLevel(module: Modules["list"][number]): unknown {
    try {
      return module.main();
    } catch (error) {
      return this.#end(ThreadOutcome.PANICKED, error);
    }
  }

  /** The event loop has nothing left to do. */
  #idle(): void {
    if (this.#settled) {
      this.#end(ThreadOutcome.RETURNED, this.#result);
    } else if (!this.#over) {
      post({ type: "unsettled", thread: this.#thread.thread });
      Atomics.sub(this.#memory.words, RunWord.RUNNING, 1);
      this.#thread.leave();
      haltForEver(this.#memory.words);
    }
  }

  #end(outcome: number, value: unknown): void {
    if (this.#over) return;
    this.#over = true;
    try {
      this.#finish(outcome, value);
    } catch (error) {
      // The thread's end stands on the program's own globals as well, and memory may be full.
      post({ type: "broken", message: thrownOf(error).stack || thrownOf(error).message });
      haltForEver(this.#memory.words);
    }
  }

  #finish(outcome: number, value: unknown): void {
    this.#flushConsole();
    let [how, block] = [outcome, 0 as Address];
    if (how === ThreadOutcome.RETURNED) {
      try {
        block = this.#thread.encode(value, "result");
      } catch (error) {
        [how, value] = [ThreadOutcome.PANICKED, error];
      }
    }
    if (how === ThreadOutcome.PANICKED) block = this.#panic(value);
    this.#thread.departing(-1);
    this.#thread.departed();
    const isProgram = this.#attach.main && this.#attach.process === undefined;
    const keep = isProgram ? this.#heldByModules() : new Set<unknown>();
    dropOwned(keep);
    if (this.#attach.main) this.#finishProcess();
    this.#thread.perform(this.#object, ThreadOperation.END, how, block);
    this.#leave();
  }

  #finishProcess(): void {
    const memory = this.#memory;
    const deeds = finishProcess(this.#attach.process?.at ?? (0 as Address), {
      main: this.#thread.thread,
      objectOf: (thread) => this.#thread.threadObject(thread),
      threads: () => threadsThat(memory, () => true) as ThreadId[],
      started: () => startedProcesses(memory.fresh()),
      code: () => (this.#panicked || anyPanicked(memory) ? 1 : 0),
    });
    for (const deed of deeds) {
      if (deed === "drop") dropProcesses();
      else this.#thread.perform(deed.object, deed.operation, deed.a, deed.b);
    }
  }

  #panic(value: unknown): Address {
    this.#panicked = true;
    const { runtime, thread } = this.#thread;
    this.#thread.mark(EventKind.panic, 0);
    post({ type: "panic", thread, thrown: thrownOf(value), site: runtime.site });
    try {
      return this.#thread.encode(value, "exception");
    } catch (error) {
      // What was thrown cannot cross: whoever joins gets what can be said of it.
      const { name, message } = thrownOf(value);
      const told = new Error(name === "" ? message : `${name}: ${message}`, { cause: error });
      return this.#thread.encode(told, "exception");
    }
  }

  #heldByModules(): Set<unknown> {
    return reachable(this.#modules.list.flatMap((module) => rootsOf(module)));
  }

  #leave(): void {
    const { words } = this.#memory;
    if (!this.#attach.main) this.#heap.close();
    Atomics.store(words, this.#slot + SlotWord.ENDED, 1);
    if (!this.#attach.main) Atomics.sub(words, RunWord.ALIVE, 1);
    Atomics.add(words, RunWord.ENDED, 1);
    Atomics.sub(words, RunWord.RUNNING, 1);
    this.#thread.leave();
    callRunner(words);
    if (!this.#attach.main) {
      post({ type: "left" });
      haltForEver(words);
    }
    Atomics.wait(words, RunWord.CONDITIONS, 0);
    post({ type: "conditions", results: this.#conditions() });
    haltForEver(words);
  }

  #conditions(): ConditionResult[] {
    this.#memory.refresh();
    this.#thread.evaluating = true;
    return this.#attach.program.finals.map(({ module, index }) => {
      const evaluate = this.#modules.byId(module).conditions[index];
      // Main has not imported the file: there is nothing that it speaks of.
      if (evaluate === undefined) return { holds: true };
      try {
        return { holds: Boolean(evaluate()) };
      } catch (error) {
        return { thrown: thrownOf(error) };
      }
    });
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === "function";
}

/** Module variables that were never initialised hold nothing, and asking for them throws. */
function rootsOf(module: { roots: () => unknown[] }): unknown[] {
  try {
    return module.roots();
  } catch (error) {
    if (error instanceof ReferenceError) return [];
    throw error;
  }
}

/** `started`: the process that the run is, if it is not the program itself. */
function stopForExit(words: Int32Array, started: Address | undefined): void {
  process.exit = (code) => {
    const given = Number(code ?? process.exitCode ?? 0);
    if (started !== undefined) exitProcess(started, given);
    post({ type: "exit", code: given });
    return haltForEver(words);
  };
}

async function attach(given: Attach): Promise<void> {
  const memory: RunMemory = new RunMemory(given.buffer, () => {
    post({ type: "full" });
    return haltForEver(memory.words);
  });
  shared = memory.words;
  installStacks(given.program, import.meta.url);
  process.argv = [process.argv[0], given.program.entry, ...given.argv];
  const host = new NodeModuleHost();
  await host.load(given.program, given.main);
  stopForExit(memory.words, given.process?.at);
  post({ type: "attached" });
  const id = given.main ? (0 as ThreadId) : awaitSpawn(memory);
  new ThreadOfWorker(given, memory, id, host).run();
}

port.once("message", (given: Attach) => {
  port.unref();
  attach(given).catch((error: unknown) => {
    post({
      type: "broken",
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  });
});
