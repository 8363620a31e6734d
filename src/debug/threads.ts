/**
 * The threads as the client lists them: those that have begun and not ended. When the run is over and all have ended, main
 * stays: a client can step back only from a thread.
 *
 * The protocol's thread ids are ours plus one, since clients take 0 for none.
 */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { MAIN_THREAD, type ThreadId } from "../base/brand.ts";
import type { StepState, StepThread } from "../protocol/step.ts";

export const clientThread = (thread: ThreadId): number => thread + 1;
export const sessionThread = (threadId: number): ThreadId => (threadId - 1) as ThreadId;

export function listed({ threads }: StepState): readonly StepThread[] {
  const living = threads.filter(({ state }) => state !== "ended");
  return living.length > 0 ? living : threads.filter(({ id }) => id === MAIN_THREAD);
}

export function clientThreads(state: StepState): DebugProtocol.Thread[] {
  return listed(state).map((thread) => ({ id: clientThread(thread.id), name: label(thread) }));
}

/** "worker-1 — blocked: `db` is held by main since line 14": its name, and why it does not go on. */
export function label({ name, state, why, frozen }: StepThread): string {
  const standing = state === "ready" ? undefined : (why ?? state);
  const parts = [standing, frozen ? "frozen" : undefined].filter((part) => part !== undefined);
  return parts.length === 0 ? name : `${name} — ${parts.join(", ")}`;
}

/** Remembers which threads the client has heard of. */
export class ThreadList {
  #known = new Set<ThreadId>();

  /** The events that bring the client up to date. */
  update(state: StepState): DebugProtocol.ThreadEvent["body"][] {
    const now = new Set(listed(state).map(({ id }) => id));
    const exited = [...this.#known].filter((id) => !now.has(id));
    const started = [...now].filter((id) => !this.#known.has(id));
    this.#known = now;
    return [
      ...started.map((id) => ({ reason: "started", threadId: clientThread(id) })),
      ...exited.map((id) => ({ reason: "exited", threadId: clientThread(id) })),
    ];
  }
}
