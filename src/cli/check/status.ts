/** The exit status that tells a script what came of checking programs. */
import { type Checked, isAsExpected } from "../../explore/checked.ts";
import { Exit } from "../exit.ts";
import { exitOf } from "../expectation.ts";

/** The exit status of one. */
export function statusOf(checked: Checked): Exit {
  const { result, expected } = checked;
  if (result === undefined) return Exit.BAD_USAGE;
  if (isAsExpected(checked)) return Exit.AS_EXPECTED;
  return exitOf(result.verdict, result.findings, expected);
}

/** What a script must know first comes first. */
const ORDER: readonly Exit[] = [
  Exit.INTERRUPTED,
  Exit.BAD_USAGE,
  Exit.NOT_AS_EXPECTED,
  Exit.STOPPED_AT_LIMIT,
];

/** The exit status of several. */
export function statusOfAll(all: readonly Checked[], interrupted: boolean): Exit {
  const met = new Set<Exit>(all.map(statusOf));
  if (interrupted) met.add(Exit.INTERRUPTED);
  return ORDER.find((status) => met.has(status)) ?? Exit.AS_EXPECTED;
}
