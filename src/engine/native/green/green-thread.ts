/**
 * A thread that shares its worker with others: a native thread whose operations, where they would block the worker, set the thread
 * aside instead. It stays with its worker: what it has of its own (functions, classes, objects) lies in that isolate.
 */
import type { Address, Milliseconds, ThreadId } from "../../../base/brand.ts";
import { Activation } from "../../../std/activation.ts";
import { EventKind } from "../../../trace/event.ts";
import { FrameStack, pinned, SUSPENDED } from "../../model/suspension.ts";
import type { ConsoleLines } from "../../program/console.ts";
import { SlotWord } from "../layout.ts";
import { realNow } from "../real-world.ts";
import { NativeThread, type ThreadParts } from "../thread.ts";
import type { ThreadOutside } from "../thread-outside.ts";
import type { Blocked, Waiting } from "./waiting.ts";

export interface GreenParts extends ThreadParts {
  readonly slot: number;
  readonly console: ConsoleLines;
  readonly outside?: ThreadOutside;
  /** Somebody on the stack cannot be left, and the thread would have to wait: the run is over. */
  readonly cannotSuspend: () => never;
}

export class GreenThread extends NativeThread implements Waiting {
  readonly id: ThreadId;
  readonly slot: number;
  readonly console: ConsoleLines;
  readonly outside: ThreadOutside | undefined;
  readonly activation = new Activation();
  readonly stack = new FrameStack();
  /** What it waits for, while it is set aside; undefined: it sleeps, or only let others get on. */
  blocked: Blocked | undefined;
  /** When it goes on at the latest, by `performance.now`. */
  until = Infinity;
  /** Whether it sleeps: what it is told when it goes on. */
  sleeps = false;
  readonly #cannotSuspend: () => never;

  constructor(parts: GreenParts) {
    super(parts);
    this.id = parts.thread;
    this.slot = parts.slot;
    this.console = parts.console;
    this.outside = parts.outside;
    this.#cannotSuspend = parts.cannotSuspend;
    this.gate.waiting = this;
  }

  get object(): Address {
    return this.words[this.slot + SlotWord.OBJECT] as Address;
  }

  block(blocked: Blocked): number {
    if (pinned.depth > 0) this.#cannotSuspend();
    this.blocked = blocked;
    this.until = blocked.deadline;
    return SUSPENDED as never;
  }

  override sleep(duration: Milliseconds): void {
    if (pinned.depth > 0) return super.sleep(duration);
    this.goesToSleep(duration);
    this.sleeps = true;
    return this.#setAside(realNow() + duration);
  }

  override yieldNow(): void {
    if (pinned.depth > 0) return super.yieldNow();
    this.mark(EventKind.yield, 0);
    return this.#setAside(0);
  }

  #setAside(until: number): never {
    this.until = until;
    return SUSPENDED as never;
  }

  /** What it waits for, tried again: its result, or `BLOCKED`. `park`: what the word says that others change. */
  again(park: number): number {
    return this.gate.again(this.blocked!, park);
  }

  /** It goes on after a sleep. */
  wakes(): void {
    if (this.sleeps) this.mark(EventKind.wake, 0);
    this.sleeps = false;
  }
}
