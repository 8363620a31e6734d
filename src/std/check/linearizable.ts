/**
 * `linearizable`: calls the operations of a structure from several threads. That is all that a program does for it: whether some
 * order of the calls explains what they returned is judged by who explores (`src/explore/linearizability`), since the answers of
 * the model are to be had by running the program once more, with the calls in turn, where a call that blocks can be told.
 */
import type { Address } from "../../base/brand.ts";
import { LINEARIZABILITY_MESSAGES } from "../../base/catalogue/linearizability.ts";
import { EventKind } from "../../trace/event.ts";
import { counted } from "../count.ts";
import { text } from "../errors.ts";
import { encodeForMany } from "../for-many.ts";
import { crosses, crossing, type Crossing } from "../handle.ts";
import { engine } from "../intrinsics.ts";
import { type JoinHandle, spawn } from "../thread.ts";
import { decide, How } from "./plan.ts";
import type { Subject } from "./told.ts";

type Operation<S> = (structure: S, argument: number) => unknown;

interface LinearizableOptions<S> {
  readonly create: () => S;
  readonly operations: Readonly<Record<string, Operation<S>>>;
  readonly model?: () => S;
  readonly threads?: number;
  readonly operationsPerThread?: number;
}

/** What operations are given, those that take anything. */
const ARGUMENTS = [1, 2];
const MOST_THREADS = 8;
const MOST_CALLS = 62;

/** A call that can be made. */
interface Callable {
  readonly name: string;
  readonly argument: number;
}

/** What the threads of a plan are given. */
interface Shared<S> {
  readonly structure: S;
  readonly operations: Readonly<Record<string, Operation<S>>>;
  readonly lanes: readonly (readonly number[])[];
}

export function linearizable<S>(options: LinearizableOptions<S>): void {
  const { create, operations, model = create } = options;
  const threads = counted(options.threads ?? 2, "linearizable", 1, MOST_THREADS);
  const operationsPerThread = counted(
    options.operationsPerThread ?? 2,
    "linearizable",
    1,
    MOST_CALLS,
  );
  const { site } = engine;
  const callables = callablesOf(operations);
  const subject: Subject = { calls: callables.map(written), threads, operationsPerThread };
  engine.checked({ kind: "asks", subject });
  const plan = decide(subject);
  engine.checked({ kind: "decided" });
  if (plan.how === How.NOT) return;
  const structure = plan.how === How.IN_TURN ? model() : create();
  callAll({ structure, operations }, callables, plan.first);
  if (plan.how === How.IN_TURN) return;
  engine.site = site;
  const { lanes } = plan;
  const block = encodeForMany({ structure, operations, lanes }, "structure");
  const handles: JoinHandle<unknown>[] = [];
  for (let lane = 0; lane < lanes.length; lane++) {
    if (lanes[lane].length === 0) continue;
    engine.site = site;
    handles.push(spawn(callerOf(block, lane), { name: `caller-${lane + 1}` }));
  }
  for (const handle of handles) {
    engine.site = site;
    handle.join();
  }
  engine.release(block);
  callAll({ structure, operations }, callables, plan.last);
}

/** What there is to be called, in the order of the operations. Throws for what is none. */
function callablesOf<S>(operations: Readonly<Record<string, Operation<S>>>): Callable[] {
  const callables: Callable[] = [];
  for (const [name, operation] of Object.entries(operations ?? {})) {
    if (typeof operation !== "function") {
      throw new TypeError(
        text(LINEARIZABILITY_MESSAGES.noOperation, { name, type: typeof operation }),
      );
    }
    if (operation.length < 2) callables.push({ name, argument: 0 });
    else for (const argument of ARGUMENTS) callables.push({ name, argument });
  }
  if (callables.length === 0) throw new TypeError(text(LINEARIZABILITY_MESSAGES.noOperations, {}));
  if (callables.length > MOST_CALLS) {
    const told = { count: callables.length, most: MOST_CALLS };
    throw new RangeError(text(LINEARIZABILITY_MESSAGES.tooManyOperations, told));
  }
  return callables;
}

/** `push(1)`, `pop()`. */
function written({ name, argument }: Callable): string {
  return `${name}(${argument === 0 ? "" : argument})`;
}

function callAll<S>(
  { structure, operations }: Pick<Shared<S>, "structure" | "operations">,
  callables: readonly Callable[],
  list: readonly number[],
): void {
  for (const call of list) {
    const callable = callables[call - 1];
    const { name, argument } = callable;
    const { traced } = engine;
    engine.checked({ kind: "invoked", call });
    if (traced) engine.mark(EventKind.regionBegin, engine.string(written(callable)));
    try {
      const value = operations[name](structure, argument);
      engine.checked({ kind: "returned", value });
    } catch (error) {
      // To throw is an answer, which the model may give as well.
      engine.checked({ kind: "threw", error });
    }
    if (traced) engine.mark(EventKind.regionEnd, engine.string(written(callable)));
  }
}

/** The body of a thread, which crosses as what all of them share and a number. */
function callerOf(block: Address, lane: number): () => unknown {
  const body = (): unknown => {
    const shared = engine.decode(block) as Shared<unknown>;
    callAll(shared, callablesOf(shared.operations), shared.lanes[lane]);
    return undefined;
  };
  const crossed: Crossing = { kind: "Caller", object: block, detail: lane };
  Object.defineProperty(body, crossing, { value: crossed });
  return body;
}

// Not shared: each time it arrives it is another thread's.
crosses("Caller", "moves", callerOf);
