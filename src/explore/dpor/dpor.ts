/**
 * Exhaustive exploring with one execution for each Mazurkiewicz trace: optimal dynamic partial order reduction with wakeup
 * trees and sleep sets (Abdulla, Aronis, Jonsson and Sagonas, JACM 2017, algorithm 2), by running the program anew for each
 * execution.
 *
 * A step that chooses is several moves of its thread, which exclude each other; so are an operation and the end of its
 * patience. All that are open at a state are explored from there.
 */
import type { Dependence } from "../dependence.ts";
import type { Execution, Strategy } from "../execution.ts";
import type { Order } from "../order.ts";
import {
  type ExploredStep,
  isSameMove,
  type Key,
  type Move,
  NO_CHOICES,
  otherChoices,
} from "../step.ts";
import { LONGEST_TURN } from "../strategies/follow.ts";
import { areKnown, movesOf } from "./known-moves.ts";
import { type Race, racesOf } from "./races.ts";
import { type Branch, branchOf, Placing } from "./wakeup-tree.ts";

/** A state on the way of the execution under way. */
interface Node {
  /** How many branches were gone, the one under way included. */
  taken: number;
  /** Moves whose executions are known: nothing new begins with them. */
  readonly sleep: ExploredStep[];
  /** What is to be explored from here, the first of it being explored now. */
  readonly tree: Branch[];
  /** Whether the races of its step, with those before it, need not be looked at again. */
  settled: boolean;
}

/** On the way to the root: nothing is explored from there. */
const PASSED: Node = { taken: 1, sleep: [], tree: [], settled: true };

/** A state that executions begin with, and what is known there. */
export interface Root {
  readonly moves: readonly Move[];
  readonly sleep: readonly ExploredStep[];
}

const START: Root = { moves: [], sleep: [] };

export class OptimalDpor implements Strategy {
  readonly #dependence: Dependence;
  readonly #placing: Placing;
  readonly #root: Root;
  /** By how many steps were made before. */
  readonly #nodes: Node[] = [];
  /** Moves that are made again: those of the last execution up to where this one leaves it. */
  #again: readonly Move[];
  /** They are steps of the last execution. */
  #isKept = false;
  /** Executions that came to states where everything was known already: none, if all is right. */
  wasted = 0;
  /** Sequences that were not added, since they lead to what is known. */
  pruned = 0;
  #executions = 0;
  /** Which part of all executions was made, if at each state every branch that is known of leads to as many. */
  #part = 0;

