/**
 * An engine small enough to be read at a glance, for tests of state machines: a `Turn` over an ordinary array, in one
 * thread, with queues, retries, completions and time-outs as `engine/native/gate.ts` has them. Who steps when is the
 * test's business. It can be copied, so that a test may try both ways to go on from one state.
 */
import type { Address, SiteId, ThreadId } from "../../src/base/brand.ts";
import { indexOfKind, KINDS, select } from "../../src/objects/kinds.ts";
import { BLOCKED, Head, type ObjectKind, type Step, type Turn } from "../../src/objects/object.ts";
import { caseAt, CaseWord, SelectWord, waitsIn } from "../../src/objects/select.ts";
import { NODE_WORDS } from "../../src/objects/waiters.ts";
import { EventKind } from "../../src/trace/event.ts";

/** An operation with its arguments. */
export interface Call {
  readonly object: Address;
  readonly operation: number;
  readonly a: number;
  readonly b: number;
  readonly low: number;
  readonly high: number;
}

export function call(object: Address, operation: number, a = 0, b = 0, low = 0, high = 0): Call {
  return { object, operation, a, b, low, high };
}

/** `blocked` stands in the object's queue; `retry` was let out of it, and may step again. */
export type Standing =
  { readonly kind: "idle" } | { readonly kind: "blocked" | "retry"; readonly call: Call };

/** An operation that went through. */
export interface Happening extends Step {
  readonly thread: ThreadId;
  readonly object: Address;
  /** Its place in the object's order of operations, from 1. */
  readonly version: number;
  readonly low: number;
  readonly high: number;
}

const IDLE: Standing = { kind: "idle" };
const FIRST_WORDS = 1024;

export class SmallEngine implements Turn {
  words = new Int32Array(FIRST_WORDS);
  site = 0 as SiteId;
  low = 0;
  high = 0;
  event: EventKind = EventKind.query;
  argument = 0;

  /** In the order in which they went through. */
  log: Happening[] = [];
  /** Of the last step, where it was a select's: cases that left notes, and cases that could not go. */
  looks: Happening[] = [];
  /** What `choose` answers: the next of these, modulo its `n`; 0 when there are no more. */
  choices: number[] = [];

  #threads: Standing[] = [];
  #queues = new Map<Address, ThreadId[]>();
  #top = 1;
  #object = 0 as Address;
  #ownVersion = 0;
  #thread = 0 as ThreadId;
  /** A choice was asked for by the last step, among so many. */
  asked = 0;

  copy(): SmallEngine {
    const twin = new SmallEngine();
    twin.words = this.words.slice();
    twin.log = [...this.log];
    twin.choices = [...this.choices];
    twin.#threads = [...this.#threads];
    twin.#queues = new Map([...this.#queues].map(([object, queue]) => [object, [...queue]]));
    twin.#top = this.#top;
    return twin;
  }

  /** Cleared words. */
  allocate(count: number): Address {
    const at = this.#top;
    this.#top += count;
    if (this.#top > this.words.length) {
      const grown = new Int32Array(2 * this.words.length);
      grown.set(this.words);
      this.words = grown;
    }
    return at as Address;
  }

  /** A node for a list, with one word more for the test's own mark. */
  node(mark = 0): Address {
    const at = this.allocate(NODE_WORDS + 1);
    this.words[at + NODE_WORDS] = mark;
    return at;
  }

  create(kind: ObjectKind, a = 0, b = 0): Address {
    const at = this.allocate(Head.OWN + kind.words);
    this.words[at + Head.ID] = at;
    this.words[at + Head.KIND] = indexOfKind(kind);
    kind.create(this.words, at, a, b);
    return at;
  }

  standing(thread: ThreadId): Standing {
    return this.#threads[thread] ?? IDLE;
  }

  /** An idle thread's next operation: its result, or `BLOCKED`. */
  perform(thread: ThreadId, wanted: Call): number {
    if (this.standing(thread).kind !== "idle") throw new Error(`thread ${thread} is not idle`);
    return this.#step(thread, wanted, true);
  }

  /** A thread that may retry, or is blocked all the same, steps again. */
  again(thread: ThreadId): number {
    const standing = this.standing(thread);
    if (standing.kind === "idle") throw new Error(`thread ${thread} waits for nothing`);
    this.#dequeue(standing.call.object, thread);
    return this.#step(thread, standing.call, false);
  }

  /** A blocked thread's time is up. */
  cancel(thread: ThreadId): number {
    const standing = this.standing(thread);
    if (standing.kind !== "blocked") throw new Error(`thread ${thread} is not blocked`);
    const wanted = standing.call;
    this.#dequeue(wanted.object, thread);
    this.#begin(wanted);
    const kind = this.kindOf(wanted.object);
    this.#thread = thread;
    const { object, operation, a, b } = wanted;
    const result = kind.cancel(this, object, operation, thread, a, b);
    this.#threads[thread] = IDLE;
    this.#finish(thread, wanted, result);
    return result;
  }

  /** Whether a waiting thread's operation would go through now. */
  couldGo(thread: ThreadId): boolean {
    return this.copy().again(thread) !== BLOCKED;
  }

  kindOf(object: Address): ObjectKind {
    return KINDS[this.words[object + Head.KIND]];
  }

