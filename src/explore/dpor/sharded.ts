/**
 * A part of all executions, so that several machines explore one program (SEMANTICS, Exploring): states not far from the start
 * are dealt out by their hash, and each shard explores what follows from its own. Down to them every move is tried that does
 * not lead to what another one leads to (sleep sets: Godefroid, "Partial-Order Methods", 1996), so all shards have the same
 * states without a word between them; below, exploring is optimal.
 *
 * A trace may be come to from two states, as the ways to these were not chosen optimally: merging tells it by its hash.
 */
import type { Shard } from "../../protocol/explore.ts";
import type { Dependence } from "../dependence.ts";
import type { Execution, Strategy } from "../execution.ts";
import type { Order } from "../order.ts";
import { type ExploredStep, isSameMove, type Move, NO_CHOICES, otherChoices } from "../step.ts";
import { pickOnward } from "../strategies/follow.ts";
import { OptimalDpor, placeOf, type Root } from "./dpor.ts";

/** So many states for each shard, that all have about as much to do. */
const STATES_EACH = 16;
/** A program without so many ways to begin has not much to deal out. */
const DEEPEST = 200;

/** A state on the way, and the moves that are to be tried there yet. */
interface Opened {
  readonly root: Root;
  /** What was tried, as it came out. */
  readonly tried: ExploredStep[];
  untried: Move[] | undefined;
}

export class ShardedDpor implements Strategy {
  readonly #dependence: Dependence;
  readonly #shard: Shard;
  #level: Opened[] = [];
  #next: Root[] = [{ moves: [], sleep: [] }];
  /** Where whole executions end before the states that are dealt. */
  readonly #short: Root[] = [];
  #depth = 0;
  #at = 0;
  #own: Root[] | undefined;
  #below: OptimalDpor | undefined;
  #pruned = 0;

  constructor(dependence: Dependence, shard: Shard) {
    this.#dependence = dependence;
    this.#shard = shard;
    this.#descend();
  }

  get pruned(): number {
    return this.#pruned + (this.#below?.pruned ?? 0);
  }

  get again(): number | undefined {
    return this.#below?.again;
  }

  pick(execution: Execution): number {
    if (this.#below !== undefined) return this.#below.pick(execution);
    const { moves } = this.#level[this.#at].root;
    const depth = execution.steps.length;
    if (depth < moves.length) return placeOf(execution, moves[depth]);
    if (depth > moves.length) return -1;
    const opened = this.#level[this.#at];
    opened.untried ??= this.#awake(execution, opened.root);
    const [move] = opened.untried;
    return move === undefined ? pickOnward(execution) : placeOf(execution, move);
  }

  choose(execution: Execution, options: readonly number[]): number {
    if (this.#below !== undefined) return this.#below.choose(execution, options);
    const { index, chosen } = execution.current!;
    const { root, untried } = this.#level[this.#at];
    const move = root.moves[index] ?? untried?.[0];
    return move?.chosen[chosen.length] ?? options[0];
  }

  /** An execution came to its end: of a shard's own, or before there was anything to deal out. */
  next(execution: Execution, order: Order): boolean {
    if (this.#below !== undefined) return this.#below.next(execution, order) || this.#begin();
    return this.#made(execution);
  }

  abandon(execution: Execution): boolean {
    if (this.#below !== undefined) return this.#below.abandon(execution) || this.#begin();
    return this.#made(execution);
  }

  /** Whether what `execution` came to counts: while states are looked for it is only a way there. */
  get deals(): boolean {
    return this.#below === undefined;
  }

  #awake(execution: Execution, { sleep }: Root): Move[] {
    const moves = execution.offered.map(({ thread, timesOut }) => ({
      thread: execution.keyOf(thread),
      timesOut,
      chosen: NO_CHOICES,
    }));
    return moves.filter(
      ({ thread, timesOut }) =>
        !sleep.some((step) => step.thread === thread && step.timesOut === timesOut),
    );
  }

  /** A move was tried at the state in hand. */
  #made({ steps }: Execution): boolean {
    const opened = this.#level[this.#at];
    const { root, tried } = opened;
    const depth = root.moves.length;
    const step = steps[depth];
    const untried = opened.untried ?? [];
    if (step === undefined) {
      this.#short.push(root);
    } else if (untried.length > 0) {
      untried.shift();
      for (const chosen of otherChoices(step)) {
        const other = step.choosing(chosen);
        const isKnown = [...tried, ...untried].some((one) => isSameMove(one, other));
        if (!isKnown) untried.push(other);
      }
      const sleep = [...root.sleep, ...tried].filter((one) => !this.#dependence.between(one, step));
      const { thread, timesOut, chosen } = step;
      this.#next.push({ moves: [...root.moves, { thread, timesOut, chosen }], sleep });
      tried.push(step);
    }
    if (untried.length > 0) return true;
    this.#at++;
    return this.#at < this.#level.length || this.#descend();
  }

  /** Goes one step further down, or deals out what there is. */
  #descend(): boolean {
    const enough = this.#next.length >= STATES_EACH * this.#shard.of;
    if (enough || this.#depth >= DEEPEST || this.#next.length === 0) return this.#deal();
    this.#level = this.#next.map((root) => ({ root, tried: [], untried: undefined }));
    this.#next = [];
    this.#at = 0;
    this.#depth++;
    return true;
  }

  #deal(): boolean {
    const { index, of } = this.#shard;
    const all = [...this.#short, ...this.#next];
    this.#own = all.filter(({ moves }) => hashOf(moves) % of === index - 1);
    return this.#begin();
  }

  #begin(): boolean {
    this.#pruned += this.#below?.pruned ?? 0;
    const root = this.#own!.shift();
    if (root === undefined) return false;
    this.#below = new OptimalDpor(this.#dependence, root);
    return true;
  }
}

/** FNV-1a over the moves. */
function hashOf(moves: readonly Move[]): number {
  let hash = 0x811c9dc5;
  const add = (value: number): void => {
    hash = Math.imul(hash ^ value, 0x01000193);
  };
  for (const { thread, timesOut, chosen } of moves) {
    add(thread);
    add(timesOut ? 1 : 0);
    for (const choice of chosen) add(choice + 2);
  }
  return hash >>> 0;
}
