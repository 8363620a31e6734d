/** The reports that a check or a merge writes beside what it prints: JUnit and SARIF. */
import { writeFileSync } from "node:fs";
import { CLI_MESSAGES } from "../../base/catalogue/cli.ts";
import { tell } from "../../base/catalogue/message.ts";
import { systemReason } from "../../base/system-reason.ts";
import type { Complaint } from "../complaint.ts";
import type { Exit } from "../exit.ts";
import { whyNotWritable } from "../files.ts";
import { version } from "../version.ts";
import type { Checked } from "../../explore/checked.ts";
import { junitReport } from "./junit.ts";
import type { ReportTargets } from "./request.ts";
import { sarifReport } from "./sarif.ts";

/** Before anything is explored, so that an hour's work is not lost to a misspelt folder. */
export function whyNotReportable({
  junit,
  sarif,
  result,
  certificate,
}: ReportTargets & { readonly certificate?: string }): Complaint | undefined {
  return [junit, sarif, result, certificate]
    .map((target) => (target === undefined ? undefined : whyNotWritable(target)))
    .find((complaint) => complaint !== undefined);
}

/** Answers a complaint for each that could not be written. */
export function writeReports(
  all: readonly Checked[],
  { junit, sarif }: ReportTargets,
  status: Exit,
): Complaint[] {
  return [
    ...(junit === undefined ? [] : write(junit, junitReport(all))),
    ...(sarif === undefined ? [] : write(sarif, sarifText(all, status))),
  ];
}

function sarifText(all: readonly Checked[], status: Exit): string {
  const about = { version: version(), status, folder: process.cwd() };
  return `${JSON.stringify(sarifReport(all, about), null, 2)}\n`;
}

function write(file: string, text: string): Complaint[] {
  try {
    writeFileSync(file, text);
    return [];
  } catch (error) {
    return [tell(CLI_MESSAGES.cannotWrite, { file, reason: systemReason(error) })];
  }
}
