/**
 * What a filter finds: which lanes are wanted, and of each lane the spans that match, in columns of their own, so that
 * they are drawn by the same means as all. O(spans), when the filter or the picture changes.
 */
import { SpanColumns, type Spans } from "../../src/trace/timeline/spans.ts";
import { ThreadState } from "../../src/trace/timeline/thread-track.ts";
import { fileName } from "../../src/trace/timeline/names.ts";
import { asOne, byState, densityOf, type Density } from "./density.ts";
import type { Filter } from "./filter.ts";
import type { Hit } from "./hit.ts";
import type { LockLane } from "./lock-lane.ts";
import type { CoreLane, Lane, ThreadLane } from "./picture.ts";
import type { Words } from "./words.ts";

export interface Found {
  readonly spans: ReadonlyMap<Spans, Density>;
  readonly count: number;
}

const STATE_NAMES = Object.fromEntries(
  Object.entries(ThreadState).map(([name, state]) => [state, name]),
) as Readonly<Record<number, string>>;

const among = (names: readonly string[] | null, name: string): boolean =>
  names === null || names.includes(name.toLowerCase());

/** A filter that names threads, locks or channels hides the others' lanes. */
export function isWanted(filter: Filter | null, lane: Lane): boolean {
  if (filter === null) return true;
  switch (lane.kind) {
    case "core":
      return among(filter.core, lane.name);
    case "thread":
      return among(filter.thread, lane.name);
    case "lock":
      return among(filter.lock, lane.name);
    case "channel":
    case "wire":
    case "source":
      return among(filter.channel, lane.name);
    case "cell":
      return true;
  }
}

export function findIn(filter: Filter, words: Words): Found {
  const { picture } = words;
  const spans = new Map<Spans, Density>();
  let count = 0;
  const look = (all: Spans, classify: typeof byState, matches: (row: number) => boolean): void => {
    const found = pickedOf(all, matches);
    if (found.count === 0) return;
    count += found.count;
    spans.set(all, densityOf(found, classify));
  };
  for (const lane of picture.threads) {
    if (!isWanted(filter, lane)) continue;
    const state = matcher(filter, words, lane, "state");
    look(lane.track.states, byState, (row) => state(lane.track.states, row));
    const hold = matcher(filter, words, lane, "hold");
    for (const row of lane.holds) look(row.spans, asOne, (at) => hold(row.spans, at));
  }
  for (const lane of picture.cores) {
    if (!isWanted(filter, lane)) continue;
    const { spans } = lane.track;
    const stay = matcher(filter, words, lane, "core");
    look(spans, asOne, (row) => stay(spans, row));
  }
  for (const lane of picture.locks) {
    if (!isWanted(filter, lane)) continue;
    const held = matcher(filter, words, lane, "held");
    for (const { density } of lane.rows) {
      look(density.spans, asOne, (row) => held(density.spans, row));
    }
  }
  return { spans, count };
}

/** What a span is: a thread's state, a lock that it holds, who holds a lock, who is on a core. */
type What = "state" | "hold" | "held" | "core";

/** What depends on words and names is looked up once for each state, object and place. */
function matcher(
  filter: Filter,
  words: Words,
  lane: ThreadLane | LockLane | CoreLane,
  what: What,
): (spans: Spans, row: number) => boolean {
  const known = new Map<number, boolean>();
  return (spans, row) => {
    const length = spans.end[row] - spans.start[row];
    if (filter.longer !== null && length < filter.longer) return false;
    if (filter.wait !== null) {
      const value = spans.value[row];
      const waits = value === ThreadState.blocked || value === ThreadState.waiting;
      if (what !== "state" || !waits || length < filter.wait) return false;
    }
    // States and threads are below 2^14, sites below 2^18; together with an object's number still exact.
    const about = what === "hold" ? 0 : spans.value[row];
    const key = (spans.object[row] * 2 ** 18 + spans.site[row]) * 2 ** 4 + (about & 15);
    const seen = known.get(key);
    if (seen !== undefined && what !== "held" && what !== "core") return seen;
    const answer = matchesNames(filter, words, lane, what, spans, row);
    known.set(key, answer);
    return answer;
  };
}

function matchesNames(
  filter: Filter,
  words: Words,
  lane: ThreadLane | LockLane | CoreLane,
  what: What,
  spans: Spans,
  row: number,
): boolean {
  const thread = lane.kind === "thread" ? lane.name : words.thread(spans.value[row]);
  const object = lane.kind === "lock" ? lane.name : words.object(spans.object[row]);
  const state =
    what === "state" ? STATE_NAMES[spans.value[row]] : what === "core" ? "running" : "held";
  const place = words.place(spans.site[row]);
  if (!among(filter.thread, thread) || !among(filter.state, state)) return false;
  // Where a thread was does not say which lock it was at.
  if (filter.core !== null && lane.kind !== "core") return false;
  if (filter.lock !== null || filter.channel !== null) {
    const named = [...(filter.lock ?? []), ...(filter.channel ?? [])];
    if (!named.includes(object.toLowerCase())) return false;
  }
  if (filter.line !== null && !(place && filter.line.includes(place.line))) return false;
  if (filter.file !== null && !(place && among(filter.file, fileName(place.file)))) return false;
  if (filter.words.length === 0) return true;
  const said = what === "state" ? words.state(spans, row) : state;
  const source = words.source(spans.site[row]) ?? "";
  const text = `${thread} ${object} ${said} ${state} ${source} ${place ? words.placeName(place) : ""}`;
  const lower = text.toLowerCase();
  return filter.words.every((word) => lower.includes(word));
}

function pickedOf(all: Spans, matches: (row: number) => boolean): Spans {
  const picked = new SpanColumns();
  for (let row = 0; row < all.count; row++) {
    if (!matches(row)) continue;
    picked.add(
      all.start[row],
      all.end[row],
      all.value[row],
      all.object[row],
      all.other[row],
      all.site[row],
      all.event[row],
    );
  }
  return picked;
}

/** The first match on a thread's lane after `time`, else the first of all; null where there is none. */
export function nextFound(found: Found, threads: readonly ThreadLane[], time: number): Hit | null {
  let best: { readonly hit: Hit; readonly start: number; readonly later: boolean } | null = null;
  for (const lane of threads) {
    const { states } = lane.track;
    const spans = found.spans.get(states)?.spans;
    for (let row = 0; spans && row < spans.count; row++) {
      const start = spans.start[row];
      const later = start > time;
      if (best && ((best.later && !later) || (best.later === later && best.start <= start))) {
        if (later) break;
        continue;
      }
      const index = states.start.subarray(0, states.count).indexOf(start);
      best = { hit: { kind: "state", lane, index }, start, later };
      if (later) break;
    }
  }
  return best?.hit ?? null;
}
