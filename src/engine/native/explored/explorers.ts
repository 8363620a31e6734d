/**
 * Processes in which programs are explored: one is kept once it was needed, and there are as many as programs are explored at
 * once, so that a search without end never holds up another.
 */
import type { Exploring, ExplorerHost } from "./host.ts";
import type { ExploreProgress, ExploreRequest } from "../../../protocol/explore.ts";

export class Explorers {
  readonly #make: () => ExplorerHost;
  readonly #busy = new Set<ExplorerHost>();
  #idle: ExplorerHost | undefined;

  constructor(make: () => ExplorerHost) {
    this.#make = make;
  }

  explore(request: ExploreRequest, tell: (progress: ExploreProgress) => void): Exploring {
    const host = this.#idle ?? this.#make();
    this.#idle = undefined;
    this.#busy.add(host);
    const exploring = host.explore(request, tell);
    void exploring.ended.then(() => {
      // Not there any more: all were disposed of meanwhile.
      if (!this.#busy.delete(host)) return;
      if (this.#idle === undefined) this.#idle = host;
      else host.dispose();
    });
    return exploring;
  }

  dispose(): void {
    for (const host of [this.#idle, ...this.#busy]) host?.dispose();
    this.#idle = undefined;
    this.#busy.clear();
  }
}
