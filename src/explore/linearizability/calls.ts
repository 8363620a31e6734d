/**
 * The calls of a check, as an execution makes them: who calls what, what it came to, and from which step to which it went on.
 *
 * A call begins with its first step and ends with its last. To the program, it is invoked some time before and returns some time
 * after, but nobody can tell: of all executions with these steps, the one in which it is invoked right before and returns right
 * after says the most about which call came first, and it is one of them. What follows is which steps depend on each other beyond
 * what they do to objects: the first step of a call and every step of another thread's calls, any of which may be the last of
 * its call (`Dependence`). So each order of calls that can be had is the order of some trace that is explored.
 *
 * A call without a step of its own touches nothing that others see: it is taken to last from the step of its thread before it
 * to the one after it.
 */
import { empty } from "../../base/empty.ts";
import type { SiteId, ThreadId } from "../../base/brand.ts";
import type { Subject, Told } from "../../std/check/told.ts";

export interface Call {
  readonly thread: ThreadId;
  /** Its number among those of the subject. */
  readonly call: number;
  /** Which check of the program makes it. */
  readonly check: number;
  /** Of its first step: where it is. */
  site: SiteId;
  /** The indices of its first and its last step, or what lies between two; infinite: it has not returned. */
  first: number;
  last: number;
  /** What it came to, in words; undefined: it has not returned. */
  outcome: string | undefined;
}

/** A check that an execution came to. */
export interface Asked {
  readonly subject: Subject;
  readonly site: SiteId;
  /** What was chosen of its plan. */
  readonly choices: number[];
}

/** The choices of a check's plan, by which one of the program's it is. */
type Plans = (check: number) => readonly number[];

interface Caller {
  /** The last step of the thread, -1 for none. */
  step: number;
  open: Call | undefined;
  /** The last step of the call under way, -1 for none. */
  made: number;
  /** It has returned without a step: it ends before the thread's next one. */
  stepless: Call | undefined;
}

export class Calls {
  /** In the order of their invocations. */
  readonly made: Call[] = [];
  readonly asked: Asked[] = [];
  /** What is called, where that is not left to the strategy. */
  plans: Plans | undefined;
  readonly #callers: (Caller | undefined)[] = [];
  #deciding:
    { readonly thread: ThreadId; readonly choices: readonly number[] | undefined } | undefined;
  readonly #show: (value: unknown) => string;

  /** `show`: values that are no strings and no errors, in words. */
  constructor(show: (value: unknown) => string) {
    this.#show = show;
  }

  reset(): void {
    empty(this.made);
    empty(this.asked);
    empty(this.#callers);
    this.#deciding = undefined;
  }

  /** The next choice of the thread, if it is one of a plan that is fixed. */
  decided(thread: ThreadId): number | undefined {
    const deciding = this.#deciding;
    return deciding?.thread === thread
      ? deciding.choices?.[this.asked.at(-1)!.choices.length]
      : undefined;
  }

  chose(thread: ThreadId, choice: number): void {
    if (this.#deciding?.thread === thread) this.asked.at(-1)!.choices.push(choice);
  }

  told(thread: ThreadId, told: Told, site: SiteId): void {
    const caller = this.#callerOf(thread);
    switch (told.kind) {
      case "asks": {
        const choices = this.plans?.(this.asked.length);
        this.asked.push({ subject: told.subject, site, choices: [] });
        this.#deciding = { thread, choices };
        return;
      }
      case "decided":
        this.#deciding = undefined;
        return;
      case "invoked":
        return this.#invoked(caller, thread, told.call, site);
      case "returned":
        return this.#ended(caller, this.#textOf(told.value));
      case "threw":
        return this.#ended(caller, `throws ${nameOf(told.error)}`);
    }
  }

  /** Whether the thread's next step is one of a call, and the first of it. */
  isWithin(thread: ThreadId): boolean {
    return this.#callers[thread]?.open !== undefined;
  }

  opens(thread: ThreadId): boolean {
    return this.#callers[thread]?.made === -1;
  }

  /** The thread makes a step, or its operation is completed by the step of another one. */
  stepped(thread: ThreadId, index: number, site: SiteId): void {
    if (this.asked.length === 0) return;
    const caller = this.#callerOf(thread);
    caller.step = index;
    if (caller.stepless !== undefined) {
      caller.stepless.last = index - 0.5;
      caller.stepless = undefined;
    }
    if (caller.open === undefined) return;
    if (caller.made < 0) {
      caller.open.first = index;
      caller.open.site = site;
    }
    caller.made = index;
  }

  #callerOf(thread: ThreadId): Caller {
    return (this.#callers[thread] ??= {
      step: -1,
      open: undefined,
      made: -1,
      stepless: undefined,
    });
  }

  #invoked(caller: Caller, thread: ThreadId, call: number, site: SiteId): void {
    const check = this.asked.length - 1;
    const first = caller.step + 0.5;
    const open = { thread, call, check, site, first, last: Infinity, outcome: undefined };
    caller.open = open;
    caller.made = -1;
    this.made.push(open);
  }

  #ended(caller: Caller, outcome: string): void {
    const call = caller.open;
    if (call === undefined) return;
    call.outcome = outcome;
    if (caller.made >= 0) call.last = caller.made;
    else caller.stepless = call;
    caller.open = undefined;
    caller.made = 0;
  }

  #textOf(value: unknown): string {
    if (typeof value === "string") return JSON.stringify(value);
    return this.#show(value).replaceAll(/\s+/g, " ");
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? String(error.name) : `a ${typeof error}`;
}
