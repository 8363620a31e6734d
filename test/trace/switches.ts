/** Runs under an execution model, for tests: threads that take turns on cores, told as who was where until when and why. */
import type { ExecutionModelName } from "../../src/protocol/execution-model.ts";
import { EventKind } from "../../src/trace/event.ts";
import { joined, piecesOf, type Record, type Run } from "./records.ts";

/** One stay on a core. Its thread then waits (for object 1), yields, ends, or has had its quantum. */
export interface Stay {
  readonly core: number;
  readonly thread: number;
  readonly from: number;
  readonly until: number;
  readonly waited: number;
  readonly why: "quantum" | "yielded" | "waits" | "slept" | "ended";
}

function recordsOf({ core, thread, from, until, waited, why }: Stay): Record[] {
  const came = { time: from, kind: EventKind.onCore, thread, argument: core, version: waited };
  const left = { time: until, kind: EventKind.offCore, thread, argument: core };
  switch (why) {
    case "quantum":
      return [came, left];
    case "yielded":
      return [came, { time: until - 1, kind: EventKind.yield, thread }, left];
    case "waits":
      return [came, { time: until, kind: EventKind.block, thread, object: 1, argument: -1 }];
    case "slept":
      return [came, { time: until, kind: EventKind.sleep, thread }];
    case "ended":
      return [came, { time: until - 1, kind: EventKind.threadEnd, thread }];
  }
}

/** In the order in which the stays are given, which is that of their beginnings on each core. */
export function switchesRun(
  stays: readonly Stay[],
  cores: number,
  model: ExecutionModelName = cores === 1 ? "timesliced" : "parallel",
): Run {
  const threads = stays.reduce((most, { thread }) => Math.max(most, thread), 0) + 1;
  const durationNs = stays.reduce((most, { until }) => Math.max(most, until), 0);
  const names = ["main", "solver", "encoder", "screen"];
  return {
    engine: "model",
    head: { clock: "ticks", model, cores },
    threads: Array.from({ length: threads }, (_, id) => ({
      name: names[id] ?? `worker-${id}`,
      object: 100 + id,
    })),
    records: stays.flatMap(recordsOf),
    end: { ending: { kind: "finished" }, durationNs },
  };
}

export const switchesTrace = (...told: Parameters<typeof switchesRun>): Uint8Array =>
  joined(piecesOf(switchesRun(...told)));

/** Threads that take turns by a quantum of ten ticks, `count` times on each core. */
export function manySwitches(count: number, threads: number, cores: number): readonly Stay[] {
  return Array.from({ length: count * cores }, (_, index) => {
    const [turn, core] = [Math.floor(index / cores), index % cores];
    const thread = (index * 7) % threads;
    const from = turn * 10;
    return { core, thread, from, until: from + 10, waited: turn === 0 ? 0 : 3, why: "quantum" };
  });
}
