/**
 * Whether a run came to what was recorded: what was printed, what the engine found, how it ended. A replay that says
 * nothing has been checked.
 */
import type { RunResult } from "../protocol/run.ts";
import type { Ending } from "../trace/tables.ts";
import type { Trace } from "../trace/trace.ts";

/** Endings that are not the program's own: they come from a machine, or from how long somebody was willing to wait. */
const BROKEN_OFF: ReadonlySet<string> = new Set([
  "time-limit",
  "memory-limit",
  "step-limit",
  "cancelled",
  "crashed",
  "unmodelled",
]);
/** How much of a line a message shows. */
const SHOWN = 60;

/** In words, what the run did otherwise than the recorded one; undefined: nothing. A recording that broke off is compared as far as it goes. */
export function differenceFrom(
  recorded: Trace,
  run: Trace,
  { ending, findings }: RunResult,
): string | undefined {
  const printed = firstOther(linesOf(recorded), linesOf(run));
  const wasWhole = recorded.end !== undefined && !BROKEN_OFF.has(recorded.end.ending.kind);
  if (printed !== undefined) {
    const [before, now] = [linesOf(recorded)[printed], linesOf(run)[printed]];
    if (before !== undefined && now !== undefined) {
      return `line ${printed + 1} of its output was ${shown(before)}, and is ${shown(now)}`;
    }
    if (now === undefined) return `it printed ${shown(before)} then, and does not now`;
    if (wasWhole) return `it prints ${shown(now)} now, and did not then`;
  }
  if (!wasWhole) return undefined;
  const [was, is] = [recorded.end!.ending, ending].map(inWords);
  if (was !== is) return `it ${was} then, and ${is} now`;
  const [found, finds] = [kindsOf(recorded.findings), kindsOf(findings)];
  return found === finds ? undefined : `found then: ${found}; now: ${finds}`;
}

function inWords(ending: Ending): string {
  if (ending.kind === "exited") return `exited with ${ending.code}`;
  if (ending.kind === "finished") return "finished";
  return `ended as "${ending.kind}"`;
}

function linesOf(trace: Trace): string[] {
  return trace.output
    .toSorted((one, other) => one.sequence - other.sequence)
    .map(({ text }) => text);
}

function firstOther(before: readonly string[], now: readonly string[]): number | undefined {
  const length = Math.max(before.length, now.length);
  for (let line = 0; line < length; line++) if (before[line] !== now[line]) return line;
  return undefined;
}

function kindsOf(findings: readonly { readonly kind: string }[]): string {
  const kinds = findings.map(({ kind }) => kind).toSorted();
  return kinds.length === 0 ? "nothing" : kinds.join(", ");
}

function shown(line: string): string {
  return JSON.stringify(line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line);
}
