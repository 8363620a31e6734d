/**
 * The threads that one worker carries: each has its own definitions of the person's modules and its own `$`, as if it had a worker
 * to itself, and lives as a thread of the model engine does (`model/life.ts`), on the native engine's operations. npm packages
 * are instantiated once per worker.
 */
import { formatWithOptions } from "node:util";
import type { Address, ThreadId } from "../../../base/brand.ts";
import { MODEL_MESSAGES } from "../../../base/catalogue/model.ts";
import { ThreadOperation } from "../../../objects/thread.ts";
import { enter as enterActivation } from "../../../std/activation.ts";
import { text } from "../../../std/errors.ts";
import { install } from "../../../std/intrinsics.ts";
import { installTaskHost } from "../../../std/tasks/host.ts";
import { Heap } from "../../heap.ts";
import { life, type LifeContext, type LifeRun } from "../../model/life.ts";
import { evaluatingOnce } from "../../model/prepared.ts";
import { SUSPENDED } from "../../model/suspension.ts";
import { $t } from "../../model/twins/runtime.ts";
import { VirtualTimers } from "../../model/virtual-timers.ts";
import type { World } from "../../outside/world.ts";
import { missingInput } from "../../outside/replayed-world.ts";
import { ConsoleLines } from "../../program/console.ts";
import { type ModuleHost, Modules } from "../../program/modules.ts";
import { placeOfSite } from "../../program/names.ts";
import { MAX_THREADS, RunWord, SlotWord, THREAD_TABLE } from "../layout.ts";
import type { RunMemory } from "../memory.ts";
import type { Attach, ConditionResult, FromWorker } from "../messages.ts";
import { startedProcesses } from "../processes/starting.ts";
import { realNow, RealWorld } from "../real-world.ts";
import { Recorder } from "../recorder.ts";
import { callRunner } from "../rounds.ts";
import { thrownOf } from "../thread.ts";
import { ThreadOutside } from "../thread-outside.ts";
import { anyPanicked, threadsThat } from "../thread-table.ts";
import type { Crew } from "./carrier.ts";
import { GreenConsole } from "./console.ts";
import { GreenThread } from "./green-thread.ts";
import { makeWorkerRing, numberOfRing } from "./rings.ts";

export interface CrewParts {
  readonly attach: Attach;
  readonly memory: RunMemory;
  readonly host: ModuleHost;
  readonly post: (message: FromWorker) => void;
  readonly halt: () => never;
}

const MAIN = 0 as ThreadId;
const format = (values: readonly unknown[]): string =>
  formatWithOptions({ colors: false }, ...values);

