/**
 * The explorers of a check: so many processes, which take what is to be explored in the order in which it is asked for. A program
 * of its own, or a part of one, is the same to them. Owns its processes: none is left when it is disposed of.
 */
import { ExplorerHost, type ExplorerOptions } from "../../engine/native/explored/host.ts";
import type { ExploreProgress, ExploreRequest, ExploreResult } from "../../protocol/explore.ts";
import { deferred } from "../../base/deferred.ts";

/** Something that waits for an explorer, or has one. */
export interface Pooled {
  /** Never rejects. Undefined: it was stopped before its turn came, or was not wanted any more. */
  readonly ended: Promise<ExploreResult | undefined>;
  /** It ends soon, with what it has. */
  stop(): void;
}

/** Made when an explorer is free, as some of it depends on when that is; undefined: it is not wanted any more. */
export type RequestAtLast = () => ExploreRequest | undefined;

interface Waiting {
  isStopped: boolean;
  begin(host: ExplorerHost): Promise<void>;
}

export class ExplorerPool implements Disposable {
  /** How many work at the same time. */
  readonly size: number;
  readonly #hosts: readonly ExplorerHost[];
  readonly #idle: ExplorerHost[];
  readonly #waiting: Waiting[] = [];

  /** `ahead`: how many of them are started before anybody asks. */
  constructor(size: number, ahead: number, options: ExplorerOptions) {
    this.size = size;
    this.#hosts = Array.from({ length: size }, () => new ExplorerHost(options));
    this.#idle = [...this.#hosts];
    for (const host of this.#idle.slice(-ahead)) void host.warm();
  }

  explore(request: RequestAtLast, tell: (progress: ExploreProgress) => void): Pooled {
    const { promise, resolve } = deferred<ExploreResult | undefined>();
    let stop: (() => void) | undefined;
    const waiting: Waiting = {
      isStopped: false,
      async begin(host) {
        const asked = waiting.isStopped ? undefined : request();
        if (asked === undefined) return resolve(undefined);
        const exploring = host.explore(asked, tell);
        stop = () => exploring.stop();
        resolve(await exploring.ended);
      },
    };
    this.#waiting.push(waiting);
    this.#deal();
    return {
      ended: promise,
      stop() {
        waiting.isStopped = true;
        stop?.();
      },
    };
  }

  #deal(): void {
    while (this.#idle.length > 0 && this.#waiting.length > 0) {
      const host = this.#idle.pop()!;
      void this.#waiting
        .shift()!
        .begin(host)
        .then(() => {
          this.#idle.push(host);
          this.#deal();
        });
    }
  }

  [Symbol.dispose](): void {
    for (const host of this.#hosts) host.dispose();
  }
}
