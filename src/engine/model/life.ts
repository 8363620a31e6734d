/**
 * A thread's life in a modelled run, as `native/worker-main.ts` has it for real ones: begins after its `start`, runs the
 * body, encodes what it gave, drops what it owns, and ends. A generator by hand, as it may stop wherever the body may.
 */
import type { Address, ThreadId } from "../../base/brand.ts";
import { ONLY_WAIT, ThreadOperation, ThreadOutcome } from "../../objects/thread.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { TwinRuntime } from "../../protocol/twins.ts";
import { arriveInProcess } from "../../std/process.ts";
import { dropProcesses, ownsProcesses } from "../../std/process-end.ts";
import { dropOwned, reachable } from "../../std/ownership.ts";
import type { Intrinsics, StartedThread } from "../../std/intrinsics.ts";
import { State } from "../../std/tasks/job.ts";
import { performJobs, runLoop, thrower } from "../../std/tasks/loop.ts";
import { promiseResolve, stateOf, TaskPromise, valueOf, waitFor } from "../../std/tasks/promise.ts";
import { EventKind } from "../../trace/event.ts";
import { type Thrown, thrownOf } from "../ended-badly.ts";
import { finishProcess } from "../process-ends.ts";
import type { ThreadContext } from "./context.ts";
import { OWN, type Processes } from "./processes.ts";
import { SUSPENDED } from "./suspension.ts";

/** What the lives of all threads of a run have in common. */
export interface LifeParts {
  readonly program: CompiledProgram;
  readonly twins: TwinRuntime;
  readonly engine: Intrinsics;
  readonly show: (value: unknown) => string;
  readonly run: LifeRun;
}

/** What the thread has of its own. */
export type LifeContext = Pick<
  ThreadContext,
  "id" | "object" | "runtime" | "modules" | "console" | "activation"
>;

/** The run in which the life is. */
export interface LifeRun {
  /** Whether it is over, so that what is thrown here is only our way out. */
  readonly isOver: boolean;
  panicked(context: LifeContext, thrown: Thrown): void;
  /** The thread that runs awaits what nothing will settle any more. */
  waitForEver(): unknown;
  readonly processes: Pick<Processes, "threadsOf" | "startedBy">;
  /** What this process of that main thread comes to. `thrown`: what left that thread's body. */
  codeOf(process: Address, main: ThreadId, thrown: Thrown | undefined): number;
  /** Prints what the thread has written without an end of line. */
  flush(context: LifeContext): Frame;
}

type Frame = Generator<unknown, unknown, unknown>;

/** How a life begins. */
export interface Begun {
  /** Block of a function that crossed; 0: this is main. */
  readonly body: Address;
  /** What it is given, -1 for nothing. */
  readonly argument: number;
  /** It is the main thread of this process, whose `@shared` variables hold what stands in the other block. */
  readonly process?: { readonly at: Address; readonly shared: Address };
}

export function* life(
  parts: LifeParts,
  context: LifeContext,
  { body, argument, process }: Begun,
): Frame {
  const { twins: $t, engine, run } = parts;
  const isMain = body === 0;
  let outcome: number = ThreadOutcome.RETURNED;
  let value: unknown;
  try {
    if (isMain) {
      value = $t.start(main(parts, context));
    } else if (process !== undefined) {
      const arrived = arriveInProcess(process.at, body, process.shared);
      value = $t.call1(arrived.body, undefined, arrived.port);
    } else {
      const called = engine.decode(body);
      value = argument < 0 ? $t.call0(called, undefined) : $t.call1(called, undefined, argument);
    }
    if (value === SUSPENDED) value = yield 0;
    const { tasks } = context.activation;
    if (isThenable(value)) {
      value = $t.start(awaited(parts, value));
      if (value === SUSPENDED) value = yield 0;
    } else if (!tasks.isIdle) {
      if ($t.call1(runLoop, undefined, undefined) === SUSPENDED) yield 0;
    }
  } catch (error) {
    outcome = ThreadOutcome.PANICKED;
    value = error;
  }
  if (run.isOver) return;
  if (context.console.hasRest && $t.start(run.flush(context)) === SUSPENDED) yield 0;
  let block = 0 as Address;
  if (outcome === ThreadOutcome.RETURNED) {
    try {
      block = engine.encode(value, "result");
    } catch (error) {
      outcome = ThreadOutcome.PANICKED;
      value = error;
    }
  }
  if (outcome === ThreadOutcome.PANICKED) block = panic(parts, context, value);
  engine.departing(-1);
  engine.departed();
  if (context.activation.owned.size > 0) {
    const keep = isMain ? heldByModules(context) : new Set();
    if ($t.call1(dropOwned, undefined, keep) === SUSPENDED) yield 0;
  }
  if (process !== undefined || (isMain && ownsProcesses())) {
    const thrown = outcome === ThreadOutcome.PANICKED ? thrownOf(value, parts.show) : undefined;
    const finishing = finished(parts, context.id, process?.at ?? OWN, thrown);
    if ($t.start(finishing) === SUSPENDED) yield 0;
  }
  const ended: unknown = engine.perform(context.object, ThreadOperation.END, outcome, block);
  if (ended === SUSPENDED) yield 0;
}

