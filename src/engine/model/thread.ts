/** A thread of a modelled run, as the machine sees it: where it stands, what it would do next, and its frames. */
import type { Address, SiteId, ThreadId } from "../../base/brand.ts";
import { Outlook } from "../../objects/object.ts";
import type { Candidate } from "../scheduler.ts";
import { FrameStack } from "./suspension.ts";

/** Where a thread is while nobody runs. */
export const Standing = {
  /** Its code runs, or will be run to its next operation before anybody is asked who goes on. */
  RUNNING: 0,
  /** Before an operation. */
  OPERATION: 1,
  /** Blocked in one, which has left a note of it: others complete it, or let it try again. */
  NOTED: 2,
  /** At the edge of a loop, or about to yield. */
  PAUSED: 3,
  SLEEPING: 4,
  ENDED: 5,
} as const;
export type Standing = (typeof Standing)[keyof typeof Standing];

/** What a candidate with object 0 would do. */
export const Pause = { EDGE: 0, YIELD: 1, WAKE: 2, POINT: 3 } as const;

/** Time-outs in order of their time, those of one time in order of thread. */
export function byDeadline(one: ModelThread, other: ModelThread): number {
  return one.deadline - other.deadline || one.id - other.id;
}

/** A thread's next operation, or the end of its patience: one of each a thread, written anew each time. */
export class NextStep implements Candidate {
  readonly thread: ThreadId;
  readonly timesOut: boolean;
  object = 0 as Address;
  operation = 0;
  a = 0;
  b = 0;
  site = 0 as SiteId;
  notes = false;
  readonly wakes: boolean;

  constructor(thread: ThreadId, timesOut: boolean, wakes = false) {
    this.thread = thread;
    this.timesOut = timesOut;
    this.wakes = wakes;
  }

  set(object: Address, operation: number, a: number, b: number, site: SiteId): void {
    this.object = object;
    this.operation = operation;
    this.a = a;
    this.b = b;
    this.site = site;
  }
}

export class ModelThread {
  readonly id: ThreadId;
  readonly stack = new FrameStack();
  readonly next: NextStep;
  readonly patience: NextStep;
  /** To wake without a reason. */
  readonly waking: NextStep;
  /** Its thread object. */
  object = 0 as Address;
  standing: Standing = Standing.RUNNING;
  /** Of its next operation, while it stands before one. */
  outlook: Outlook = Outlook.GOES;
  /** Further words of the next operation's arguments. */
  low = 0;
  high = 0;
  /** By the virtual clock, in nanoseconds: when it wakes, or its patience ends. */
  deadline = Infinity;
  /** Its operation could not go through when it was called: only then its patience may end. */
  impatient = false;
  /** What an operation that others completed came to; unless it is to be tried again. */
  result = 0;
  retries = false;
  /** Where code of ours has more to do when its operation has been made: its answer is then what the caller is given. */
  after: (() => unknown) | undefined;
  /** Whether the trace was told that it is blocked in its next operation. */
  blockTold = false;
  /** While it is paused within its code: what loops may still pass, and what they were given. */
  fuel = 0;
  slice = 0;
  /** By the cost clock: when it recorded last. */
  stamp = 0;
  /** Where it stood when its process was ended, which ended it. */
  stoppedAt: Standing | undefined;

  constructor(id: ThreadId) {
    this.id = id;
    this.next = new NextStep(id, false);
    this.patience = new NextStep(id, true);
    this.waking = new NextStep(id, true, true);
  }

  /** As new, for a thread of the next run. */
  reset(object: Address): void {
    this.stack.clear();
    this.object = object;
    this.standing = Standing.RUNNING;
    this.deadline = Infinity;
    this.impatient = false;
    this.retries = false;
    this.after = undefined;
    this.blockTold = false;
    this.slice = 0;
    this.stamp = 0;
    this.stoppedAt = undefined;
  }
}
