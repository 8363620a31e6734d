/** How an execution ended, as far as a program's user could tell: what was printed, and what is left in shared memory. */
import { nameOfObject } from "../engine/program/names.ts";
import { type LookedRun, sharedValue } from "../engine/stepping/look/objects.ts";
import { cell } from "../objects/cell.ts";
import { KINDS } from "../objects/kinds.ts";
import { Head } from "../objects/object.ts";
import type { ModelIntrinsics } from "../engine/model/intrinsics.ts";
import type { Execution } from "./execution.ts";

export interface EndState {
  readonly output: string;
  readonly shared: Readonly<Record<string, unknown>>;
}

const CELL = KINDS.indexOf(cell);

/** Of the run that was made last. `perThread`: lines may stand in any order, so they are told thread by thread. */
export function endStateOf({ run, view }: Execution, perThread: boolean): EndState {
  const lines = perThread
    ? run.lines.toSorted((one, other) => one.thread - other.thread)
    : run.lines;
  const output = lines.map(({ text }) => text).join("\n");
  return { output, shared: sharedOf(view, run.inside.engine) };
}

/** The program's `@shared` variables, by name; a process's copies by its name, too. */
function sharedOf(
  looked: LookedRun,
  engine: Pick<ModelIntrinsics, "objects" | "processOf">,
): Record<string, unknown> {
  const { program, words } = looked;
  const shared: Record<string, unknown> = {};
  for (const at of engine.objects) {
    if (words[at + Head.KIND] !== CELL) continue;
    const name = nameOfObject(program, words, at, KINDS);
    const process = engine.processOf(at);
    shared[process === undefined ? name : `${process}: ${name}`] = asJson(sharedValue(looked, at));
  }
  return shared;
}

/** A value as JSON has it; what JSON has no word for is told as TypeScript would write it. */
function asJson(value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (value === undefined) return "undefined";
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asJson(one)]));
  }
  return value;
}
