/**
 * The loops in which threads are that the compiler has marked (`compiler/twins/spins.ts`), each with its turn under way. A thread
 * is where it was at the beginning of an earlier turn if that was of the same loop, within the same turns of those around
 * it, what its turns give new values to is as it was, and it has done the same since.
 */
import type { ThreadId } from "../base/brand.ts";
import { Locals } from "./locals.ts";
import type { Key, Thing } from "./step.ts";

/** The words of an object, its head included, as they were after a step. */
export interface Glimpse {
  readonly thing: Thing;
  readonly words: Int32Array;
}

export class Turn {
  readonly loop: number;
  /** The how-manieth time that the loop was come to. */
  readonly nth: string;
  /** What its turns give new values to, as they began; undefined before the first. */
  readonly locals: string | undefined;
  /** What was done in it, and what that came to. */
  deeds = "";
  /** What was changed or looked at. */
  readonly touched = new Set<Key>();
  /** What that was like in between. */
  readonly glimpses: Glimpse[] = [];
  /** What was read first, and how often it had been changed. */
  readonly read = new Map<Key, number>();
  /** Whether nothing else was done. */
  pure = true;
  /** How many loops were come to in it. */
  inner = 0;

  constructor(loop: number, nth: string, locals: string | undefined) {
    this.loop = loop;
    this.nth = nth;
    this.locals = locals;
  }
}

const NONE: readonly Turn[] = [];

export class Turns {
  /** By thread, the innermost loop last. */
  readonly #stacks: (Turn[] | undefined)[] = [];
  readonly #locals = new Locals();
  #begun = 0;

  reset(): void {
    this.#stacks.length = 0;
    this.#locals.reset();
    this.#begun = 0;
  }

  /** The loops in which the thread is, the innermost last; some that it has left may be among them, as if it still were there. */
  of(thread: ThreadId): readonly Turn[] {
    return this.#stacks[thread] ?? NONE;
  }

  /** The thread comes to a loop. One to which it had come already it comes to anew. */
  begins(thread: ThreadId, loop: number): void {
    const stack = (this.#stacks[thread] ??= []);
    const known = stack.findIndex((one) => one.loop === loop);
    if (known >= 0) stack.length = known;
    const around = known >= 0 ? undefined : stack.at(-1);
    const nth = around === undefined ? `#${++this.#begun}` : `${++around.inner}`;
    stack.push(new Turn(loop, nth, undefined));
  }

  /** It begins a turn of the loop. Answers the one before; undefined: this is the first. */
  turns(thread: ThreadId, loop: number, locals: readonly unknown[]): Turn | undefined {
    const stack = (this.#stacks[thread] ??= []);
    while (stack.length > 0 && stack.at(-1)!.loop !== loop) stack.pop();
    const before = stack.pop();
    const nth = before?.nth ?? `#${++this.#begun}`;
    stack.push(new Turn(loop, nth, this.#locals.tell(locals)));
    return before?.locals === undefined ? undefined : before;
  }

  /** Where the thread is, and how it came there since the turns began; undefined: in no such loop. */
  placeOf(thread: ThreadId): string | undefined {
    const stack = this.#stacks[thread];
    if (stack === undefined || stack.length === 0) return undefined;
    return stack
      .map(({ loop, nth, locals, deeds }) => `${loop}.${nth}(${locals ?? ""}){${deeds}}`)
      .join("/");
  }
}
