/**
 * Which threads have a card. A few are all shown, in order of creation, so that none ever changes its place; many are
 * grouped by state and each group shows its first, since ten thousand cards are no picture and would take seconds to make.
 */
import type { StepState, StepThread } from "../../../src/protocol/step.ts";

export type ThreadState = StepThread["state"];

export interface CardGroup {
  /** Absent where all are together. */
  readonly state: ThreadState | undefined;
  readonly threads: readonly StepThread[];
  /** How many more the group has. */
  readonly hidden: number;
}

/** So many threads are shown in one group. */
const FEW = 24;
/** So many of a group at first, and with each "more". */
export const SHOWN = 12;

/** In the order in which they matter to somebody who steps. */
const STATES: readonly ThreadState[] = ["ready", "blocked", "waiting", "sleeping", "ended"];

export function cardGroups(
  threads: readonly StepThread[],
  search: string,
  shown: Readonly<Partial<Record<ThreadState, number>>>,
): readonly CardGroup[] {
  const wanted = search === "" ? threads : threads.filter((thread) => matches(thread, search));
  if (threads.length <= FEW) return [{ state: undefined, threads: wanted, hidden: 0 }];
  return STATES.flatMap((state): CardGroup[] => {
    const all = wanted.filter((thread) => thread.state === state);
    const most = shown[state] ?? SHOWN;
    if (all.length === 0) return [];
    return [{ state, threads: all.slice(0, most), hidden: Math.max(0, all.length - most) }];
  });
}

export const isMany = (threads: readonly StepThread[]): boolean => threads.length > FEW;

function matches({ name, function: inFunction, next, holds }: StepThread, search: string): boolean {
  const sought = search.toLowerCase();
  const texts = [name, inFunction ?? "", next?.text ?? "", ...holds];
  return texts.some((text) => text.toLowerCase().includes(sought));
}

/** The thread that a digit steps: 1 is the first, in order of creation. */
export function threadOfKey(state: StepState, digit: number): StepThread | undefined {
  return state.threads[digit - 1];
}

/** Why nobody can be stepped, as a key of the words; undefined if somebody can. */
export function whyNobody(state: StepState): "not.running" | "not.over" | "not.nobody" | undefined {
  if (state.running) return "not.running";
  if (state.over) return "not.over";
  const can = state.threads.some(({ next }) => next?.canStep || next?.canTimeOut);
  return can ? undefined : "not.nobody";
}
