/** A replayed run, for a model to read: the verdict, then what happened turn by turn, then what is wrong with it. */
import type { Verdict } from "../../analysis/verdict.ts";
import { counted } from "../../analysis/words.ts";
import type { ExploredFinding } from "../../protocol/explore.ts";
import type { TraceProblem } from "../../trace/problem.ts";
import { toldText } from "../refusal.ts";
import type { AgentWorld } from "../world.ts";
import { findingText } from "./checked.ts";

/** An operation as it went. */
export interface ToldEvent {
  readonly thread: string;
  /** `loads \`counter\` → 0`. */
  readonly text: string;
  readonly file?: string;
  readonly line?: number;
}

export interface Replayed {
  readonly file: string;
  readonly verdict: Verdict;
  readonly ended: string;
  readonly engine: "model" | "native";
  /** Why it is not on the engine that it began on. */
  readonly note?: string;
  readonly events: readonly ToldEvent[];
  readonly output: readonly string[];
  readonly shared: Readonly<Record<string, string>>;
  readonly findings: readonly ExploredFinding[];
  readonly schedule: string;
  /** Where what it followed did not fit. */
  readonly problems: readonly TraceProblem[];
  readonly difference?: string;
}

/** Of a longer run the last ones: that is where it fails. The data has all. */
const MOST_EVENTS = 300;

export function replayedText(replayed: Replayed, world: AgentWorld): string {
  const { file, verdict, ended, engine, note, events, output, shared, findings } = replayed;
  const shown = events.slice(-MOST_EVENTS);
  const cut = events.length - shown.length;
  const values = Object.entries(shared).map(([name, text]) => `${name} = ${text}`);
  return [
    `${file}: ${verdict} (${ended}, ${counted(events.length, "operation")}, ${engine} engine)`,
    ...(note === undefined ? [] : [note]),
    ...replayed.problems.map((problem) => `It does not fit the program: ${toldText(problem)}`),
    ...(replayed.difference === undefined
      ? []
      : [`It is not the run that was recorded: ${replayed.difference}.`]),
    "",
    "What happened:",
    ...(cut > 0 ? [`(${counted(cut, "operation")} before)`] : []),
    ...turnsText(shown),
    ...(output.length === 0 ? [] : ["", "Output:", ...output.map((line) => `  ${line}`)]),
    ...(values.length === 0 ? [] : ["", `In the end: ${values.join(", ")}`]),
    // The schedule is known to whoever asked, and the story has been told in full.
    ...findings.map(({ schedule: _, story: __, ...finding }) => `\n${findingText(finding, world)}`),
  ].join("\n");
}

/** A turn: what one thread did before another went on. */
export function turnsText(events: readonly ToldEvent[]): string[] {
  return events.flatMap((event, index) => [
    ...(event.thread === events[index - 1]?.thread ? [] : [`${event.thread}:`]),
    `  ${event.text}${placeOf(event)}`,
  ]);
}

function placeOf({ file, line }: ToldEvent): string {
  return file === undefined ? "" : ` (${file}:${line})`;
}
