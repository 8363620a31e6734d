/** Files that a person names on the command line: what is wrong with them is said in words. */
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { CLI_MESSAGES } from "../base/catalogue/cli.ts";
import { tell } from "../base/catalogue/message.ts";
import { systemReason } from "../base/system-reason.ts";
import type { Complaint } from "./complaint.ts";

/** Why the file cannot be read; undefined if it can. */
export function whyNotReadable(file: string): Complaint | undefined {
  const refuse = (reason: string) => tell(CLI_MESSAGES.cannotRead, { file, reason });
  try {
    if (statSync(file).isDirectory()) return refuse("it is a folder");
    accessSync(file, constants.R_OK);
    return undefined;
  } catch (error) {
    return refuse(systemReason(error));
  }
}

/** Why a file cannot be written there; undefined if it can. Makes nothing. */
export function whyNotWritable(file: string): Complaint | undefined {
  const refuse = (reason: string) => tell(CLI_MESSAGES.cannotWrite, { file, reason });
  const folder = path.dirname(path.resolve(file));
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat?.isDirectory()) return refuse("it is a folder");
    if (stat === undefined && !statSync(folder).isDirectory())
      return refuse("its folder is a file");
    accessSync(stat === undefined ? folder : file, constants.W_OK);
    return undefined;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return refuse(missing ? "its folder does not exist" : systemReason(error));
  }
}

/** Text of a source file, for code frames; undefined when it has gone meanwhile. */
export function readSource(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    // The frame is lost and the message stays: whoever deleted the file knows why.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}
