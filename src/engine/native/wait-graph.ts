/** Reads out of a run's memory which threads have not ended and what each waits for. Sound when none of them runs. */
import type { Address, SiteId, ThreadId } from "../../base/brand.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { StuckThread } from "../stuck.ts";
import { awaitingThread, waitingThread } from "../waiting.ts";
import { RunWord, SlotWord, THREAD_TABLE } from "./layout.ts";

/** `nameOf`: what threads are called. `unsettled`: threads that await a promise which nothing will settle. */
export function stuckThreads(
  words: Int32Array,
  program: CompiledProgram,
  nameOf: (thread: ThreadId) => string,
  unsettled: ReadonlySet<number>,
): StuckThread[] {
  const count = words[RunWord.NEXT_THREAD];
  const ended = (id: number): boolean => words[words[THREAD_TABLE + id] + SlotWord.ENDED] === 1;
  const threads: StuckThread[] = [];
  for (let id = 0; id < count; id++) {
    if (!ended(id)) threads.push(stuckThread(id as ThreadId));
  }
  return threads;

  function stuckThread(id: ThreadId): StuckThread {
    const slot = words[THREAD_TABLE + id];
    const name = nameOf(id);
    const object = words[slot + SlotWord.WAIT_OBJECT] as Address;
    if (object === 0) {
      if (unsettled.has(id)) return awaitingThread(id, name);
      return { id, name, verb: "waits for", what: "a worker", waitsFor: [] };
    }
    const wait = {
      object,
      operation: words[slot + SlotWord.WAIT_OPERATION],
      site: words[slot + SlotWord.WAIT_SITE] as SiteId,
    };
    return waitingThread({ words, program, nameOf, hasEnded: ended }, id, wait);
  }
}
