/** The wait that a selection stands for: itself, or for a lock that was taken, the wait that came before it was. */
import { ThreadState } from "../../src/trace/timeline/thread-track.ts";
import type { Hit } from "./hit.ts";
import type { Picture, ThreadLane } from "./picture.ts";
import { firstEndingAfter } from "./search.ts";

export interface Wait {
  readonly lane: ThreadLane;
  /** Row of the thread's states. */
  readonly index: number;
}

export function waitBehind(picture: Picture, hit: Hit): Wait | null {
  if (hit.kind === "state") {
    const running = hit.lane.track.states.value[hit.index] === ThreadState.running;
    return running ? null : { lane: hit.lane, index: hit.index };
  }
  if (hit.kind === "hold") {
    const { spans } = hit.lane.holds[hit.row];
    return before(hit.lane, spans.start[hit.index], spans.object[hit.index]);
  }
  if (hit.kind === "held") {
    const { spans } = hit.lane.rows[hit.row].density;
    const lane = picture.thread(spans.value[hit.index]);
    return lane ? before(lane, spans.start[hit.index], hit.lane.id) : null;
  }
  return null;
}

/** The state that ended when the lock was taken, if it was a wait for that lock. */
function before(lane: ThreadLane, time: number, lock: number): Wait | null {
  const { states } = lane.track;
  const index = firstEndingAfter(states, time) - 1;
  const waited = index >= 0 && states.end[index] === time && states.object[index] === lock;
  return waited ? { lane, index } : null;
}
