/** Reads out of a run's memory which threads have not ended and what each waits for. Sound when none of them runs. */
import type { Address, ThreadId } from "../../base/brand.ts";
import { KINDS } from "../../objects/kinds.ts";
import { mutex, MutexWord } from "../../objects/mutex.ts";
import { Head } from "../../objects/object.ts";
import { thread as threadKind } from "../../objects/thread.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import { nameOfObject, siteAsPlace } from "../program/names.ts";
import type { StuckThread } from "../stuck.ts";
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
      const what = unsettled.has(id) ? "a promise that nothing settles" : "a worker";
      return { id, name, verb: "waits for", what, waitsFor: [] };
    }
    const kind = KINDS[words[object + Head.KIND]];
    const operation = words[slot + SlotWord.WAIT_OPERATION];
    const all = kind.waitsFor(words, object, operation, id);
    const waitsFor = all.filter((other) => !ended(other));
    const left = kind === mutex ? all.find((other) => ended(other)) : undefined;
    const place = siteAsPlace(program, words[slot + SlotWord.WAIT_SITE]);
    const since =
      kind === mutex && all.length > 0
        ? siteAsPlace(program, words[object + MutexWord.SINCE])
        : undefined;
    const what =
      kind === threadKind
        ? nameOf(all[0] ?? id)
        : `\`${nameOfObject(program, words, object, KINDS)}\``;
    return {
      id,
      name,
      verb: kind.operations[operation].waiting ?? "waits for",
      what,
      object: words[object + Head.ID],
      waitsFor,
      ...(place === undefined ? {} : { place }),
      ...(since === undefined ? {} : { heldSince: since }),
      ...(left === undefined ? {} : { leftBy: nameOf(left) }),
    };
  }
}
