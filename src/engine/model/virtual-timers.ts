/** What tasks need of the model engine: its virtual clock. Each thread's own loop comes by its jobs and timers. */
import type { Milliseconds } from "../../base/brand.ts";
import type { TaskHost } from "../../std/tasks/host.ts";
import type { World } from "../outside/world.ts";

export class VirtualTimers implements TaskHost {
  readonly #clock: { readonly now: number };
  readonly #engine: { readonly site: number };

  readonly #world: () => World;
  readonly #cannotAwait: () => void;
  readonly #ask = (): number => Math.round(this.#clock.now);

  /**
   * `clock` counts nanoseconds; `world`: what the thread that runs has of it; `cannotAwait` says so of a promise that is not the
   * program's.
   */
  constructor(
    clock: { readonly now: number },
    engine: { readonly site: number },
    world: () => World,
    cannotAwait: () => void,
  ) {
    this.#clock = clock;
    this.#engine = engine;
    this.#world = world;
    this.#cannotAwait = cannotAwait;
  }

  awaitsForeign(): void {
    this.#cannotAwait();
  }

  now(): number {
    return this.#world().timers(this.#ask) / 1e6;
  }

  until(deadline: number): Milliseconds {
    return Math.max(0, deadline - this.#clock.now / 1e6) as Milliseconds;
  }

  get site(): number {
    return this.#engine.site;
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
