/** A run on real threads, for a model to read: the sentence that matters, what was found, what was printed, what was waited for. */
import type { RunJson } from "../../analysis/run-json.ts";
import { counted } from "../../analysis/words.ts";
import { formatDuration } from "../../base/duration.ts";
import type { AgentWorld } from "../world.ts";
import { findingText } from "./checked.ts";

const MOST_LINES = 60;
const MOST_OBJECTS = 12;

export function ranText(run: RunJson, story: readonly string[], world: AgentWorld): string {
  const { file, verdict, expected, engine, threads, events, durationNs, findings, objects } = run;
  const clock = engine === "model" ? "ticks" : "nanoseconds";
  const time = (ns: number): string => formatDuration(ns, clock);
  const wanted =
    expected === undefined || expected === verdict ? "" : `, where ${expected} is expected`;
  const printed = run.output.slice(0, MOST_LINES);
  const more = run.output.length - printed.length;
  const contended = objects
    .filter(({ waitedNs }) => waitedNs > 0)
    .toSorted((one, other) => other.waitedNs - one.waitedNs)
    .slice(0, MOST_OBJECTS);
  const names = new Map(threads.map(({ id, name }) => [id, name]));
  return [
    `${file}: ${verdict}${wanted} (${engine} engine, ${counted(threads.length, "thread")}, ${counted(events, "event")}, ${time(durationNs)})`,
    ...story,
    ...findings.map((finding) => `\n${findingText(finding, world)}`),
    ...(printed.length === 0 ? ["", "It printed nothing."] : ["", "Output:"]),
    ...printed.map(({ thread, text }) => `  ${names.get(thread) ?? thread}: ${text}`),
    ...(more > 0 ? [`  and ${counted(more, "more line")}`] : []),
    ...(contended.length === 0 ? [] : ["", "Waited for:"]),
    ...contended.map(
      ({ kind, name, waitedNs, contended: waits }) =>
        `  ${kind} ${name}: ${time(waitedNs)} in ${counted(waits, "wait")}`,
    ),
  ].join("\n");
}
