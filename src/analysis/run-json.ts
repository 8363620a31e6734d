/** What `trace --json` and `export --format json` print: the summary of the analyses, with the verdict before it. */
import type { Summary } from "./summary.ts";
import type { Verdict } from "./verdict.ts";
import type { Diagnostic } from "../protocol/program.ts";
import type { Ending } from "../trace/tables.ts";

export interface RunJson extends Summary {
  readonly file: string;
  readonly verdict: Verdict;
  /** What `@expect` says; absent where it says nothing, and in what is exported from a trace. */
  readonly expected?: string;
  /** How the run ended; absent where the trace does not tell. */
  readonly ending?: Ending;
  /** What the compiler said; empty in what is exported from a trace. */
  readonly diagnostics: readonly Diagnostic[];
}

export function runJson(
  summary: Summary,
  about: Pick<RunJson, "file" | "verdict" | "diagnostics"> & {
    readonly expected: string | undefined;
    readonly ending: Ending | undefined;
  },
): RunJson {
  const { file, verdict, expected, ending, diagnostics } = about;
  return {
    ...summary,
    // A run that was cut short is not ok, even where nothing was found until then.
    ok: verdict === "ok",
    file,
    verdict,
    ...(expected === undefined ? {} : { expected }),
    ...(ending === undefined ? {} : { ending }),
    diagnostics,
  };
}
