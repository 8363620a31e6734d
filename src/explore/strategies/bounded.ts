/**
 * All executions with at most so many preemptions, in which somebody goes on although who ran could (Musuvathi and Qadeer,
 * "Iterative Context Bounding for Systematic Testing of Multithreaded Programs", PLDI 2007). Most bugs need very few, and what
 * is found so has few switches already.
 *
 * A preemption is tried only before a step on something that several threads touch: before any other it makes no difference
 * that would not show later. A state that was come to by another order of independent steps, by the same thread and with
 * as many preemptions left, is not gone on from again.
 */
import type { Execution, Strategy } from "../execution.ts";
import type { Order } from "../order.ts";
import type { ExploredStep, Key, Move } from "../step.ts";
import { NO_CHOICES } from "../step.ts";
import { pickOnward } from "./follow.ts";

interface Node {
  /** What can be tried here yet. */
  readonly untried: Move[];
  /** What was tried last, if another than at first. */
  readonly taken: Move;
  /** Before its step there were so many preemptions. */
  readonly preemptions: number;
}

interface Offer {
  readonly moves: readonly Move[];
  /** The thread that ran and could go on; undefined: to switch is free. */
  readonly running: Key | undefined;
}

export class BoundedSearch implements Strategy {
  readonly #bound: number;
  /** Decided states of the executions to come, by how many steps were made before. */
  readonly #nodes: Node[] = [];
  /** Who could go on, at the steps of the execution under way. */
  readonly #offers: Offer[] = [];
  /** Things that several threads touch, in any execution so far. */
  readonly #shared: Set<Key>;
  readonly #touchedBy = new Map<Key, Key>();
  /** By state and thread: with how few preemptions it was come to. */
  readonly #known = new Map<string, number>();
  #prefix = 0;
  /** Something turned out to be shared, perhaps after states were passed where that matters. */
  #learned = false;
  /** Ways to go on that were known from another order. */
  pruned = 0;

  /** `shared`: what is known already of who touches what; grows. */
  constructor(bound: number, shared: Set<Key>) {
    this.#bound = bound;
    this.#shared = shared;
  }

  pick(execution: Execution): number {
    const { offered, steps } = execution;
    const depth = steps.length;
    if (depth === 0) this.#offers.length = 0;
    this.#offers.push(offerOf(execution));
    const node = depth < this.#prefix ? this.#nodes[depth] : undefined;
    if (node === undefined) return pickOnward(execution);
    const { thread, timesOut } = node.taken;
    return offered.findIndex(
      (one) => one.timesOut === timesOut && execution.keyOf(one.thread) === thread,
    );
  }

  choose({ current }: Execution, options: readonly number[]): number {
    const { index, chosen } = current!;
    const planned =
      index < this.#prefix ? this.#nodes[index].taken.chosen[chosen.length] : undefined;
    return planned ?? options[0];
  }

  next({ steps }: Execution, order: Order): boolean {
    this.#learn(steps);
    this.#expand(steps, order);
    return this.#backtrack() || this.#beginAgain();
  }

  #learn(steps: readonly ExploredStep[]): void {
    for (const { thing, thread } of steps) {
      if (thing === undefined || this.#shared.has(thing.key)) continue;
      const first = this.#touchedBy.get(thing.key);
      if (first === undefined) this.#touchedBy.set(thing.key, thread);
      else if (first !== thread) {
        this.#shared.add(thing.key);
        this.#learned = true;
      }
    }
  }

  /** Adds the states of an execution beyond those that were decided, up to one that is known. */
  #expand(steps: readonly ExploredStep[], order: Order): void {
    const states = order.prefixes();
    let preemptions = this.#nodes[this.#prefix - 1]?.preemptions ?? 0;
    if (this.#prefix > 0) preemptions += this.#costOf(this.#prefix - 1, steps[this.#prefix - 1]);
    for (let depth = this.#prefix; depth < steps.length; depth++) {
      const step = steps[depth];
      const { running } = this.#offers[depth];
      const state = `${states[depth]} ${running ?? 0}`;
      const before = this.#known.get(state);
      if (before !== undefined && before <= preemptions) {
        this.pruned++;
        return;
      }
      this.#known.set(state, preemptions);
      this.#nodes[depth] = {
        untried: this.#untried(depth, step, preemptions),
        taken: { thread: step.thread, timesOut: step.timesOut, chosen: step.chosen },
        preemptions,
      };
      preemptions += this.#costOf(depth, step);
    }
  }

  #costOf(depth: number, move: Move): number {
    const { running } = this.#offers[depth];
    return running !== undefined && running !== move.thread ? 1 : 0;
  }

  #untried(depth: number, step: ExploredStep, preemptions: number): Move[] {
    const { moves } = this.#offers[depth];
    const others = moves.filter(
      ({ thread, timesOut }) => thread !== step.thread || timesOut !== step.timesOut,
    );
    const affordable = others.filter(
      (move) => preemptions + this.#costOf(depth, move) <= this.#bound,
    );
    const isFree = this.#offers[depth].running === undefined;
    const matters = isFree || step.thing === undefined || this.#shared.has(step.thing.key);
    return [...otherChoices(step), ...(matters ? affordable : [])];
  }

  /** Once more from the start, knowing more. */
  #beginAgain(): boolean {
    if (!this.#learned) return false;
    this.#learned = false;
    this.#known.clear();
    this.#prefix = 0;
    return true;
  }

  #backtrack(): boolean {
    const nodes = this.#nodes;
    while (nodes.length > 0) {
      const depth = nodes.length - 1;
      const { untried, preemptions } = nodes[depth];
      const taken = untried.shift();
      if (taken !== undefined) {
        nodes[depth] = { untried, taken, preemptions };
        this.#prefix = nodes.length;
        return true;
      }
      nodes.pop();
    }
    return false;
  }
}

function offerOf(execution: Execution): Offer {
  const { offered, current } = execution;
  const moves = offered.map(({ thread, timesOut }) => ({
    thread: execution.keyOf(thread),
    timesOut,
    chosen: NO_CHOICES,
  }));
  const goesOn =
    current !== undefined &&
    !current.yields &&
    moves.some(({ thread, timesOut }) => thread === current.thread && !timesOut);
  return { moves, running: goesOn ? current.thread : undefined };
}

/** The step with each other choice within it, all that come after left open. */
function otherChoices({ thread, timesOut, chosen, options }: ExploredStep): Move[] {
  return options.flatMap((among, place) =>
    among
      .filter((option) => option > chosen[place])
      .map((option) => ({ thread, timesOut, chosen: [...chosen.slice(0, place), option] })),
  );
}