  /** `root`: explores what follows from there, and nothing else. */
  constructor(dependence: Dependence, root: Root = START) {
    this.#dependence = dependence;
    this.#placing = new Placing(dependence);
    this.#root = root;
    this.#again = root.moves;
    for (let depth = 0; depth < root.moves.length; depth++) this.#nodes[depth] = PASSED;
    this.#nodes[root.moves.length] = {
      ...{ taken: 1, sleep: [...root.sleep], tree: [], settled: true },
    };
  }

  get again(): number | undefined {
    return this.#isKept ? this.#again.length : undefined;
  }

  pick(execution: Execution): number {
    const { offered, steps } = execution;
    const depth = steps.length;
    if (depth < this.#again.length) return placeOf(execution, this.#again[depth]);
    if (offered.length === 0) return -1;
    const node = this.#enter(steps);
    const [planned] = node.tree;
    if (planned !== undefined) {
      const found = placeOf(execution, planned.step);
      if (found < 0) this.wasted++;
      return found;
    }
    const picked = this.#pickAwake(execution, node);
    if (picked < 0) this.wasted++;
    return picked;
  }

  choose(execution: Execution, options: readonly number[]): number {
    const { index: depth, thread, timesOut, chosen } = execution.current!;
    const planned = this.#again[depth] ?? this.#nodes[depth].tree[0]?.step;
    const decided = planned?.chosen[chosen.length];
    if (decided !== undefined) return decided;
    const known = movesOf(this.#nodes[depth].sleep, thread, timesOut);
    return options.find((option) => !areKnown(known, [...chosen, option])) ?? options[0];
  }

  /** Goes on after an execution that could not be made. */
  abandon({ steps }: Execution): boolean {
    this.#settleAll(steps);
    // What was planned next was no way to go on.
    this.#nodes[steps.length]?.tree.shift();
    if ((this.#nodes[steps.length]?.tree.length ?? 0) > 0) {
      this.#leave(steps, steps.length);
      return true;
    }
    return this.#backtrack(steps);
  }

  /** Learns from an execution that came to its end. Answers whether there is another one. */
  next(execution: Execution, order: Order): boolean {
    const { steps } = execution;
    this.#settleAll(steps);
    this.#learn(execution, order);
    this.#executions++;
    let part = 1;
    for (const { taken, tree } of this.#nodes) part *= Math.max(1, taken + tree.length - 1);
    this.#part += 1 / part;
    return this.#backtrack(steps);
  }

  /** The next execution leaves this one after so many steps. */
  #leave(steps: readonly ExploredStep[], depth: number): void {
    this.#again = steps.slice(0, depth);
    this.#isKept = true;
  }

  /**
   * Adds what the races of an execution lead to. A race of which both steps were made before in the same way is settled, if
   * the beginning that it led to then was added, or is known by a step that is part of both: all that follows from
   * it will be explored. Where it was known otherwise, what else has happened since may make a difference.
   */
  #learn(execution: Execution, order: Order): void {
    const again = this.#again.length;
    const isSettled = (index: number): boolean => index < again && this.#nodes[index].settled;
    for (let index = again; index < execution.steps.length; index++) {
      this.#nodes[index].settled = true;
    }
    const learn = ({ index, at, sequence }: Race): void => {
      if (at < this.#root.moves.length) return;
      const { sleep, tree } = this.#nodes[at];
      this.#placing.begin(sequence);
      const sleeper = this.#sleeperOf(sleep, sequence);
      const added = sleeper === undefined && this.#placing.addTo(tree, sleep);
      if (!added) this.pruned++;
      const known = sleeper ?? Infinity;
      if (index < execution.steps.length && !added && known > index) {
        this.#nodes[index].settled = false;
      }
    };
    racesOf(execution, order, learn, isSettled);
  }

  /** The place in the execution of a step that leads to what the sequence does; beyond its end, if it is none of its own. */
  #sleeperOf(
    sleep: readonly ExploredStep[],
    sequence: readonly ExploredStep[],
  ): number | undefined {
    let found: number | undefined;
    for (const step of sleep) {
      const place = this.#placing.placeOf(step);
      if (place === undefined) continue;
      if (!this.#placing.covers(step, place, sleep)) continue;
      const { index } = place < 0 ? { index: Infinity } : sequence[place];
      if (found === undefined || index < found) found = index;
    }
    return found;
  }

  /**
   * How many executions there will be, from the branches that were met so far (Kilby, Slaney, Thiébaux and Walsh, "Estimating
   * Search Tree Size", AAAI 2006). Branches to be found yet make it too low at first.
   */
  get estimate(): number {
    return this.#executions / this.#part;
  }

  /** The state after the steps so far. */
  #enter(steps: readonly ExploredStep[]): Node {
    const depth = steps.length;
    const known = this.#nodes[depth];
    if (known !== undefined) return known;
    const before = this.#nodes[depth - 1];
    const last = steps[depth - 1];
    return (this.#nodes[depth] = {
      taken: 1,
      sleep: before.sleep.filter((step) => !this.#dependence.between(step, last)),
      tree: [...(before.tree[0]?.then ?? [])],
      settled: true,
    });
  }

  /** Whoever goes on already, if that is not known; else the first one. */
  #pickAwake(execution: Execution, { sleep }: Node): number {
    const { offered, current, turn } = execution;
    let found = -1;
    for (let index = 0; index < offered.length; index++) {
      const { thread, timesOut } = offered[index];
      if (sleep.length > 0 && isAsleep(sleep, execution.keyOf(thread), timesOut)) continue;
      const isLong = turn >= LONGEST_TURN && offered.length > 1;
      if (thread === current?.id && !timesOut && !isLong) return index;
      if (thread === current?.id && isLong) continue;
      if (found < 0) found = index;
    }
    return found < 0 ? this.#pickAny(execution, sleep) : found;
  }

  #pickAny(execution: Execution, sleep: readonly ExploredStep[]): number {
    return execution.offered.findIndex(
      ({ thread, timesOut }) => !isAsleep(sleep, execution.keyOf(thread), timesOut),
    );
  }

  #settleAll(steps: readonly ExploredStep[]): void {
    for (let depth = this.#root.moves.length; depth < steps.length; depth++) {
      this.#settle(steps[depth], depth);
    }
  }

  /** What was made is known now: the branch says so, and the other choices are to be explored, too. */
  #settle(step: ExploredStep, depth: number): void {
    const node = this.#nodes[depth];
    const [planned] = node.tree;
    if (planned?.step === step) return;
    if (planned === undefined) node.tree.push(branchOf(step));
    else node.tree[0] = branchOf(step, planned.then);
    if (depth < this.#again.length || step.options.length === 0) return;
    for (const chosen of otherChoices(step)) {
      const other = step.choosing(chosen);
      const isKnown =
        node.sleep.some((one) => isSameMove(one, other)) ||
        node.tree.some((branch) => isSameMove(branch.step, other));
      if (!isKnown) node.tree.push(branchOf(other));
    }
  }

  /** Leaves the execution at the last state from which something is left to be explored. */
  #backtrack(steps: readonly ExploredStep[]): boolean {
    const nodes = this.#nodes;
    nodes.length = Math.min(nodes.length, steps.length);
    while (nodes.length > this.#root.moves.length) {
      const depth = nodes.length - 1;
      const { sleep, tree } = nodes[depth];
      sleep.push(steps[depth]);
      tree.shift();
      if (tree.length > 0) {
        nodes[depth].taken++;
        this.#leave(steps, depth);
        return true;
      }
      nodes.length = depth;
    }
    return false;
  }
}

/** Whether all moves of a thread are known. */
function isAsleep(sleep: readonly ExploredStep[], thread: Key, timesOut: boolean): boolean {
  return areKnown(movesOf(sleep, thread, timesOut), NO_CHOICES);
}

/** The place of a move among what is offered. Whether one that was never made goes through or gives up is seen here. */
export function placeOf(execution: Execution, move: Move): number {
  const { offered } = execution;
  let ofThread = -1;
  for (let index = 0; index < offered.length; index++) {
    const { thread, timesOut } = offered[index];
    if (execution.keyOf(thread) !== move.thread) continue;
    if (timesOut === move.timesOut) return index;
    ofThread = index;
  }
  return ofThread;
}
