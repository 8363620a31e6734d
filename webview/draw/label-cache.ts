/** Labels from `Words`, each made once: while a picture only moves, no string is made. */
import { EventKind } from "../../src/trace/event.ts";
import type { Spans } from "../../src/trace/timeline/spans.ts";
import { grouped } from "../strings.ts";
import type { CellLane } from "../model/cell-lane.ts";
import type { LockLane } from "../model/lock-lane.ts";
import { formatMoment } from "../model/time.ts";
import type { WireLane } from "../model/wire-lane.ts";
import type { Words } from "../model/words.ts";
import type { Labels } from "./labels.ts";

/** So many of a kind are kept; then all are forgotten, which costs a frame's worth of words. */
const KEPT = 4000;

function kept<K>(make: (key: K) => readonly string[]): (key: K) => readonly string[] {
  const cache = new Map<K, readonly string[]>();
  return (key) => {
    const known = cache.get(key);
    if (known) return known;
    if (cache.size >= KEPT) cache.clear();
    const made = make(key);
    cache.set(key, made);
    return made;
  };
}

export function labelsOf(words: Words, measure: (text: string, plain: boolean) => number): Labels {
  const states = new WeakMap<Spans, (index: number) => readonly string[]>();
  const tasks = new WeakMap<Spans, (index: number) => readonly string[]>();
  const levels = new WeakMap<CellLane, (value: number) => readonly string[]>();
  const parcels = new WeakMap<WireLane, (index: number) => readonly string[]>();
  const holders = new WeakMap<LockLane, (key: number) => readonly string[]>();
  const plainWidths = new Map<string, number>();
  const boldWidths = new Map<string, number>();
  // Arguments and sites are 32 and 18 bits: one number holds both.
  const text = kept((key: number) => [words.mark(Math.floor(key / 2 ** 18) - 1, key % 2 ** 18)]);
  let shown = { time: NaN, pxPerNs: NaN, forms: [""] as readonly string[] };
  return {
    measure(form, plain) {
      const widths = plain ? plainWidths : boldWidths;
      let width = widths.get(form);
      if (width === undefined) {
        if (widths.size >= KEPT) widths.clear();
        widths.set(form, (width = measure(form, plain)));
      }
      return width;
    },
    duration: kept((time) => [words.duration(time)]),
    moment(time, pxPerNs) {
      if (shown.time !== time || shown.pxPerNs !== pxPerNs) {
        shown = {
          time,
          pxPerNs,
          forms: [formatMoment(time, 1 / pxPerNs, words.picture.extent.clock)],
        };
      }
      return shown.forms;
    },
    state(spans, index) {
      let forms = states.get(spans);
      if (!forms) states.set(spans, (forms = kept((at) => words.stateForms(spans, at))));
      return forms(index);
    },
    task(spans, index) {
      let forms = tasks.get(spans);
      if (!forms) tasks.set(spans, (forms = kept((at) => words.tasks.forms(spans, at))));
      return forms(index);
    },
    level(lane, value) {
      let forms = levels.get(lane);
      if (!forms) levels.set(lane, (forms = kept((at) => words.cells.level(lane, at))));
      return forms(value);
    },
    once: kept((thread) => words.cells.once(thread)),
    value: kept((value) => [grouped(value)]),
    channel: kept((lane) => [words.channelNote(lane)]),
    process: (group) => [words.processEnd(group)],
    wire: kept((lane) => [words.wires.note(lane)]),
    parcel(lane, index) {
      let forms = parcels.get(lane);
      if (!forms) parcels.set(lane, (forms = kept((at) => [words.wires.size(lane, at)])));
      return forms(index);
    },
    ready: (what, kind) => words.wires.ready(what, kind),
    holder(lane, alone, thread) {
      let forms = holders.get(lane);
      if (!forms) {
        const make = (at: number): readonly string[] => words.holder(lane, at % 2 === 1, at >> 1);
        holders.set(lane, (forms = kept(make)));
      }
      return forms(thread * 2 + (alone ? 1 : 0));
    },
    thread: kept((id) => [words.thread(id)]),
    object: kept((id) => [words.object(id)]),
    text: (argument, site) => text((argument + 1) * 2 ** 18 + site),
    waiting: kept((count) => [words.text.count("lock.waiting", count), String(count)]),
    mark: kept((row) => {
      const { kind, argument, site } = words.picture.events;
      const said = words.mark(argument[row], site[row]);
      return [said === "" || kind[row] === EventKind.panic ? words.event(row) : said];
    }),
  };
}
