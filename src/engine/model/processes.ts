/**
 * The processes of a modelled run: groups of threads. Which thread is of which process, and what ends with one: all its threads
 * that have not ended, and the processes that it has started (docs/processes.md). The program itself is process 0, which is
 * nobody's object.
 */
import type { Address, ThreadId } from "../../base/brand.ts";
import { ProcessOutcome, ProcessWord } from "../../objects/process.ts";

/** The process that the program itself is. */
export const OWN = 0 as Address;

/** Numbers that no process of a system has before it is up and running: what `pid` gives is made up, and the same each time. */
const FIRST_PID = 1001;

const NONE: readonly Address[] = [];

interface Row {
  readonly at: Address;
  /** The process that has started it. */
  readonly parent: Address;
  /** Its main thread. */
  readonly main: ThreadId;
  ended: boolean;
}

export class Processes {
  readonly #memory: { readonly words: Int32Array };
  readonly #rows: Row[] = [];
  /** By thread. */
  readonly #of: Address[] = [];

  constructor(memory: { readonly words: Int32Array }) {
    this.#memory = memory;
  }

  /** A process that is about to be started. Answers its number, from 1. */
  add(at: Address, parent: Address, main: ThreadId): number {
    return this.#rows.push({ at, parent, main, ended: false });
  }

  pidOf(number: number): number {
    return FIRST_PID - 1 + number;
  }

  /** A thread has begun in this process. */
  joined(thread: ThreadId, process: Address): void {
    this.#of[thread] = process;
  }

  /** The process of a thread. */
  of(thread: ThreadId): Address {
    return this.#of[thread];
  }

  /** The number of a thread's process, 0 for the program itself. */
  numberOf(thread: ThreadId): number {
    const at = this.#of[thread];
    return this.#rows.findIndex((row) => row.at === at) + 1;
  }

  /** Whether the thread is the one that its process began with. */
  leads(thread: ThreadId): boolean {
    return thread === 0 || this.#rows.some(({ main }) => main === thread);
  }

  /** The processes that a thread is in, from its own outwards; without the program itself. */
  around(thread: ThreadId): readonly Address[] {
    if (this.#rows.length === 0) return NONE;
    const found: Address[] = [];
    for (let at = this.#of[thread] ?? OWN; at !== OWN; at = this.#row(at)!.parent) found.push(at);
    return found;
  }

  /** The threads of a process that have begun, in their order. */
  threadsOf(process: Address): ThreadId[] {
    const found: ThreadId[] = [];
    this.#of.forEach((of, thread) => {
      if (of === process) found.push(thread as ThreadId);
    });
    return found;
  }

  /** The processes that this one has started, in their order. */
  startedBy(process: Address): Address[] {
    return this.#rows.filter(({ parent }) => parent === process).map(({ at }) => at);
  }

  /** All of the run, in their order. */
  get all(): readonly { readonly at: Address; readonly main: ThreadId }[] {
    return this.#rows;
  }

  /** Whether a step has just ended this process, which had not ended before. */
  endsNow(at: Address): boolean {
    const row = this.#row(at);
    const runs = this.#memory.words[at + ProcessWord.OUTCOME] === ProcessOutcome.RUNNING;
    if (row === undefined || row.ended || runs) return false;
    return (row.ended = true);
  }

  /** The threads that end with a process: its own, and those of what it has started. */
  threadsWithin(at: Address): ThreadId[] {
    return this.#of.flatMap((_, thread) =>
      this.around(thread as ThreadId).includes(at) ? [thread as ThreadId] : [],
    );
  }

  #row(at: Address): Row | undefined {
    return this.#rows.find((row) => row.at === at);
  }
}
