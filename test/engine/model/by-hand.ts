/**
 * Programs whose twins are written by hand, for tests of the machine alone: a thread's body is a generator, which yields
 * where a call has to stop, as compiled code does. Operations are made on the real state machines.
 */
import type { Address, Milliseconds, ThreadId } from "../../../src/base/brand.ts";
import { KINDS } from "../../../src/objects/kinds.ts";
import type { ModelHost } from "../../../src/engine/model/prepared.ts";
import { Model } from "../../../src/engine/model/model.ts";
import type { ModelRun } from "../../../src/engine/model/run.ts";
import type { RunChoices } from "../../../src/engine/model/run-choices.ts";
import { edge, fuel, SUSPENDED } from "../../../src/engine/model/suspension.ts";
import { $t } from "../../../src/engine/model/twins/runtime.ts";
import { Onward } from "../../../src/engine/schedule/onward.ts";
import type { Scheduler } from "../../../src/engine/scheduler.ts";
import type { CompiledProgram } from "../../../src/protocol/program.ts";
import type { Twin, TwinRuntime } from "../../../src/protocol/twins.ts";
import type { RunResult } from "../../../src/protocol/run.ts";
import { engine } from "../../../src/std/intrinsics.ts";
import { TraceReader } from "../../../src/trace/reader.ts";
import type { Trace } from "../../../src/trace/trace.ts";
import { TraceWriter } from "../../../src/trace/writer.ts";

export type Body = Generator<unknown, unknown, unknown>;

/** What a call gives that may have to stop: `yield*` it. */
export function* may<T>(answer: T): Generator<unknown, T, unknown> {
  return (answer as unknown) === SUSPENDED ? ((yield 0) as T) : answer;
}

export function* perform(
  object: Address,
  operation: number,
  a = 0,
  b = 0,
): Generator<unknown, number, unknown> {
  const answer: unknown = engine.perform(object, operation, a, b);
  return (answer === SUSPENDED ? yield 0 : answer) as number;
}

export function* performFor(
  object: Address,
  operation: number,
  a: number,
  b: number,
  ms: number,
): Generator<unknown, number, unknown> {
  return yield* may(engine.performFor(object, operation, a, b, ms as Milliseconds));
}

export function* sleep(ms: number): Body {
  return yield* may<unknown>(engine.sleep(ms as Milliseconds));
}

export function* yieldNow(): Body {
  return yield* may<unknown>(engine.yieldNow());
}

/** Goes round a loop. */
export function* loop(times: number): Body {
  for (let i = 0; i < times; i++) if (--fuel.left <= 0) yield* may<unknown>(edge());
  return undefined;
}

/** Main and the bodies of the `@thread` functions; what they share is made by `main`. */
export interface HandProgram {
  readonly main?: () => Body | void;
  readonly threads?: Readonly<Record<string, () => Body>>;
  /** How many threads run each body; 1 where it is not told. */
  readonly count?: number;
  readonly final?: () => boolean;
  readonly invariant?: () => boolean;
  readonly options?: CompiledProgram["options"];
}

type Define = ($: unknown, $m: unknown, $t: TwinRuntime) => void;

/** The program as the compiler would hand it over, but that its one module's text is this function. */
function compiled({
  threads = {},
  count = 1,
  options = {},
  final,
  invariant,
}: HandProgram): CompiledProgram {
  const place = { file: "hand.ts", line: 1, column: 1 };
  const condition = { module: "hand.ts", place, reads: [] };
  const names = Object.keys(threads);
  return {
    entry: "hand.ts",
    options,
    modules: [
      { id: "hand.ts", code: "", map: "", externals: [], imports: [], exports: [], requests: [] },
    ],
    sites: [null],
    threads: names.flatMap((name, index) =>
      Array.from({ length: count }, () => ({ module: "hand.ts", index, name, count, site: 0 })),
    ),
    finals: final === undefined ? [] : [{ ...condition, index: 0, text: "final" }],
    invariants: invariant === undefined ? [] : [{ ...condition, index: 1, text: "invariant" }],
    sources: [],
  };
}

function define({ main, threads = {}, final, invariant }: HandProgram): Define {
  return (_$, $m, $t) => {
    const module = $m as Record<string, unknown> & {
      factory(index: number, make: () => unknown): void;
      fn(index: number, environment: unknown[], made: unknown): unknown;
    };
    const bodies = Object.values(threads).map((twin, index) => {
      const make = (): unknown =>
        module.fn(
          index,
          [],
          $t.link(() => $t.run(twin()), twin as Twin),
        );
      module.factory(index, make);
      return make;
    });
    module["main"] = $t.link(() => undefined, function* (): Body {
      module["threads"] = bodies;
      module["conditions"] = [final ?? (() => true), invariant ?? (() => true)];
      yield* main?.() ?? [];
      return undefined;
    } as Twin);
  };
}

export interface Ran extends RunResult {
  readonly trace: Trace;
  readonly bytes: Uint8Array;
  readonly run: ModelRun;
  /** Kinds of the findings, in order. */
  readonly kinds: readonly string[];
}

export function modelOf(program: HandProgram): Model {
  const host: ModelHost = {
    evaluate: () => define(program) as never,
    loadLate: () => undefined,
    external: () => ({}),
    require: () => undefined,
    import: () => Promise.resolve(undefined),
    package: () => undefined,
    urlOf: () => "file:///hand.ts",
    format: (values) => values.join(" "),
  };
  return new Model({
    program: compiled(program),
    host,
    twins: $t,
    memoryLimitBytes: 1 << 28,
  });
}

type Chosen = Omit<Partial<RunChoices>, "scheduler"> & { readonly scheduler?: Scheduler };

/** Runs the program to its end. */
export function ran(
  program: HandProgram | Model,
  { scheduler = new Onward(), ...choices }: Chosen = {},
): Ran {
  const model = program instanceof Model ? program : modelOf(program);
  const pieces: Uint8Array[] = [];
  const writer = new TraceWriter((bytes) => pieces.push(bytes));
  const head = { program: "hand.ts", engine: "model" as const, tool: "test" };
  writer.begin({ head, sites: [null], sources: [] });
  const run = model.begin({ scheduler: () => scheduler, sink: writer, ...choices });
  const result = run.go();
  if (result === undefined) throw new Error("the scheduler stopped the run");
  writer.findings(result.findings);
  writer.end({ ending: result.ending, durationNs: result.durationNs });
  const reader = new TraceReader();
  const bytes = Buffer.concat(pieces);
  const problem = reader.push(bytes);
  if (problem !== undefined) throw new Error(problem.message);
  reader.finish();
  const kinds = result.findings.map(({ kind }) => kind);
  return { ...result, run, trace: reader.trace, bytes, kinds };
}

/** A record of a trace, in words: `alice lock 3.1`, object and version. */
export function told({ events, threads }: Trace): string[] {
  return Array.from({ length: events.count }, (_, row) => {
    const name = threads.get(events.thread[row] as ThreadId)?.name ?? "?";
    return `${name} ${events.kind[row]} ${events.object[row]}.${events.version[row]}`;
  });
}

export { engine, KINDS };
