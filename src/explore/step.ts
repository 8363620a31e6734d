/**
 * A step of an execution as exploring needs it: who made which operation on what, and what it came to. It names threads and
 * objects so that they are the same in every execution: by who made them, and as which of its children.
 */
import type { Address, SiteId, ThreadId } from "../base/brand.ts";
import type { ObjectKind, Step } from "../objects/object.ts";
import { Pause } from "../engine/model/thread.ts";
import { EventKind } from "../trace/event.ts";

/** The same number for the same thread or object in all executions of a program, on every machine: 47 bits. */
export type Key = number;

/** The key of the nth that somebody made. */
export function keyOf(maker: Key, nth: number): Key {
  const low = spread(maker % 2 ** 32, nth);
  const high = spread(Math.floor(maker / 2 ** 32) + 0x51ed27, low ^ nth);
  return (low >>> 0) * 2 ** 15 + (high >>> 17);
}

function spread(one: number, other: number): number {
  let z = Math.imul(one ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(other + 1, 0xc2b2ae35);
  z = Math.imul(z ^ (z >>> 15), 0x2c1b3c6d);
  z = Math.imul(z ^ (z >>> 12), 0x297a2d39);
  return z ^ (z >>> 15);
}

/** An object of one execution. */
export interface Thing {
  readonly key: Key;
  /** A small number for the key, the same in all that one `Execution` makes. */
  readonly slot: number;
  readonly kind: ObjectKind;
  readonly at: Address;
  /** What the person calls it. */
  readonly name: string;
  /** Where it was made. */
  readonly site: SiteId;
  /** Its words as they were when it was made: what never changes of them tells which operations commute. */
  readonly words: Int32Array;
}

/** Who goes on, and how: what a schedule consists of. */
export interface Move {
  readonly thread: Key;
  readonly timesOut: boolean;
  /** Besides, without a reason: its time is not up. */
  readonly wakes?: boolean;
  /** What was chosen within the step, one after another. */
  readonly chosen: readonly number[];
}

const NO_KEYS: readonly Key[] = [];

export const NO_CHOICES: readonly number[] = [];

const NO_OPTIONS: readonly (readonly number[])[] = [];

/** One of the operations that a select consists of. */
export interface Part extends Step {
  /** Whose select it is. */
  readonly id: ThreadId;
  readonly thing: Thing;
  /** It only looked whether this case could go. */
  readonly looks: boolean;
  /** It could, but the select had to take another one. */
  readonly ready?: boolean;
}

/** An operation that other threads' steps completed along with this one. */
export interface Joined {
  readonly thread: Key;
  readonly id: ThreadId;
  readonly operation: number;
  readonly result: number;
  readonly event: EventKind;
  readonly argument: number;
  readonly site: SiteId;
  /** The object on which it was completed: of a select, that of the case. */
  readonly on: Thing;
}

export class ExploredStep implements Step, Move {
  readonly index: number;
  readonly thread: Key;
  /** A small number for that, the slot of the thread's object. */
  readonly lane: number;
  /** In this execution. */
  readonly id: ThreadId;
  readonly timesOut: boolean;
  readonly wakes: boolean;
  readonly thing: Thing | undefined;
  /** The other object that it touches: a condition's mutex. */
  readonly partner: Thing | undefined;
  readonly operation: number;
  readonly a: number;
  readonly b: number;
  readonly low: number;
  readonly high: number;
  readonly site: SiteId;
  result = 0;
  event: EventKind = EventKind.yield;
  argument = 0;
  chosen: readonly number[] = NO_CHOICES;
  /** Of each choice: what could have been chosen, as far as it is tried. */
  options: readonly (readonly number[])[] = NO_OPTIONS;
  /** After it its thread ended the program: nobody else made a step any more. */
  exits = false;
  /** The processes that its thread is in, from its own outwards, the program's own left out. */
  processes: readonly Key[] = NO_KEYS;
  /** The process that it ends, or would: none of the threads within makes a step any more. */
  ends: Key | undefined;
  /** Its thread waited by looking, until something changed. */
  awaited = false;
  /** Of a select, on whatever objects; else it is the operation itself. */
  parts: Part[] | undefined;
  /** Whether such an operation may have to wait. */
  blocks = false;
  /** The thread was only noted as waiting: it is blocked from here on. */
  noted = false;
  joined: Joined[] | undefined;
  /** Where the object's words are kept as they were before it; -1: nowhere. */
  before = -1;
  /** The same of a select, for the object of each case. */
  befores: ReadonlyMap<Key, number> | undefined;
  /** Whether nothing but its thread and its object tells what depends on it. */
  isPlain = false;
  /** Whether an `@invariant` may come out otherwise after it. */
  seen = false;
  /** It is one of a call that a check makes (`linearizability/calls.ts`), and the first of it. */
  within = false;
  opens = false;
  /** Its thread lets others go first. */
  get yields(): boolean {
    return this.thing === undefined && this.operation === Pause.YIELD;
  }

  /** It was never made so: what it comes to, and what it chooses, will be seen. */
  open = false;
  /** Its thread stood before it at that step already, and it could have gone through from then on. */
  since = Infinity;
  /** Its thread was stopped before it, and it could go through where the execution has ended. */
  goesAtLast = false;
  /** Its thread would give up after a while, where the operation cannot go through. */
  patient = false;

  constructor(
    at: Pick<
      ExploredStep,
      "index" | "thread" | "lane" | "id" | "timesOut" | "wakes" | "thing" | "partner"
    >,
    next: { operation: number; a: number; b: number; site: SiteId; low: number; high: number },
  ) {
    this.index = at.index;
    this.thread = at.thread;
    this.lane = at.lane;
    this.id = at.id;
    this.timesOut = at.timesOut;
    this.wakes = at.wakes;
    this.thing = at.thing;
    this.partner = at.partner;
    this.operation = next.operation;
    this.a = next.a;
    this.b = next.b;
    this.site = next.site;
    this.low = next.low;
    this.high = next.high;
  }

  /**
   * All that is to be known of it is known: `isPlain` holds from here on. Until then it is false, which is right of any step, and
   * slow.
   */
  settle(): void {
    this.isPlain =
      this.joined === undefined &&
      this.parts === undefined &&
      this.partner === undefined &&
      this.ends === undefined &&
      this.processes.length === 0 &&
      !(this.seen || this.within || this.exits);
  }

  /** Where the words of the object with this key are kept as they were before it; -1: nowhere. */
  beforeOf(key: Key): number {
    return this.befores?.get(key) ?? (this.thing?.key === key ? this.before : -1);
  }

  /** The operations that it consists of, on whatever objects. */
  operationsOn(key: Key): readonly Step[] {
    if (this.parts !== undefined) return this.parts.filter(({ thing }) => thing.key === key);
    return this.thing?.key === key ? [this] : [];
  }

  /** The same operation, to be made earlier: where it goes through, or its time is up. */
  madeEarlier(timesOut: boolean): ExploredStep {
    return this.#varied(timesOut, NO_CHOICES);
  }

  /** The same operation, with these choices within it first. */
  choosing(chosen: readonly number[]): ExploredStep {
    const step = this.#varied(this.timesOut, chosen);
    step.options = this.options.slice(0, chosen.length);
    return step;
  }

  #varied(timesOut: boolean, chosen: readonly number[]): ExploredStep {
    const { index, thread, lane, id, thing, partner } = this;
    const wakes = this.wakes && timesOut;
    const step = new ExploredStep(
      { index, thread, lane, id, timesOut, wakes, thing, partner },
      this,
    );
    step.result = this.result;
    step.event = this.event;
    step.argument = this.argument;
    step.seen = this.seen;
    step.within = this.within;
    step.opens = this.opens;
    step.awaited = this.awaited;
    step.exits = this.exits;
    step.processes = this.processes;
    step.ends = this.ends;
    step.parts = this.parts;
    step.blocks = this.blocks;
    step.noted = this.noted;
    step.patient = this.patient;
    step.chosen = chosen;
    step.open = true;
    step.settle();
    return step;
  }
}

export function isSameMove(one: Move, other: Move): boolean {
  return (
    isSameWay(one, other) &&
    one.thread === other.thread &&
    one.chosen.length === other.chosen.length &&
    beginsWith(one.chosen, other.chosen)
  );
}

/** Whether both go on in the same way: by the operation, by the end of patience, or without a reason. */
export function isSameWay(one: Way, other: Way): boolean {
  return one.timesOut === other.timesOut && (one.wakes ?? false) === (other.wakes ?? false);
}

type Way = Pick<Move, "timesOut" | "wakes">;

/** The choices that a step could have made where it made its own, each with all that come after left open. */
export function otherChoices({
  chosen,
  options,
}: Pick<ExploredStep, "chosen" | "options">): readonly number[][] {
  return options.flatMap((among, place) =>
    among
      .filter((option) => option !== chosen[place])
      .map((option) => [...chosen.slice(0, place), option]),
  );
}

/** Whether `chosen` begins with these. */
export function beginsWith(chosen: readonly number[], first: readonly number[]): boolean {
  if (first.length === 0) return true;
  return first.length <= chosen.length && first.every((choice, place) => chosen[place] === choice);
}
