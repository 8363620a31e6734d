/** How things stood before each step of an execution: the words of its objects, and since when each thread could go on. */
import type { ThreadId } from "../base/brand.ts";
import { Head } from "../objects/object.ts";
import type { Thing } from "./step.ts";

/** A kind's own words only: they do not begin before the object does. */
const FIRST_WORDS = 1 << 12;
/** So many threads have room in a row before it is made longer. */
const FIRST_THREADS = 8;

export class Past {
  /** The own words of objects, as they were before steps. */
  words = new Int32Array(FIRST_WORDS);
  #end = 0;
  /** By step: where they ended after it. */
  readonly #ends: number[] = [];
  /**
   * By step, then by thread: before which step the thread's next operation could go through first, and has been able to ever
   * since; -1 where it could not.
   */
  readonly #since: Int32Array[] = [];

  /** An execution has so many steps in common with the last one: what is kept of these stays. */
  begin(steps: number): void {
    this.#end = this.#ends[steps - 1] ?? 0;
  }

  /** Keeps the words of an object as they are; answers where. */
  keep({ at, kind }: Thing, words: Int32Array): number {
    const start = this.#end;
    const end = (this.#end = start + kind.words);
    if (end > this.words.length) {
      const grown = new Int32Array(this.words.length * 2);
      grown.set(this.words);
      this.words = grown;
    }
    for (let i = 0; i < kind.words; i++) this.words[start + i] = words[at + Head.OWN + i];
    return start;
  }

  /** All that is to be kept before this step, is. */
  close(step: number): void {
    this.#ends[step] = this.#end;
  }

  /** Nobody could go on before this step, as far as is known. */
  nobodyGoes(step: number, threads: number): void {
    let row = this.#since[step];
    if (row === undefined || row.length < threads) {
      row = this.#since[step] = new Int32Array(Math.max(FIRST_THREADS, 2 * threads));
    }
    row.fill(-1);
  }

  /** The thread's next operation could go through before this step; `last`: who has made the one before. */
  goes(step: number, thread: ThreadId, last: ThreadId | undefined): void {
    const earlier = thread === last ? -1 : (this.#since[step - 1]?.[thread] ?? -1);
    this.#since[step][thread] = earlier < 0 ? step : earlier;
  }

  /** Since when it could; infinite: it could not. */
  since(step: number, thread: ThreadId): number {
    const since = this.#since[step]?.[thread] ?? -1;
    return since < 0 ? Infinity : since;
  }
}