  #begin(wanted: Call): void {
    this.low = wanted.low;
    this.high = wanted.high;
    this.#object = wanted.object;
    this.#ownVersion = 0;
    this.asked = 0;
    this.looks = [];
  }

  #step(thread: ThreadId, wanted: Call, atEnd: boolean): number {
    this.#begin(wanted);
    this.#thread = thread;
    const { object, operation, a, b } = wanted;
    const result = this.kindOf(object).step(this, object, operation, thread, a, b);
    if (result === BLOCKED) {
      this.#threads[thread] = { kind: "blocked", call: wanted };
      for (const one of this.#objectsOf(object)) {
        const queue = this.#queues.get(one) ?? [];
        this.#queues.set(one, atEnd ? [...queue, thread] : [thread, ...queue]);
      }
      return BLOCKED;
    }
    this.#threads[thread] = IDLE;
    this.#finish(thread, wanted, result);
    return result;
  }

  #finish(thread: ThreadId, wanted: Call, result: number): void {
    const { object, operation, a, b } = wanted;
    if (this.kindOf(object) === select) return;
    const version = this.#ownVersion || ++this.words[object + Head.VERSION];
    const { event, argument, low, high } = this;
    this.log.push({ thread, object, operation, a, b, result, event, argument, version, low, high });
  }

  #dequeue(object: Address, thread: ThreadId): void {
    for (const one of this.#objectsOf(object)) {
      const queue = this.#queues.get(one) ?? [];
      this.#queues.set(
        one,
        queue.filter((other) => other !== thread),
      );
    }
  }

  /** Where a thread waits that is blocked in an operation on `object`: of a select, at each of its objects. */
  #objectsOf(object: Address): Address[] {
    if (this.kindOf(object) !== select) return [object];
    const count = this.words[object + SelectWord.COUNT];
    const objects = Array.from({ length: count }, (_, index) =>
      select.objectAt(this.words, object, index),
    );
    return [...new Set(objects)];
  }

  /** The operations (a bit set) that a thread waits to do on `object`. */
  #waitsFor(object: Address, waiting: Call): number {
    return this.kindOf(waiting.object) === select
      ? waitsIn(this.words, waiting.object, object)
      : 1 << waiting.operation;
  }

  /** One that belongs to a case of a thread's select. */
  #tell(thread: ThreadId, object: Address, told: Step): void {
    const version = ++this.words[object + Head.VERSION];
    this.log.push({ ...told, thread, object, version, low: 0, high: 0 });
  }

  #letOut(object: Address, test: (thread: ThreadId, waiting: Call) => boolean, most: number): void {
    let left = most;
    for (const thread of [...(this.#queues.get(object) ?? [])]) {
      const standing = this.standing(thread);
      if (standing.kind === "idle" || !test(thread, standing.call)) continue;
      // A select may go another way, so that it takes nobody's turn by trying.
      const isSelect = this.kindOf(standing.call.object) === select;
      if (left === 0 && !isSelect) continue;
      if (!isSelect) left--;
      this.#dequeue(standing.call.object, thread);
      this.#threads[thread] = { kind: "retry", call: standing.call };
    }
  }

  // ---- Turn

  looked(object: Address, operation: number, a: number, b: number): void {
    const refused = this.copy();
    const result = this.kindOf(object).cancel(refused, object, operation, this.#thread, a, b);
    this.#look(object, operation, a, b, result, refused.event, refused.argument);
  }

  #look(
    object: Address,
    operation: number,
    a: number,
    b: number,
    result: number,
    event: EventKind = EventKind.block,
    argument = -1,
  ): void {
    const thread = this.#thread;
    const told = { operation, a, b, result, event, argument };
    this.looks.push({ ...told, thread, object, version: 0, low: 0, high: 0 });
  }

  complete(
    thread: ThreadId,
    result: number,
    event: EventKind,
    argument: number,
    node = 0 as Address,
  ): void {
    const standing = this.standing(thread);
    if (standing.kind === "idle") throw new Error(`thread ${thread} has nothing to complete`);
    const { object, operation, a, b } = standing.call;
    this.#dequeue(object, thread);
    this.#threads[thread] = IDLE;
    if (this.kindOf(object) !== select) {
      this.#tell(thread, object, { operation, a, b, result, event, argument });
      return;
    }
    const { words } = this;
    const tell = (row: Address, came: number, what: EventKind, told: number): void => {
      this.#tell(thread, words[row + CaseWord.OBJECT] as Address, {
        operation: words[row + CaseWord.OPERATION],
        a: words[row + CaseWord.A],
        b: words[row + CaseWord.B],
        result: came,
        event: what,
        argument: told,
      });
    };
    select.settle(this, object, thread, node, result, (row, withdrawn) =>
      tell(row, withdrawn, this.event, this.argument),
    );
    tell(caseAt(object, words[object + SelectWord.TAKEN]), result, event, argument);
  }

  actOn(object: Address): void {
    this.#object = object;
    this.#ownVersion = 0;
  }

  acted(operation: number, a: number, b: number, result: number): void {
    const object = this.#object;
    if (result === BLOCKED) return this.#look(object, operation, a, b, result);
    const version = this.#ownVersion || ++this.words[object + Head.VERSION];
    const { event, argument } = this;
    const thread = this.#thread;
    this.log.push({
      thread,
      object,
      operation,
      a,
      b,
      result,
      event,
      argument,
      version,
      low: 0,
      high: 0,
    });
  }

  comeFirst(): void {
    this.#ownVersion = ++this.words[this.#object + Head.VERSION];
  }

  retryOne(object: Address, operations: number): void {
    this.#letOut(object, (_, waiting) => (operations & this.#waitsFor(object, waiting)) !== 0, 1);
  }

  retryAll(object: Address, operations: number): void {
    this.#letOut(
      object,
      (_, waiting) => (operations & this.#waitsFor(object, waiting)) !== 0,
      Infinity,
    );
  }

  retryThread(object: Address, thread: ThreadId): void {
    this.#letOut(object, (other) => other === thread, 1);
  }

  choose(n: number): number {
    this.asked = n;
    return (this.choices.shift() ?? 0) % n;
  }
}