export class GreenCrew implements Crew {
  readonly #parts: CrewParts;
  readonly #heap: Heap;
  readonly #ring: number;
  readonly #recorder: Recorder;
  /** By the worker's ring, so 0 for all where nothing is recorded. */
  readonly number: number;
  readonly #host: ModuleHost;
  readonly #console: GreenConsole;
  /** Timers go by real time, in nanoseconds. */
  readonly #clock = {
    get now(): number {
      return realNow() * 1e6;
    },
  };
  #current: GreenThread | undefined;
  #main: GreenThread | undefined;

  constructor(parts: CrewParts) {
    this.#parts = parts;
    const { memory, attach } = parts;
    memory.refresh();
    this.#heap = new Heap(memory);
    const isTraced = memory.words[RunWord.TRACED] === 1;
    this.#ring = isTraced ? makeWorkerRing(memory, this.#heap) : 0;
    this.number = isTraced ? numberOfRing(memory, this.#ring) : 0;
    this.#recorder = new Recorder(memory, this.#ring, MAIN, attach.beganMs);
    this.#host = evaluatingOnce(parts.host, $t);
    this.#console = new GreenConsole(
      memory.words[RunWord.CONSOLE] as Address,
      () => this.#current!.console,
    );
    this.#console.install();
    const real = new RealWorld(() => this.#recorder.now());
    const world = (): World => this.#current!.outside?.outside.world ?? real;
    const cannotAwait = (): void => this.#cannotAwait();
    installTaskHost(new VirtualTimers({ clock: this.#clock, engine: this, world, cannotAwait }));
  }

  /** Of the thread that runs. */
  get site(): number {
    return this.#current!.site;
  }

  /** Where the list of those begins that are woken. */
  makeList(): number {
    const at = this.#heap.allocate(1);
    this.#parts.memory.words[at] = 0;
    return at;
  }

  /** What the thread that runs has of the world. */
  get outside(): ThreadOutside {
    return this.#current!.outside!;
  }

  begin(id: ThreadId): GreenThread {
    const { memory, attach, post } = this.#parts;
    const slot = memory.fresh()[THREAD_TABLE + id];
    const recorder = new Recorder(memory, this.#ring, id, attach.beganMs, this.#recorder);
    const outside = this.#openOutside(slot, id);
    const { program, cores } = attach;
    const thread = new GreenThread({
      ...{ memory, heap: this.#heap, recorder, program, thread: id, cores, post, slot },
      mostAlive: MAX_THREADS,
      console: new ConsoleLines(format, realNow),
      // Whom it waits for may be carried by this very worker: to block it would be for ever.
      cannotSuspend: () => this.#refuse(MODEL_MESSAGES.cannotSuspend),
      ...(outside === undefined ? {} : { outside }),
    });
    this.enter(thread);
    const modules = (thread.modules = new Modules(program, this.#host, thread.runtime, id));
    const { object, runtime, console, activation } = thread;
    const context: LifeContext = { id, object, runtime, modules, console, activation };
    thread.stack.begin(this.#whole(thread, context));
    if (id === MAIN) this.#main = thread;
    return thread;
  }

  enter(thread: GreenThread): void {
    this.#current = thread;
    install(thread);
    enterActivation(thread.activation);
  }

  conditions(): void {
    const main = this.#main;
    if (main === undefined) return;
    this.enter(main);
    main.evaluating = true;
    const { program } = this.#parts.attach;
    const results = program.finals.map(({ module, index }): ConditionResult => {
      const evaluate = main.modules!.byId(module).conditions[index];
      // Main has not imported the file: there is nothing that it speaks of.
      if (evaluate === undefined) return { holds: true };
      try {
        return { holds: Boolean(evaluate()) };
      } catch (error) {
        return { thrown: thrownOf(error) };
      }
    });
    this.#parts.post({ type: "conditions", results });
    this.#parts.halt();
  }

  /** A thread from its first operation to its last. */
  *#whole(thread: GreenThread, context: LifeContext): Generator<unknown, void, unknown> {
    const { slot, object, id } = thread;
    const { words } = thread;
    const { program, process } = this.#parts.attach;
    thread.perform(object, ThreadOperation.START, words[slot + SlotWord.PARENT]);
    const begun =
      id === MAIN
        ? { body: process?.body ?? (0 as Address), argument: -1, ...(process && { process }) }
        : {
            body: words[slot + SlotWord.BODY] as Address,
            argument: words[slot + SlotWord.ARGUMENT],
          };
    const show = (value: unknown): string => format([value]);
    const parts = { program, twins: $t, engine: thread, show, run: this.#lifeRun(thread) };
    if ($t.start(life(parts, context, begun)) === SUSPENDED) yield 0;
    this.#leave(thread);
  }

  #lifeRun(thread: GreenThread): LifeRun {
    const { post, memory } = this.#parts;
    return {
      isOver: false,
      panicked: ({ id, runtime }, thrown) =>
        post({ type: "panic", thread: id, thrown, site: runtime.site }),
      waitForEver: () => {
        post({ type: "unsettled", thread: thread.id });
        Atomics.sub(memory.words, RunWord.RUNNING, 1);
        thread.until = Infinity;
        return SUSPENDED;
      },
      // All that are in this memory are of one process.
      processes: {
        threadsOf: () => threadsThat(memory, () => true) as ThreadId[],
        startedBy: () => startedProcesses(memory.fresh()),
      },
      // What has ended it is told by whoever has started it.
      codeOf: (_process, _main, thrown) => (thrown !== undefined || anyPanicked(memory) ? 1 : 0),
      flush: ({ console }) => this.#console.flush(console),
    };
  }

  #leave({ id, slot }: GreenThread): void {
    const { words } = this.#parts.memory;
    Atomics.store(words, slot + SlotWord.ENDED, 1);
    if (id !== MAIN) Atomics.sub(words, RunWord.ALIVE, 1);
    Atomics.add(words, RunWord.ENDED, 1);
    if (Atomics.sub(words, RunWord.RUNNING, 1) === 1) callRunner(words);
  }

  #openOutside(slot: number, id: ThreadId): ThreadOutside | undefined {
    const { attach, memory, post } = this.#parts;
    const { outside: plan, program } = attach;
    if (plan === undefined) return undefined;
    return new ThreadOutside({
      ...{ plan, main: id === MAIN, memory, slot },
      allocate: (size) => this.#heap.allocate(size),
      sinceBegun: () => this.#recorder.now(),
      tell: (asked, missing) => {
        const { site } = this.#current!;
        const place = placeOfSite(program, site);
        const asks = { thread: this.#current!.threadName(id), asked, place };
        post({ type: "diverged", problem: missingInput(missing, asks) });
      },
    });
  }

  /** A promise of Node's or of a package's settles by an event loop, which no thread of this worker has. */
  #cannotAwait(): void {
    this.#refuse(MODEL_MESSAGES.cannotAwait);
  }

  #refuse(why: typeof MODEL_MESSAGES.cannotAwait): never {
    const thread = this.#current!;
    const place = placeOfSite(this.#parts.attach.program, thread.site);
    const values = { thread: thread.threadName(thread.id), place };
    this.#parts.post({ type: "broken", message: text(why, values) });
    return this.#parts.halt();
  }
}