/** By the main thread of a process, the program's own among them. `thrown`: what left that thread's body. */
function* finished(
  { twins: $t, engine, run }: LifeParts,
  main: ThreadId,
  process: Address,
  thrown: Thrown | undefined,
): Frame {
  const { processes } = run;
  const deeds = finishProcess(process, {
    main,
    threads: () => processes.threadsOf(process),
    objectOf: (thread) => engine.threadObject(thread),
    started: () => processes.startedBy(process),
    code: () => run.codeOf(process, main, thrown),
  });
  for (const deed of deeds) {
    const done: unknown =
      deed === "drop"
        ? $t.call0(dropProcesses, undefined)
        : engine.perform(deed.object, deed.operation, deed.a, deed.b);
    if (done === SUSPENDED) yield 0;
  }
  return undefined;
}

/** What a promise comes to, when nothing of the thread's is left to run. Without end, if it comes to nothing. */
function* awaited({ twins: $t, run }: LifeParts, value: unknown, until?: "settled"): Frame {
  const promise = promiseResolve(TaskPromise, value) as TaskPromise<unknown>;
  waitFor(promise, thrower);
  if ($t.call1(runLoop, undefined, until && promise) === SUSPENDED) yield 0;
  if (stateOf(promise) === State.PENDING && run.waitForEver() === SUSPENDED) yield 0;
  return valueOf(promise);
}

/** The top-level code of the modules that the entry imports, then the `@thread` functions. */
function* main(parts: LifeParts, context: LifeContext): Frame {
  const { program, twins: $t, engine } = parts;
  for (const { evaluation, main: code } of context.modules.early) {
    // One may have been imported by the code of another, which was quicker.
    while (evaluation.isPending) {
      const changed = $t.start(awaited(parts, evaluation.changed(), "settled"));
      if (changed === SUSPENDED) yield 0;
    }
    evaluation.throwIfFailed();
    if (!evaluation.isNew) continue;
    evaluation.begin();
    let done = $t.call0(code, undefined);
    if (done === SUSPENDED) done = yield 0;
    if (isThenable(done)) {
      if ($t.start(awaited(parts, done, "settled")) === SUSPENDED) yield 0;
      evaluation.end();
      continue;
    }
    evaluation.end();
    if (!context.activation.tasks.isIdle) {
      if ($t.call0(performJobs, undefined) === SUSPENDED) yield 0;
    }
  }
  const started: Address[] = [];
  for (const { module, index, name, row, site } of declaredThreads(program)) {
    const known = context.modules.byId(module).threads;
    // Nobody has imported the file.
    if (known.length === 0) continue;
    const body = known[index]();
    context.runtime.site = site;
    const start: unknown = Reflect.get(engine, "start");
    let thread = $t.call3(start, engine, body, name, row);
    if (thread === SUSPENDED) thread = yield 0;
    started.push((thread as StartedThread).object);
  }
  for (const thread of started) {
    const joined: unknown = engine.perform(thread, ThreadOperation.JOIN, ONLY_WAIT);
    if (joined === SUSPENDED) yield 0;
  }
  return undefined;
}

interface DeclaredRow {
  readonly module: string;
  readonly index: number;
  readonly name: string;
  /** The index that the function takes. */
  readonly row: number;
  readonly site: number;
}

const declared = new WeakMap<CompiledProgram, readonly DeclaredRow[]>();

/** A function with a count has as many rows: how many came before is the index that it takes. */
function declaredThreads(program: CompiledProgram): readonly DeclaredRow[] {
  let known = declared.get(program);
  if (known !== undefined) return known;
  const rows = new Map<string, number>();
  known = program.threads.map(({ module, index, name, count, site }) => {
    const key = `${index} ${module}`;
    const row = rows.get(key) ?? 0;
    rows.set(key, row + 1);
    return { module, index, row, site, name: count === 1 ? name : `${name}-${row + 1}` };
  });
  declared.set(program, known);
  return known;
}

function panic({ engine, show, run }: LifeParts, context: LifeContext, value: unknown): Address {
  engine.mark(EventKind.panic, 0);
  const thrown = thrownOf(value, show);
  run.panicked(context, thrown);
  try {
    return engine.encode(value, "exception");
  } catch (error) {
    // What was thrown cannot cross: whoever joins gets what can be said of it.
    const { name, message } = thrown;
    const told = new Error(name === "" ? message : `${name}: ${message}`, { cause: error });
    return engine.encode(told, "exception");
  }
}

function heldByModules({ modules }: LifeContext): Set<unknown> {
  return reachable(modules.list.flatMap((module) => rootsOf(module)));
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

function isThenable(value: unknown): boolean {
  return typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === "function";
}
