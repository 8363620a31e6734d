/**
 * Which programs are meant by the files and folders that a person names: a file as it is, and of a folder every `.ts` file,
 * however deep, that says at its head that it is a program. Packages, hidden folders and declarations are passed over, and
 * links to folders are not followed: a folder may be linked into itself.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { CHECKING_MESSAGES } from "../../base/catalogue/check.ts";
import { CLI_MESSAGES } from "../../base/catalogue/cli.ts";
import { tell } from "../../base/catalogue/message.ts";
import { systemReason } from "../../base/system-reason.ts";
import { isAnnotatedProgram } from "../../language/program-head.ts";
import type { Complaint } from "../complaint.ts";
import { whyNotReadable } from "../files.ts";

export type Programs =
  | {
      readonly files: readonly string[];
      /** Whether they are a list for whoever named them, even if it is of one. */
      readonly isList: boolean;
    }
  | { readonly complaint: Complaint };

/** In the order in which they were named, those of a folder by their names; none twice. */
export function findPrograms(places: readonly string[]): Programs {
  const found = new Map<string, string>();
  let isList = places.length > 1;
  for (const place of places) {
    const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
    const unreadable = isFolder ? undefined : whyNotReadable(place);
    if (unreadable !== undefined) return { complaint: unreadable };
    try {
      const files = isFolder ? programsIn(place) : [place];
      if (files.length === 0) {
        return { complaint: tell(CHECKING_MESSAGES.noPrograms, { folder: place }) };
      }
      for (const file of files) {
        const whole = path.resolve(file);
        if (!found.has(whole)) found.set(whole, file);
      }
    } catch (error) {
      const reason = systemReason(error);
      return { complaint: tell(CLI_MESSAGES.cannotRead, { file: place, reason }) };
    }
    isList ||= isFolder;
  }
  return { files: [...found.values()], isList };
}

function programsIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const { name } = entry;
    const file = path.join(folder, name);
    if (entry.isDirectory()) {
      return name === "node_modules" || name.startsWith(".") ? [] : programsIn(file);
    }
    const isSource = name.endsWith(".ts") && !name.endsWith(".d.ts");
    return isSource && isAnnotatedProgram(readFileSync(file, "utf8")) ? [file] : [];
  });
}
