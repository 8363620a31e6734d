import type { ThreadId } from "../../../src/base/brand.ts";
import { JobOperation } from "../../../src/objects/job.ts";
import { PoolOperation as Operation, SubmitResult } from "../../../src/objects/pool.ts";
import { ThreadOutcome } from "../../../src/objects/thread.ts";
import { type Model, WAITS } from "./model.ts";

/** `mark`: what the test wrote behind a job's node. */
export class PoolModel implements Model {
  readonly #mark: (node: number) => number;
  #jobs: readonly number[] = [];
  #closed = false;
  #started = 0;
  #left = 0;

  constructor(mark: (node: number) => number) {
    this.#mark = mark;
  }

  perform(_: ThreadId, { operation, a }: { operation: number; a: number }): unknown {
    switch (operation) {
      case Operation.SUBMIT:
        if (this.#closed) return SubmitResult.CLOSED;
        if (this.#jobs.length === 1) return WAITS;
        this.#jobs = [...this.#jobs, this.#mark(a)];
        return this.#started < 2 ? ++this.#started : SubmitResult.QUEUED;
      case Operation.TAKE: {
        const [first, ...rest] = this.#jobs;
        if (first === undefined) return this.#closed ? 0 : WAITS;
        this.#jobs = rest;
        return first;
      }
      case Operation.LEAVE:
        this.#left++;
        return null;
      case Operation.CLOSE:
        this.#closed = true;
        return null;
      default:
        return this.#closed && this.#left === this.#started ? null : WAITS;
    }
  }

  givesUp(): never {
    throw new Error("nobody gives up a pool");
  }
}

export class JobModel implements Model {
  #outcome: number = ThreadOutcome.RUNNING;

  perform(_: ThreadId, { operation, a }: { operation: number; a: number }): unknown {
    switch (operation) {
      case JobOperation.START:
        return null;
      case JobOperation.END:
        this.#outcome = a;
        return null;
      case JobOperation.JOIN:
        return this.#outcome === ThreadOutcome.RUNNING ? WAITS : this.#outcome;
      default:
        return this.#outcome === ThreadOutcome.RUNNING ? 0 : 1;
    }
  }

  givesUp(): unknown {
    return ThreadOutcome.RUNNING;
  }
}
