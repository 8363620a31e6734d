/**
 * Which steps depend on each other (SEMANTICS, Dependence): whether their order can make a difference. What commutes on one
 * object is each kind's own to say; here is what goes beyond one object.
 */
import type { Address } from "../base/brand.ts";
import { console_ } from "../objects/console.ts";
import { thread as threadKind, ThreadOperation } from "../objects/thread.ts";
import { BLOCKED, type Step } from "../objects/object.ts";
import { SelectOperation } from "../objects/select.ts";
import type { ExploredStep, Part, Thing } from "./step.ts";

export interface DependenceOptions {
  /** Lines of several threads may stand in any order. */
  readonly perThreadOutput: boolean;
}

export class Dependence {
  readonly #perThreadOutput: boolean;

  constructor({ perThreadOutput }: DependenceOptions) {
    this.#perThreadOutput = perThreadOutput;
  }

  /** Of steps of two threads, in any executions of one program; `one` and `other` may be exchanged. */
  between(one: ExploredStep, other: ExploredStep): boolean {
    if (one.isPlain && other.isPlain) {
      if (one.lane === other.lane) return true;
      const { thing } = one;
      if (thing === undefined || thing.slot !== other.thing?.slot) return false;
      return this.#onSame(thing, one, other);
    }
    return sharesThread(one, other) || this.conflict(one, other);
  }

  /** Whether they depend on each other for another reason than that one thread takes part in both. */
  conflict(one: ExploredStep, other: ExploredStep): boolean {
    if ((one.seen && other.seen) || one.exits || other.exits) return true;
    // Whether a call comes before another one is seen by who checks that some order explains them.
    if ((one.opens && other.within) || (one.within && other.opens)) return true;
    if (isEnded(one, other) || isEnded(other, one)) return true;
    if (one.parts !== undefined || other.parts !== undefined) return this.#ofParts(one, other);
    const { thing, partner } = one;
    if (thing === undefined || other.thing === undefined) return false;
    if (thing.key === other.thing.key) return this.#onSame(thing, one, other);
    // A condition's wait gives up its mutex, which nothing commutes with.
    return (
      partner?.key === other.thing.key ||
      (other.partner !== undefined &&
        (other.partner.key === thing.key || other.partner.key === partner?.key))
    );
  }

  #onSame(thing: Thing, one: ExploredStep, other: ExploredStep): boolean {
    // Of a time-out that nobody has seen yet it is not known what it comes to.
    if ((one.open && one.timesOut) || (other.open && other.timesOut)) return true;
    return this.#onOne(thing, one, other);
  }

  /** A select is the operations that it consists of. */
  #ofParts(one: ExploredStep, other: ExploredStep): boolean {
    for (const part of partsOf(one)) {
      for (const rival of partsOf(other)) {
        if (part.thing.key !== rival.thing.key) continue;
        if (part.looks && rival.looks) continue;
        if (part.looks || rival.looks || one.open || other.open) return true;
        if (isToldOf(one, rival) || isToldOf(other, part)) return true;
        if (this.#onOne(part.thing, part, rival)) return true;
      }
    }
    return false;
  }

  /**
   * Whether `later`, which follows, could not have come first: it happens after in every order, though nothing is lost by
   * not trying to exchange them.
   */
  enables(earlier: ExploredStep, later: ExploredStep): boolean {
    if (earlier.thing?.kind !== threadKind || earlier.thing.key !== later.thing?.key) return false;
    return (
      (earlier.operation === ThreadOperation.SPAWN && later.operation === ThreadOperation.START) ||
      (earlier.operation === ThreadOperation.END && later.operation === ThreadOperation.JOIN)
    );
  }

  #onOne(thing: Thing, one: Step, other: Step): boolean {
    if (thing.kind === console_) return !this.#perThreadOutput;
    return !thing.kind.commutes(thing.words, 0 as Address, one, other);
  }
}

/** Whether `one` ends the process in which `other` is made: after it, that would never come. */
function isEnded(one: ExploredStep, other: ExploredStep): boolean {
  return one.ends !== undefined && other.processes.includes(one.ends);
}

/** Whether a select would have done something else, had nobody been waiting for a partner. */
function isToldOf({ parts, operation, noted }: ExploredStep, rival: Step): boolean {
  if (parts === undefined || noted || rival.result !== BLOCKED) return false;
  return operation === SelectOperation.TRY_SELECT || parts.some(({ ready }) => ready === true);
}

function sharesThread(one: ExploredStep, other: ExploredStep): boolean {
  if (one.thread === other.thread) return true;
  if (one.joined === undefined && other.joined === undefined) return false;
  return (
    takesPart(one, other.thread) ||
    takesPart(other, one.thread) ||
    (one.joined?.some(({ thread }) => takesPart(other, thread)) ?? false)
  );
}

function takesPart({ joined }: ExploredStep, thread: number): boolean {
  return joined?.some((part) => part.thread === thread) ?? false;
}

function partsOf(step: ExploredStep): readonly Part[] {
  if (step.parts !== undefined) return step.parts;
  return step.thing === undefined ? [] : [{ ...step, thing: step.thing, looks: false }];
}
