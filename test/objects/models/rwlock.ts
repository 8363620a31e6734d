import type { ThreadId } from "../../../src/base/brand.ts";
import {
  IGNORE_POISON,
  RwLockOperation as Operation,
  RwLockResult,
} from "../../../src/objects/rwlock.ts";
import { type Model, WAITS } from "./model.ts";

type Wanted = "read" | "write";
interface Waiter {
  readonly thread: ThreadId;
  readonly wanted: Wanted;
}

/** The table of preferences, read aloud: who is in line, in order, and who may go past whom. */
export class RwLockModel implements Model {
  readonly #prefer: "fair" | "readers" | "writers";
  #writer: ThreadId | undefined;
  readonly #readers = new Set<ThreadId>();
  #line: readonly Waiter[] = [];
  #poisoned = false;

  constructor(prefer: "fair" | "readers" | "writers") {
    this.#prefer = prefer;
  }

  perform(
    thread: ThreadId,
    { operation, a, b }: { operation: number; a: number; b: number },
  ): unknown {
    switch (operation) {
      case Operation.READ:
        return this.#request(thread, "read", b);
      case Operation.WRITE:
        return this.#request(thread, "write", b);
      case Operation.GRANT_READ:
        return this.#grant(thread, "read", b);
      case Operation.GRANT_WRITE:
        return this.#grant(thread, "write", b);
      case Operation.TRY_READ:
        return this.#try(thread, "read", b);
      case Operation.TRY_WRITE:
        return this.#try(thread, "write", b);
      case Operation.READ_UNLOCK:
        this.#readers.delete(thread);
        return null;
      case Operation.WRITE_UNLOCK:
        this.#writer = undefined;
        this.#poisoned ||= a !== 0;
        return null;
      case Operation.IS_POISONED:
        return Number(this.#poisoned);
      default:
        this.#poisoned = false;
        return null;
    }
  }

  givesUp(thread: ThreadId): unknown {
    this.#leave(thread);
    return RwLockResult.REFUSED;
  }

  /** `before`: those of the line who came first. */
  #may(wanted: Wanted, before: readonly Waiter[]): boolean {
    const has = (line: readonly Waiter[], what: Wanted) => line.some((one) => one.wanted === what);
    if (this.#writer !== undefined) return false;
    if (wanted === "read") {
      if (this.#prefer === "readers") return true;
      return !has(this.#prefer === "writers" ? this.#line : before, "write");
    }
    if (this.#readers.size > 0 || has(before, "write")) return false;
    if (this.#prefer === "writers") return true;
    return this.#prefer === "readers" ? !has(this.#line, "read") : before.length === 0;
  }

  #try(thread: ThreadId, wanted: Wanted, ignorePoison: number): unknown {
    if (!this.#may(wanted, this.#line)) return RwLockResult.REFUSED;
    return this.#take(thread, wanted, ignorePoison);
  }

  #request(thread: ThreadId, wanted: Wanted, ignorePoison: number): unknown {
    if (this.#may(wanted, this.#line)) return this.#take(thread, wanted, ignorePoison);
    this.#line = [...this.#line, { thread, wanted }];
    return RwLockResult.WAITING;
  }

  #grant(thread: ThreadId, wanted: Wanted, ignorePoison: number): unknown {
    const place = this.#line.findIndex((one) => one.thread === thread);
    if (!this.#may(wanted, this.#line.slice(0, place))) return WAITS;
    this.#leave(thread);
    return this.#take(thread, wanted, ignorePoison);
  }

  #leave(thread: ThreadId): void {
    this.#line = this.#line.filter((one) => one.thread !== thread);
  }

  #take(thread: ThreadId, wanted: Wanted, ignorePoison: number): unknown {
    if (this.#poisoned && ignorePoison !== IGNORE_POISON) return RwLockResult.POISONED;
    if (wanted === "read") this.#readers.add(thread);
    else this.#writer = thread;
    return RwLockResult.HELD;
  }
}
