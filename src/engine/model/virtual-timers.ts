/** What tasks need of the model engine: its virtual clock. Each thread's own loop comes by its jobs and timers. */
import type { Milliseconds } from "../../base/brand.ts";
import type { TaskHost } from "../../std/tasks/host.ts";
import type { World } from "../outside/world.ts";

export interface VirtualTimersParts {
  /** Counts nanoseconds. */
  readonly clock: { readonly now: number };
  readonly engine: { readonly site: number };
  /** What the thread that runs has of the world. */
  readonly world: () => World;
  /** Says so of a promise that is not the program's. */
  readonly cannotAwait: () => void;
}

export class VirtualTimers implements TaskHost {
  readonly #parts: VirtualTimersParts;
  readonly #ask = (): number => Math.round(this.#parts.clock.now);

  constructor(parts: VirtualTimersParts) {
    this.#parts = parts;
  }

  awaitsForeign(): void {
    this.#parts.cannotAwait();
  }

  now(): number {
    return this.#parts.world().timers(this.#ask) / 1e6;
  }

  until(deadline: number): Milliseconds {
    return Math.max(0, deadline - this.#parts.clock.now / 1e6) as Milliseconds;
  }

  get site(): number {
    return this.#parts.engine.site;
  }

  wake(): void {
    // The thread's loop comes by when its body, or the callback that runs, is over.
  }

  awaitsTurn(): void {
    // Its loop comes by when there is nothing else to do.
  }

  timersChanged(): void {
    // It looks at the timers each time before it sleeps.
  }
}
