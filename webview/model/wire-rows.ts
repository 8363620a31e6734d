/** The table's rows of what went through pipes, connections and listeners: one for each arrow, in order of time. */
import { orderOf } from "../../src/trace/timeline/in-order.ts";
import type { Picture } from "./picture.ts";
import { rowOf, type TableSource } from "./table-rows.ts";
import type { WireLane } from "./wire-lane.ts";

/** `thread`: who wrote, or read; -1 for all. O(n log n). */
export function wireRows(picture: Picture, thread: number): TableSource {
  const starts: number[] = [];
  const hits: (readonly [lane: WireLane, index: number])[] = [];
  for (const lane of picture.wires) {
    const { sent, from, to, count } = lane.messages;
    for (let index = 0; index < count; index++) {
      if (thread >= 0 && from[index] !== thread && to[index] !== thread) continue;
      starts.push(sent[index]);
      hits.push([lane, index]);
    }
  }
  const order = orderOf(Float64Array.from(starts), starts.length);
  return {
    count: starts.length,
    rows: (first, last, words) =>
      Array.from(order.subarray(first, last), (at) => {
        const [lane, index] = hits[at];
        const row = rowOf({ kind: "message", lane, index }, lane.messages.from[index], words);
        return { ...row, key: `${row.key} ${lane.id}` };
      }),
  };
}
