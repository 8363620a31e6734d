/**
 * Where a step session stands, for a model to read and as data: threads with what each would do next, shared objects, what was
 * printed. One picture of both, so that the words cannot say other than the data.
 */
import { counted } from "../../analysis/words.ts";
import type { StepSession } from "../../engine/stepping/step-session.ts";
import type { StepObject, Stopped, StepThread } from "../../protocol/step.ts";
import type { Place } from "../../trace/finding.ts";
import { lineOf } from "../stepping.ts";
import { toldText } from "../refusal.ts";
import type { AgentWorld } from "../world.ts";
import { findingText } from "./checked.ts";

const MOST_LINES = 30;

interface ThreadData {
  readonly id: number;
  readonly name: string;
  readonly state: StepThread["state"];
  readonly at?: { readonly file: string; readonly line: number; readonly text: string };
  readonly function?: string;
  /** What it would do next. */
  readonly next?: string;
  readonly effect?: string;
  readonly canStep: boolean;
  readonly canTimeOut: boolean;
  /** Without being woken: `times_out` does that, where there is no time-out. */
  readonly canWake?: boolean;
  readonly choices?: readonly string[];
  readonly why?: string;
  readonly waitsFor: readonly string[];
  readonly holds: readonly string[];
}

interface ObjectData {
  readonly name: string;
  readonly kind: string;
  /** What is in it, or who has it. */
  readonly text: string;
  readonly holder?: string;
  readonly queue: readonly string[];
}

interface StandingData extends Record<string, unknown> {
  readonly session: string;
  readonly file: string;
  readonly engine: "model" | "native";
  readonly moment: number;
  readonly operations: number;
  readonly last?: string;
  readonly stopped?: string;
  readonly over?: Record<string, unknown>;
  readonly threads: readonly ThreadData[];
  readonly objects: readonly ObjectData[];
  readonly output: readonly string[];
  readonly problems: readonly unknown[];
}

export function standingData(
  session: StepSession,
  world: AgentWorld,
  stopped?: Stopped,
): StandingData {
  const { state, plan, begun, output } = session;
  const { moment, depth, over, engine = "model", last, threads, objects } = state;
  const names = new Map(threads.map(({ id, name }) => [id as number, name]));
  const nameOf = (id: number): string => names.get(id) ?? String(id);
  return {
    session: plan.id,
    file: plan.title,
    engine,
    moment,
    operations: depth,
    ...(last === undefined ? {} : { last: `${nameOf(last.thread)} ${last.text}` }),
    ...(stopped === undefined ? {} : { stopped: stoppedText(stopped) }),
    ...(over === undefined ? {} : { over: { ending: over.ending, findings: over.findings } }),
    threads: threads.map((thread) => threadData(thread, session, world, nameOf)),
    objects: objects.map((object) => objectData(object, nameOf)),
    output: output.map(({ text }) => text),
    problems: begun.problems,
  };
}

export function standingText(session: StepSession, world: AgentWorld, stopped?: Stopped): string {
  const data = standingData(session, world, stopped);
  const { note, over } = session.state;
  const printed = data.output.slice(-MOST_LINES);
  return [
    `Session ${data.session} on ${data.file}, after ${counted(data.operations, "operation")}.`,
    ...(note === undefined ? [] : [note]),
    ...session.begun.problems.map((problem) => `The schedule does not fit: ${toldText(problem)}`),
    ...(data.stopped === undefined ? [] : [`It stopped: ${data.stopped}.`]),
    ...(data.last === undefined ? [] : [`Last: ${data.last}.`]),
    ...(over === undefined
      ? []
      : [
          `The run is over: ${over.ending}.`,
          ...over.findings.map((finding) => findingText(finding, world)),
        ]),
    "",
    "Threads:",
    ...data.threads.flatMap(threadLines),
    ...(data.objects.length === 0 ? [] : ["", "Shared:"]),
    ...data.objects.map(objectLine),
    ...(printed.length === 0 ? [] : ["", "Printed so far:"]),
    ...(data.output.length > printed.length ? ["  …"] : []),
    ...printed.map((line) => `  ${line}`),
  ].join("\n");
}

function threadData(
  thread: StepThread,
  session: StepSession,
  world: AgentWorld,
  nameOf: (id: number) => string,
): ThreadData {
  const { id, name, state, place, next, why, waitsFor, holds } = thread;
  return {
    ...{ id, name, state },
    ...(place === undefined ? {} : { at: placeData(place, session, world) }),
    ...(thread.function === undefined ? {} : { function: thread.function }),
    ...(next === undefined ? {} : { next: next.text }),
    ...(next?.effect === undefined ? {} : { effect: next.effect }),
    canStep: next?.canStep ?? false,
    canTimeOut: next?.canTimeOut ?? false,
    ...(next?.canWake === true ? { canWake: true } : {}),
    ...(next?.choices === undefined ? {} : { choices: next.choices }),
    ...(why === undefined ? {} : { why }),
    waitsFor: waitsFor.map(nameOf),
    holds,
  };
}

function placeData({ file, line }: Place, { plan }: StepSession, world: AgentWorld) {
  return { file: world.nearby(file), line, text: lineOf(plan.compiled, file, line) };
}

function objectData(object: StepObject, nameOf: (id: number) => string): ObjectData {
  const { name, kind, text, holder, queue } = object;
  return {
    ...{ name, kind, text },
    ...(holder === undefined ? {} : { holder: nameOf(holder) }),
    queue: queue.map(nameOf),
  };
}

function threadLines(thread: ThreadData): string[] {
  const {
    name,
    state,
    at,
    next,
    effect,
    canStep,
    canTimeOut,
    canWake = false,
    choices,
    why,
    holds,
  } = thread;
  const would = next === undefined ? "" : `, next: ${next}`;
  const where = at === undefined ? "" : ` (${at.file}:${at.line})`;
  return [
    `  ${name}: ${canStep ? "can step" : state}${would}${where}`,
    ...(at === undefined || at.text === "" ? [] : [`    | ${at.text}`]),
    ...(effect === undefined ? [] : [`    ${effect}`]),
    ...(canStep || why === undefined ? [] : [`    ${why}`]),
    ...(canTimeOut ? ["    its wait can be ended by `times_out`"] : []),
    ...(canWake && !canTimeOut
      ? ["    `times_out` wakes it though nobody has woken it (spuriously)"]
      : []),
    ...(choices ?? []).map((choice, index) => `    choice ${index}: ${choice}`),
    ...(holds.length === 0 ? [] : [`    holds ${holds.join(", ")}`]),
  ];
}

function objectLine({ name, kind, text, queue }: ObjectData): string {
  const waiting = queue.length === 0 ? "" : `; waiting: ${queue.join(", ")}`;
  return `  ${kind} ${name}: ${text}${waiting}`;
}

function stoppedText({ why, text }: Stopped): string {
  switch (why) {
    case "pause":
      return "it went on for too long, and was paused where it is";
    case "over":
      return "the run is over, or what was waited for does not come any more";
    default:
      return text ?? why;
  }
}
