/**
 * Jobs of one thread (ECMA-262, 9.5 "Jobs and Host Operations to Enqueue Jobs"): what is to run, in order, as soon as no code
 * of the thread is on the stack. One queue serves promises, tasks and `queueMicrotask`, so that their order is the language's.
 */

/** What a promise has come to. */
export const State = { PENDING: 0, FULFILLED: 1, REJECTED: 2 } as const;
export type State = (typeof State)[keyof typeof State];

export interface Job {
  /** `state` and `value`: what the promise came to that it waited for; nothing much to a job that waited for none. */
  perform(state: State, value: unknown): void;
  /** It will be performed: what it waited for has come. */
  woken?(): void;
}

const BEGINNING = 16;

/** A ring, since a queue may never run empty: nothing is made for a job. */
export class JobQueue {
  #jobs: (Job | undefined)[] = new Array<Job | undefined>(BEGINNING).fill(undefined);
  #states: State[] = new Array<State>(BEGINNING).fill(State.PENDING);
  #values: unknown[] = new Array<unknown>(BEGINNING).fill(undefined);
  #first = 0;
  #count = 0;
  /** Of the job that was taken last. */
  state: State = State.PENDING;
  value: unknown;

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  push(job: Job, state: State, value: unknown): void {
    if (this.#count === this.#jobs.length) this.#grow();
    const at = (this.#first + this.#count++) & (this.#jobs.length - 1);
    this.#jobs[at] = job;
    this.#states[at] = state;
    this.#values[at] = value;
  }

  take(): Job | undefined {
    if (this.#count === 0) {
      this.value = undefined;
      return undefined;
    }
    const at = this.#first;
    const job = this.#jobs[at];
    this.state = this.#states[at];
    this.value = this.#values[at];
    this.#jobs[at] = undefined;
    this.#values[at] = undefined;
    this.#first = (at + 1) & (this.#jobs.length - 1);
    this.#count--;
    return job;
  }

  clear(): void {
    while (this.#count > 0) this.take();
    this.value = undefined;
  }

  #grow(): void {
    const turn = <T>(ring: readonly T[], rest: T): T[] => [
      ...ring.slice(this.#first),
      ...ring.slice(0, this.#first),
      ...new Array<T>(ring.length).fill(rest),
    ];
    this.#jobs = turn(this.#jobs, undefined);
    this.#states = turn(this.#states, State.PENDING);
    this.#values = turn(this.#values, undefined);
    this.#first = 0;
  }
}
