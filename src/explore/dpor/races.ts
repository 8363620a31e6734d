/**
 * Races of an execution: pairs of steps of two threads that depend on each other and could have been made the other way
 * round, with nothing in between that makes it so. Each is told as the beginning of an execution in which the later one comes
 * first (Abdulla et al., JACM 2017; what waits is treated as in section 10 there: a step that could not have gone through
 * just before its rival is set against what made it wait).
 */
import type { Address } from "../../base/brand.ts";
import { console_ } from "../../objects/console.ts";
import { Head, Outlook, type Step } from "../../objects/object.ts";
import { EventKind } from "../../trace/event.ts";
import type { Execution } from "../execution.ts";
import type { Order } from "../order.ts";
import type { ExploredStep, Thing } from "../step.ts";

export interface Race {
  /** Of its second step; the execution's length, if nobody has made that yet. */
  readonly index: number;
  /** How many steps of the execution come before. */
  readonly at: number;
  /** What then follows: all that does not come after the step that was first, and at the end the one that was second. */
  readonly sequence: ExploredStep[];
}

/**
 * Tells all of them, in the order of their second steps; what threads stand before at the end counts as if it had come. Without
 * those whose second step `isSettled`.
 */
export function racesOf(
  execution: Execution,
  order: Order,
  tell: (race: Race) => void,
  isSettled: (index: number) => boolean = () => false,
): void {
  const { steps } = execution;
  for (let index = 0; index < steps.length; index++) {
    if (isSettled(index)) continue;
    racesWith(execution, order, tell, { second: steps[index], index }, order.previous(index));
    if (steps[index].joined !== undefined) metOtherwise(execution, order, tell, index);
  }
  for (const second of execution.pending()) {
    const last = order.lastOf(second.id);
    racesWith(execution, order, tell, { second, index: steps.length }, last);
  }
}

/** A step of the execution, or one that comes after its end. */
interface Second {
  readonly second: ExploredStep;
  readonly index: number;
}

function racesWith(
  execution: Execution,
  order: Order,
  tell: (race: Race) => void,
  { second, index }: Second,
  previous: number,
): void {
  const { steps } = execution;
  const isAlone = second.thing === undefined && second.parts === undefined && !second.within;
  const canBeStopped =
    second.exits || second.processes.length > 0 || steps[steps.length - 1]?.exits === true;
  if (isAlone && !canBeStopped) return;
  const rivals = order.rivals(second, index, previous);
  if (rivals.length === 0) return;
  const exchanged: number[] = [];
  for (const first of rivals) {
    if (exchanged.some((later) => order.before(first, later))) continue;
    const deciding = decidingStep(steps, order, first, { second, index });
    const could = deciding === undefined ? "goes" : couldComeFirst(execution, deciding, second);
    if (could === "waits") continue;
    exchanged.push(first);
    const sequence = withoutThoseAfter(steps, order, first, index);
    sequence.push(second.madeEarlier(could === "gives up"));
    tell({ index, at: first, sequence });
  }
}

/**
 * Whoever was met by a step, and would have given up after a while, could have done so just before; and so could who made the
 * step, had it come before the one that it met. A select that was met could have gone on by another case.
 */
function metOtherwise(
  execution: Execution,
  order: Order,
  tell: (race: Race) => void,
  index: number,
): void {
  const { steps } = execution;
  const met = steps[index];
  for (const { id } of met.joined ?? []) {
    const note = steps.slice(0, index).findLast((step) => step.id === id);
    if (note?.noted !== true) continue;
    if (execution.couldGo(id, index)) {
      const sequence = withoutThoseAfter(steps, order, index, index);
      sequence.push(note.madeEarlier(false));
      tell({ index, at: index, sequence });
    }
    if (met.patient && !order.isPast(note.index, order.previous(index))) {
      const sequence = withoutThoseAfter(steps, order, note.index, index);
      sequence.push(met.madeEarlier(false), met.madeEarlier(true));
      tell({ index, at: note.index, sequence });
    }
    if (!note.patient) continue;
    const sequence = withoutThoseAfter(steps, order, index, index);
    sequence.push(note.madeEarlier(true));
    tell({ index, at: index, sequence });
  }
}

