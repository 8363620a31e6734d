/**
 * A run on a terminal: what happened in a few sentences, the facts, a lane per thread, what was waited for, which messages
 * went where, what was found. Pure: the same run gives the same lines.
 */
import { lifeOf, storyOf } from "../../analysis/story.ts";
import type { Summary } from "../../analysis/summary.ts";
import type { Verdict } from "../../analysis/verdict.ts";
import { isExpected } from "../../explore/expectation.ts";
import type { Ending } from "../../trace/tables.ts";
import type { Timeline } from "../../trace/timeline/timeline.ts";
import type { Look } from "../terminal.ts";
import { duration } from "./duration.ts";
import { renderFindings } from "./findings.ts";
import { renderLanes } from "./lanes.ts";
import { renderMessages } from "./messages.ts";
import type { Paint } from "./paint.ts";
import { plain } from "./plain.ts";
import { paintSentence } from "./sentence.ts";
import { renderWaits } from "./waits.ts";
import { wrap } from "./wrap.ts";

export interface RenderedRun {
  readonly timeline: Timeline;
  readonly summary: Summary;
  readonly verdict: Verdict;
  /** What `@expect` says, if it says anything. */
  readonly expected: string | undefined;
  readonly ending: Ending | undefined;
}

export function renderRun(run: RenderedRun, look: Look, paint: Paint): string[] {
  const { timeline, summary } = run;
  const { findings } = summary;
  const story = storyOf(timeline, findings).map((sentence) => paintSentence(sentence, paint));
  const lanes = timeline.threads.map(({ id, states }) => ({
    thread: id,
    name: timeline.trace.threadName(id),
    states,
  }));
  return [
    ...wrap(story.join(" "), look.width),
    ...wrap(facts(run, look, paint), look.width),
    ...section(
      "Threads",
      renderLanes(lanes, timeline.now, timeline.trace.clock, look, paint),
      paint,
    ),
    ...section("Waits", renderWaits(timeline, summary, look, paint), paint),
    ...section("Messages", renderMessages(summary, look, paint), paint),
    ...section("Findings", renderFindings(findings, look, paint), paint),
  ].map((line) => (look.unicode ? line : plain(line)));
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : ["", paint.bold(title), ...lines];
}

/** `ok · 4 threads · 212 events · 31.4 ms · real threads`. */
function facts(run: RenderedRun, look: Look, paint: Paint): string {
  const { summary, ending, timeline } = run;
  const many = (count: number, what: string) =>
    `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
  return [
    verdictText(run, paint),
    ...(ending === undefined ? [] : endingText(ending, look)),
    many(summary.threads.length, "thread"),
    many(summary.events, "event"),
    duration(lifeOf(run.timeline), run.timeline.trace.clock, look),
    engineText(timeline),
  ].join(paint.dim(look.unicode ? " · " : " | "));
}

const MODELS = {
  parallel: "parallel",
  timesliced: "time-sliced",
  cooperative: "cooperative",
  green: "green threads",
} as const;

/** `real threads`, `modelled: time-sliced on 1 core, quantum 25`. */
function engineText({ trace: { head } }: Timeline): string {
  if (head?.engine !== "model") return "real threads";
  const { model, cores = 1, quantum } = head;
  if (model === undefined) return "model";
  const places = model === "green" ? "system thread" : "core";
  const slices = quantum === undefined ? "" : `, quantum ${quantum.toLocaleString("en")}`;
  return `modelled: ${MODELS[model]} on ${cores} ${places}${cores === 1 ? "" : "s"}${slices}`;
}

function verdictText({ verdict, expected, summary }: RenderedRun, paint: Paint): string {
  const asExpected = isExpected(verdict, summary.findings, expected);
  const text =
    expected === undefined
      ? verdict
      : asExpected
        ? verdict === expected
          ? `${verdict}, as expected`
          : `${verdict}, with ${expected} as expected`
        : `${verdict}, where ${expected} was expected`;
  return paint.bold(asExpected ? paint.good(text) : paint.bad(text));
}

function endingText(ending: Ending, look: Look): string[] {
  switch (ending.kind) {
    case "finished":
    case "stuck":
    case "cancelled":
      return [];
    case "exited":
      return [`process.exit(${ending.code})`];
    case "time-limit":
      return [`stopped after ${duration(ending.limitMs * 1e6, "nanoseconds", look)}`];
    case "memory-limit":
      return [`stopped at ${Math.round(ending.limitBytes / (1 << 20))} MB`];
    case "step-limit":
      return [`stopped after ${ending.limit.toLocaleString("en")} steps`];
    case "unmodelled":
      return ["stopped where the model cannot follow"];
    case "crashed":
      return ["the runner crashed"];
  }
}
