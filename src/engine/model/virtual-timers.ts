/** What tasks need of the model engine: its virtual clock. Each thread's own loop comes by its jobs and timers. */
import type { TaskHost } from "../../std/tasks/host.ts";

export class VirtualTimers implements TaskHost {
  readonly #clock: { readonly now: number };
  readonly #engine: { readonly site: number };

  readonly #cannotAwait: () => void;

  /** `clock` counts nanoseconds; `cannotAwait` says so of a promise that is not the program's. */
  constructor(
    clock: { readonly now: number },
    engine: { readonly site: number },
    cannotAwait: () => void,
  ) {
    this.#clock = clock;
    this.#engine = engine;
    this.#cannotAwait = cannotAwait;
  }

  awaitsForeign(): void {
    this.#cannotAwait();
  }

  now(): number {
    return this.#clock.now / 1e6;
  }

  get site(): number {
    return this.#engine.site;
  }

  wake(): void {
    // The thread's loop comes by when its body, or the callback that runs, is over.
  }

  awaitsObject(): void {
    // Its loop waits for it when there is nothing else to do.
  }

  timersChanged(): void {
    // It looks at the timers each time before it sleeps.
  }
}
