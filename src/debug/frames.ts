/** The client's numbers of frames: good for one moment, never used again for another frame. */
import { DEBUG_MESSAGES as MESSAGES } from "../base/catalogue/debug.ts";
import type { ThreadId } from "../base/brand.ts";
import { refused } from "./refusal.ts";

export interface FrameOf {
  readonly thread: ThreadId;
  /** As the session numbers them: the innermost is 0. */
  readonly frame: number;
}

export class Frames {
  #next = 1;
  #numbers = new Map<string, number>();
  #frames = new Map<number, FrameOf>();

  /** The run has moved: what was numbered is gone. */
  forget(): void {
    this.#numbers.clear();
    this.#frames.clear();
  }

  number(of: FrameOf): number {
    const key = `${of.thread} ${of.frame}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#next++;
    this.#numbers.set(key, number);
    this.#frames.set(number, of);
    return number;
  }

  /** Throws a `Refusal` where the frame is of another moment. */
  of(number: number): FrameOf {
    const frame = this.#frames.get(number);
    if (frame === undefined) throw refused(MESSAGES.past, {});
    return frame;
  }
}
