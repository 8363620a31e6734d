/**
 * Whether a run came to what was recorded: what was printed, what the engine found, how it ended. A replay that says
 * nothing has been checked.
 */
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

/** What is compared of a run. */
export interface CameTo {
  /** Lines, in the order of the console. */
  readonly output: readonly string[];
  /** Absent where the recording broke off before. `code`: of a program that has exited, where it is known. */
  readonly ending?: { readonly kind: Ending["kind"]; readonly code?: number };
  /** Those of the engine. */
  readonly findings: readonly { readonly kind: string }[];
}

/** How much of a line a message shows. */
const SHOWN = 60;

/** In words, what the run did otherwise than the recorded one; undefined: nothing. A recording that broke off is compared as far as it goes. */
export function differenceFrom(recorded: CameTo, run: CameTo): string | undefined {
  const printed = firstOther(recorded.output, run.output);
  const wasWhole = recorded.ending !== undefined && !BROKEN_OFF.has(recorded.ending.kind);
  if (printed !== undefined) {
    const [before, now] = [recorded.output[printed], run.output[printed]];
    if (before !== undefined && now !== undefined) {
      return `line ${printed + 1} of its output was ${shown(before)}, and is ${shown(now)}`;
    }
    if (now === undefined) return `it printed ${shown(before)} then, and does not now`;
    if (wasWhole) return `it prints ${shown(now)} now, and did not then`;
  }
  if (!wasWhole) return undefined;
  const [was, is] = [inWords(recorded.ending), inWords(run.ending)];
  if (was !== is) return `it ${was} then, and ${is} now`;
  const [found, finds] = [kindsOf(recorded.findings), kindsOf(run.findings)];
  return found === finds ? undefined : `found then: ${found}; now: ${finds}`;
}

function inWords(ending: CameTo["ending"]): string {
  if (ending === undefined) return "was broken off";
  if (ending.kind === "exited") return `exited with ${ending.code ?? "a code"}`;
  if (ending.kind === "finished") return "finished";
  return `ended as "${ending.kind}"`;
}

/** Of a recorded run. */
export function cameToOf({ output, end, findings }: Trace): CameTo {
  return {
    output: output.toSorted((one, other) => one.sequence - other.sequence).map(({ text }) => text),
    ...(end === undefined ? {} : { ending: end.ending }),
    findings,
  };
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
