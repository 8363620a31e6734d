/** Result files on the disk: read with words for what is wrong, written so that there is a whole one at any moment. */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { CHECKING_MESSAGES } from "../../base/catalogue/check.ts";
import { CLI_MESSAGES } from "../../base/catalogue/cli.ts";
import { tell } from "../../base/catalogue/message.ts";
import { systemReason } from "../../base/system-reason.ts";
import { object, text, whole } from "../../base/shape.ts";
import { isResultFile, RESULT_VERSION, type ResultFile } from "../../protocol/result-file.ts";
import type { Complaint } from "../complaint.ts";
import { whyNotReadable } from "../files.ts";
import { version } from "../version.ts";

export const thisTool = (): string => `threadloom ${version()}`;

const versioned = object({ format: text, version: whole });

export function readResult(
  file: string,
): { readonly result: ResultFile } | { readonly complaint: Complaint } {
  const unreadable = whyNotReadable(file);
  if (unreadable !== undefined) return { complaint: unreadable };
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      return { complaint: tell(CLI_MESSAGES.cannotRead, { file, reason: systemReason(error) }) };
    }
    return { complaint: tell(CHECKING_MESSAGES.noResult, { file }) };
  }
  if (!versioned(read)) return { complaint: tell(CHECKING_MESSAGES.noResult, { file }) };
  const { version: its } = read as ResultFile;
  if (its !== RESULT_VERSION) {
    const values = { file, version: its, own: RESULT_VERSION };
    return { complaint: tell(CHECKING_MESSAGES.otherResultVersion, values) };
  }
  if (!isResultFile(read)) return { complaint: tell(CHECKING_MESSAGES.noResult, { file }) };
  return { result: read as ResultFile };
}

/** Whoever reads it meanwhile, or finds it after a crash, has the one before or this one. Answers why it could not be written. */
export function writeResult(file: string, result: ResultFile): Complaint | undefined {
  const made = `${file}.${process.pid}.part`;
  try {
    writeFileSync(made, `${JSON.stringify(result)}\n`);
    renameSync(made, file);
    return undefined;
  } catch (error) {
    rmSync(made, { force: true });
    return tell(CLI_MESSAGES.cannotWrite, { file, reason: systemReason(error) });
  }
}
