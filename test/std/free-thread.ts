/** A thread without an engine, for tests of what runs in an event loop: it stands nowhere, and nobody records it. */
import type { LoopThread } from "../../src/engine/native/event-loop.ts";

export const FREE_THREAD: LoopThread = {
  site: 0,
  blocks: 0,
  virtualMs: undefined,
  now: () => 0,
  sleep: () => undefined,
  waited: () => undefined,
};
