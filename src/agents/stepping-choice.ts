/** Which step is meant, as agents say it: a thread by its name, a choice by its number. What cannot be is refused with its reason. */
import { AGENT_MESSAGES } from "../base/catalogue/agents.ts";
import type { Going, StepState, StepThread } from "../protocol/step.ts";
import { refuse } from "./refusal.ts";

/** Absent: the only one that could go on. */
export function stepOf(
  state: StepState,
  thread: string | undefined,
  timesOut: boolean,
  choice: number | undefined,
): Going {
  const one = thread === undefined ? onlyThread(state) : threadNamed(state, thread);
  const { id, name, next } = one;
  const wakes = timesOut && next?.canTimeOut !== true && next?.canWake === true;
  const can = wakes || (timesOut ? next?.canTimeOut : next?.canStep);
  if (can !== true) {
    return refuse(AGENT_MESSAGES.cannotStep, {
      thread: name,
      why: whyNot(one, state, timesOut),
      others: othersText(state),
    });
  }
  return {
    kind: "operation",
    thread: id,
    timesOut,
    ...(wakes ? { wakes } : {}),
    ...(choice === undefined ? {} : { choices: [choice] }),
  };
}

export function threadNamed({ threads }: StepState, named: string): StepThread {
  const found =
    threads.find(({ name }) => name === named) ?? threads.find(({ id }) => String(id) === named);
  if (found !== undefined) return found;
  const names = threads.map(({ name }) => `\`${name}\``).join(", ");
  return refuse(AGENT_MESSAGES.unknownThread, { thread: named, threads: names });
}

function onlyThread(state: StepState): StepThread {
  const able = state.threads.filter(({ next }) => next?.canStep);
  if (able.length === 1) return able[0];
  const problems = able.length === 0 ? "nobody can go on" : "`step` needs `thread`";
  return refuse(AGENT_MESSAGES.badArguments, { tool: "step", problems, hint: othersText(state) });
}

function whyNot({ state, why, next }: StepThread, { over }: StepState, timesOut: boolean): string {
  if (state === "ended") return "it has ended";
  if (over !== undefined) {
    const also = why === undefined ? "" : `, and it is ${why}`;
    return `the run is over (${over.ending})${also}`;
  }
  if (timesOut && next?.canStep) return "it does not wait with a time-out";
  return why ?? `it is ${state}`;
}

function othersText({ threads, over }: StepState): string {
  if (over !== undefined) return "Go back with `undo`, or begin another session";
  const able = threads.filter(({ next }) => next?.canStep).map(({ name }) => `\`${name}\``);
  const late = threads
    .filter(({ next }) => next?.canTimeOut || next?.canWake)
    .map(({ name }) => `\`${name}\``);
  const parts = [
    ...(able.length > 0
      ? [`These can go on: ${able.join(", ")}`]
      : ["Nobody can go on: `undo` goes back"]),
    ...(late.length > 0 ? [`these with \`times_out\`: ${late.join(", ")}`] : []),
  ];
  return parts.join("; ");
}
