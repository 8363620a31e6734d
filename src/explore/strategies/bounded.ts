/**
 * All executions with at most so many preemptions, in which somebody goes on although who ran could (Musuvathi and Qadeer,
 * "Iterative Context Bounding for Systematic Testing of Multithreaded Programs", PLDI 2007). Most bugs need very few, and what
 * is found so has few switches already.
 *
 * An execution is told by where it leaves the one in which whoever runs goes on: there are few such places, however long
 * it is. A preemption is tried only before a step on something that several threads touch: before any other it makes no
 * difference that would not show later. A state that was come to by another order of independent steps, with the same thread
 * running and as many preemptions left, is not gone on from again. What is tried next is drawn from all that is open, so that
 * a search that is cut short has seen a bit of everything.
 */
import { Random } from "../../base/random.ts";
import type { Execution, Strategy } from "../execution.ts";
import type { Order } from "../order.ts";
import {
  type ExploredStep,
  isSameWay,
  type Key,
  type Move,
  NO_CHOICES,
  otherChoices,
} from "../step.ts";
import { pickOnward } from "./follow.ts";

/** Another move at a step than the one that was made there. */
interface Deviation {
  readonly depth: number;
  readonly move: Move;
}

/** An execution that was made, with what could be tried at its steps. */
interface Open {
  readonly deviations: readonly Deviation[];
  readonly untried: Deviation[];
}

/** Who could go on at a step where somebody else could, too. */
interface Offer {
  readonly moves: readonly Move[];
  /** The thread that ran and could go on; undefined: to switch is free. */
  readonly running: Key | undefined;
}

/** Sets states apart in which different threads run. */
const SPREAD = 1_234_567_891;

export class BoundedSearch implements Strategy {
  readonly spurious: number;
  readonly #bound: number;
  readonly #random: Random;
  /** What the execution under way consists of. */
  #deviations: readonly Deviation[] = [];
  readonly #open: Open[] = [];
  /** By step of the execution under way. */
  readonly #offers: (Offer | undefined)[] = [];
  #followed = 0;
  /** Things that several threads touch, in any execution so far. */
  readonly #shared: Set<Key>;
  readonly #touchedBy = new Map<Key, Key>();
  /** Something turned out to be shared, perhaps after states were passed where that matters. */
  #learned = false;
  /** By state and running thread: with how few preemptions it was come to. */
  readonly #known = new Map<number, number>();
  /** Executions that came to a state that was known from another order. */
  pruned = 0;

  /** `shared`: what is known already of who touches what; grows. `spurious`: how many wake-ups without a reason there may be. */
  constructor(bound: number, seed: number, shared: Set<Key>, spurious = 0) {
    this.#bound = bound;
    this.spurious = spurious;
    this.#random = new Random(seed);
    this.#shared = shared;
  }

  pick(execution: Execution): number {
    const { offered, steps } = execution;
    const depth = steps.length;
    if (depth === 0) this.#begin();
    this.#offers.push(offered.length < 2 ? undefined : offerOf(execution));
    const deviation = this.#deviations[this.#followed];
    if (deviation?.depth !== depth) return pickOnward(execution);
    this.#followed++;
    const { move } = deviation;
    return offered.findIndex(
      (one) => isSameWay(one, move) && execution.keyOf(one.thread) === move.thread,
    );
  }

  choose({ current }: Execution, options: readonly number[]): number {
    const { index, chosen } = current!;
    const deviation = this.#deviations[this.#followed - 1];
    const planned = deviation?.depth === index ? deviation.move.chosen[chosen.length] : undefined;
    return planned ?? options[0];
  }

  next({ steps }: Execution, order: Order): boolean {
    this.#learn(steps);
    this.#expand(steps, order);
    return this.#draw() || this.#beginAgain();
  }

  #begin(): void {
    this.#offers.length = 0;
    this.#followed = 0;
  }

  #learn(steps: readonly ExploredStep[]): void {
    for (const { thing, thread } of steps) {
      if (thing === undefined || this.#shared.has(thing.key)) continue;
      const first = this.#touchedBy.get(thing.key);
      if (first === undefined) {
        this.#touchedBy.set(thing.key, thread);
      } else if (first !== thread) {
        this.#shared.add(thing.key);
        this.#learned = true;
      }
    }
  }

  /** Opens the states of the execution beyond its last deviation, up to one that is known. */
  #expand(steps: readonly ExploredStep[], order: Order): void {
    const states = order.prefixes();
    const from = (this.#deviations.at(-1)?.depth ?? -1) + 1;
    const untried: Deviation[] = [];
    let preemptions = 0;
    for (let depth = 0; depth < steps.length; depth++) {
      const step = steps[depth];
      const offer = this.#offers[depth];
      if (depth >= from) {
        const state = states[depth] + ((offer?.running ?? 0) % 2 ** 20) * SPREAD;
        const before = this.#known.get(state);
        if (before !== undefined && before <= preemptions) {
          this.pruned++;
          break;
        }
        this.#known.set(state, preemptions);
        this.#openAt(untried, depth, step, offer, preemptions);
      }
      preemptions += costOf(offer, step);
    }
    if (untried.length > 0) this.#open.push({ deviations: this.#deviations, untried });
  }

  #openAt(
    untried: Deviation[],
    depth: number,
    step: ExploredStep,
    offer: Offer | undefined,
    preemptions: number,
  ): void {
    const { thread, timesOut, wakes } = step;
    for (const chosen of otherChoices(step)) {
      untried.push({ depth, move: { thread, timesOut, wakes, chosen } });
    }
    if (offer === undefined) return;
    const { moves, running } = offer;
    if (running !== undefined && step.thing !== undefined && !this.#shared.has(step.thing.key)) {
      return;
    }
    for (const move of moves) {
      if (move.thread === step.thread && isSameWay(move, step)) continue;
      if (preemptions + costOf(offer, move) <= this.#bound) untried.push({ depth, move });
    }
  }

  #draw(): boolean {
    const open = this.#open;
    if (open.length === 0) return false;
    const { deviations, untried } = takeAny(open, this.#random, false);
    this.#deviations = [...deviations, takeAny(untried, this.#random, true)];
    if (untried.length === 0)
      open.splice(
        open.findIndex((one) => one.untried === untried),
        1,
      );
    return true;
  }

  /** Once more from the start, knowing more. */
  #beginAgain(): boolean {
    if (!this.#learned) return false;
    this.#learned = false;
    this.#known.clear();
    this.#deviations = [];
    return true;
  }
}

/** Any of a list, which it leaves if `out`; the list's order is of no concern. */
function takeAny<T>(list: T[], random: Random, out: boolean): T {
  const index = random.below(list.length);
  const taken = list[index];
  if (out) {
    list[index] = list.at(-1)!;
    list.pop();
  }
  return taken;
}

function costOf(offer: Offer | undefined, move: Move): number {
  return offer?.running !== undefined && offer.running !== move.thread ? 1 : 0;
}

function offerOf(execution: Execution): Offer {
  const { offered, current } = execution;
  const moves = offered.map(({ thread, timesOut, wakes }) => ({
    thread: execution.keyOf(thread),
    timesOut,
    ...(wakes === true ? { wakes } : {}),
    chosen: NO_CHOICES,
  }));
  const goesOn =
    current !== undefined &&
    !current.yields &&
    moves.some(({ thread, timesOut }) => thread === current.thread && !timesOut);
  return { moves, running: goesOn ? current.thread : undefined };
}
