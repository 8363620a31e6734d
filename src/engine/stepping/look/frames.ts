/** A thread's stack as a person knows it, and what is in scope in each frame. */
import type { ThreadId } from "../../../base/brand.ts";
import type { CompiledProgram, ProbedName } from "../../../protocol/program.ts";
import type { Frame } from "../../../protocol/step.ts";
import type { Probe } from "../../../protocol/twins.ts";
import type { AsyncCaller } from "../../../std/tasks/written-callers.ts";
import type { Place } from "../../../trace/finding.ts";
import { siteAsPlace } from "../../program/names.ts";
import { Pause, Standing } from "../../model/thread.ts";
import type { LookedThread } from "../engine.ts";

export interface LookedFrame extends Frame {
  readonly probe: Probe | undefined;
  /** How many frames are beneath it, ours included. */
  readonly depth: number;
}

/** The person's own frames, the innermost first. */
export function framesOf(program: CompiledProgram, thread: LookedThread): LookedFrame[] {
  const given = thread.frames;
  if (given !== undefined) {
    return given.map((frame, index) => {
      return { ...frame, probe: undefined, depth: given.length - 1 - index };
    });
  }
  const { points, probes } = thread.stack;
  const frames: LookedFrame[] = [];
  for (let depth = points.length - 1; depth >= 0; depth--) {
    const point = program.points?.[points[depth]];
    if (point === null || point === undefined) continue;
    const { file, line, column } = point;
    const name = point.function ?? "anonymous function";
    // The innermost stands before its operation, which may lie within what the point names.
    const place = frames.length === 0 ? operationPlace(program, thread, file) : undefined;
    frames.push({ name, place: place ?? { file, line, column }, probe: probes[depth], depth });
  }
  const body = frames.at(-1);
  if (body?.name === "anonymous function") {
    frames[frames.length - 1] = { ...body, name: bodyName(thread.id) };
  }
  return frames;
}

/** Beneath these, the async functions that wait for them, as Node's stacks have them. They run nothing: nothing is in scope there. */
export function callerFrames(
  program: CompiledProgram,
  callers: readonly AsyncCaller[],
): LookedFrame[] {
  const beneath = { probe: undefined, depth: -1 };
  return callers.flatMap(({ name, site }): LookedFrame[] => [
    { ...beneath, name: "await", place: undefined, isAsync: "label" },
    {
      ...beneath,
      name: `async ${name || "top level"}`,
      place: siteAsPlace(program, site),
      isAsync: "caller",
    },
  ]);
}

/** What a thread's outermost function is called, where the text has no name for it. */
export const bodyName = (thread: ThreadId): string => (thread === 0 ? "top level" : "thread body");

/** Where the operation stands before which the thread is, if that is in this file. */
function operationPlace(
  program: CompiledProgram,
  { standing, next }: LookedThread,
  file: string,
): Place | undefined {
  const isPaused = next.object === 0 && next.operation === Pause.POINT;
  if (standing === Standing.RUNNING || standing === Standing.ENDED || isPaused) return undefined;
  const place = siteAsPlace(program, next.site);
  return place?.file === file ? place : undefined;
}

/** A variable in scope: how to read it, and how to write it where that can be. */
export interface Variable {
  readonly name: string;
  readonly of: ProbedName["of"];
  readonly canSet: boolean;
  /** Throws a ReferenceError before it is initialised. */
  read(): unknown;
  write(value: unknown): void;
}

/** Everything in scope, the innermost first; a name hides those of the same name further out. */
export function variablesOf(program: CompiledProgram, probe: Probe | undefined): Variable[] {
  const seen = new Set<string>();
  const variables: Variable[] = [];
  for (let at = probe; at !== undefined; at = at.outer) {
    const { row, read, write } = at;
    program.probes?.scopes[row].names.forEach(({ name, of, canSet }, index) => {
      if (seen.has(name)) return;
      seen.add(name);
      variables.push({
        name,
        of,
        canSet: canSet && write !== undefined,
        read: () => read(index),
        write: (value) => write?.(index, value),
      });
    });
  }
  return variables;
}
