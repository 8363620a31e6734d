/** A thread without an engine, for tests of what runs in an event loop: it stands nowhere, and nobody records it. */
import { installEventLoop, type LoopThread } from "../../src/engine/native/event-loop.ts";
import { install, type Intrinsics } from "../../src/std/intrinsics.ts";

const FREE_THREAD: LoopThread = {
  site: 0,
  blocks: 0,
  virtualMs: undefined,
  now: () => 0,
  sleep: () => undefined,
  waited: () => undefined,
};

/** Has what runs in this process find our promises in `target`. */
export function installTasksFreely(target: object): void {
  installEventLoop(target, FREE_THREAD);
  install({ traced: false, site: 0 } as unknown as Intrinsics);
}