/** The steps after `first` that do not come after it in every order, but for `second`. */
function withoutThoseAfter(
  steps: readonly ExploredStep[],
  order: Order,
  first: number,
  second: number,
): ExploredStep[] {
  const others: ExploredStep[] = [];
  for (let at = first + 1; at < steps.length; at++) {
    if (at !== second && !order.before(first, at)) others.push(steps[at]);
  }
  return others;
}

/**
 * The step whose place in the execution tells whether `second` could go through before `first`: `first` itself, unless only the
 * order of two calls sets them against each other. Then it is the next one on the object of `second` that comes after `first`
 * in every order; none, if nothing has touched that since.
 */
function decidingStep(
  steps: readonly ExploredStep[],
  order: Order,
  first: number,
  { second, index }: Second,
): ExploredStep | undefined {
  const { thing } = second;
  const touches = (step: ExploredStep): boolean =>
    step.partner?.key === thing?.key || step.operationsOn(thing!.key).length > 0;
  const one = steps[first];
  if (!one.within || !second.within || thing === undefined || touches(one)) return one;
  for (let at = first + 1; at < index; at++) {
    if (touches(steps[at]) && order.before(first, at)) return steps[at];
  }
  return undefined;
}

/** Whether the step goes through, gives up or waits where `first` was made. */
function couldComeFirst(
  execution: Execution,
  first: ExploredStep,
  second: ExploredStep,
): "goes" | "gives up" | "waits" {
  const goes = couldGo(execution, first, second);
  if (goes) return "goes";
  return second.patient ? "gives up" : "waits";
}

function couldGo({ past }: Execution, first: ExploredStep, second: ExploredStep): boolean {
  if (second.since <= first.index) return true;
  if (second.awaited) return false;
  if (!second.blocks) return true;
  if (first.exits) return false;
  // What stopped it has not touched what it waits for: others may have done so since.
  if (first.ends !== undefined && second.processes.includes(first.ends)) return second.goesAtLast;
  const { thing } = second;
  if (thing !== undefined) return couldGoOn(past, first, second, thing);
  // What found something else ready as well would have gone by that.
  const foundElsewhere = second.parts?.some(
    (part) =>
      (part.event === EventKind.ready || part.ready === true) &&
      first.operationsOn(part.thing.key).length === 0,
  );
  if (foundElsewhere === true) return true;
  // Nothing else than what `first` has touched lets a select go that could not go after it.
  return (second.parts ?? []).some(
    (part) =>
      first.operationsOn(part.thing.key).length > 0 && couldGoOn(past, first, part, part.thing),
  );
}

/** Whether the operation, which may have to wait, would not have waited just before `first`. */
function couldGoOn(past: Int32Array, first: ExploredStep, second: Step, thing: Thing): boolean {
  const { kind, key } = thing;
  const rivals = first.operationsOn(key);
  const rival = rivals.find((one) => !isLook(one));
  // What was only looked at has let nobody go.
  if (rival === undefined && rivals.length > 0) return true;
  // Who gives up a mutex along with something else has held it until then.
  if (rival === undefined) return first.partner?.key !== key;
  const before = first.beforeOf(key);
  // Nobody waits for the console while exploring; a thread is waited for until its end.
  if (before < 0) return kind === console_;
  const at = (before - Head.OWN) as Address;
  if (kind.couldPrecede !== undefined) return kind.couldPrecede(past, at, rival, second);
  return kind.outlook(past, at, second.operation, second.a, second.b) !== Outlook.WAITS;
}

function isLook(step: Step): boolean {
  return "looks" in step && step.looks === true;
}
