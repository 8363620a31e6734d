/**
 * Schedules kept beside their programs: `bank.schedule` next to `bank.ts`. A failure that was found once is tried first from
 * then on, whatever the search would have begun with.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CHECKING_MESSAGES } from "../../base/catalogue/check.ts";
import { CLI_MESSAGES } from "../../base/catalogue/cli.ts";
import { tell } from "../../base/catalogue/message.ts";
import { savedScheduleName, savedScheduleText } from "../../explore/saved-schedule.ts";
import type { ExploredFinding } from "../../protocol/explore.ts";
import { parseSchedule } from "../../trace/schedule.ts";
import type { Complaint } from "../complaint.ts";
import { reasonOf } from "../files.ts";
import { type Checked, findingsOf } from "../../explore/checked.ts";

export function savedScheduleOf(file: string): string {
  return path.join(path.dirname(file), savedScheduleName(path.basename(file)));
}

/** Its text; undefined where there is none. One that cannot be used is told, and passed over. */
export function readSavedSchedule(
  file: string,
  warn: (complaint: Complaint) => void,
): string | undefined {
  const saved = savedScheduleOf(file);
  let text: string;
  try {
    text = readFileSync(saved, "utf8");
  } catch (error) {
    // Most programs have none.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    warn(tell(CLI_MESSAGES.cannotRead, { file: saved, reason: reasonOf(error) }));
    return undefined;
  }
  const [problem] = parseSchedule(text).problems;
  if (problem === undefined) return text;
  warn(tell(CHECKING_MESSAGES.savedUnusable, { file: saved, reason: problem.message }));
  return undefined;
}

/** The gravest failure that has a schedule; undefined if nothing failed. */
export function worthSaving(checked: Checked): ExploredFinding | undefined {
  return findingsOf(checked).find(
    ({ severity, schedule }) => severity === "error" && schedule !== undefined,
  );
}

/** Keeps it. Answers why it could not be. */
export function saveSchedule(checked: Checked, finding: ExploredFinding): Complaint | undefined {
  const target = savedScheduleOf(checked.file);
  try {
    writeFileSync(
      target,
      savedScheduleText(path.basename(checked.file), finding, finding.schedule ?? ""),
    );
    return undefined;
  } catch (error) {
    return tell(CLI_MESSAGES.cannotWrite, { file: target, reason: reasonOf(error) });
  }
}
