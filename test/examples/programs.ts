/** The example programs: a folder for each chapter, each program with a name of its own. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";

const folder = path.resolve(import.meta.dirname, "../../examples");

/** Each program's file by its name, which is the file's without its extension; in the order of the chapters. */
export const EXAMPLE_FILES: ReadonlyMap<string, string> = new Map(
  globSync("*/*.ts", { cwd: folder })
    .sort()
    .map((file) => [path.basename(file, ".ts"), path.join(folder, file)]),
);

const startsProcesses = (file: string): boolean =>
  readFileSync(file, "utf8").includes("Process.spawn");

/** Those that start processes of the system. */
export const PROCESS_FILES: ReadonlyMap<string, string> = new Map(
  [...EXAMPLE_FILES].filter(([, file]) => startsProcesses(file)),
);

/**
 * Those whose steps can be put in a given order on real threads: without processes of the system, which nobody holds up
 * (TL2404).
 */
export const ORDERED_FILES: ReadonlyMap<string, string> = new Map(
  [...EXAMPLE_FILES].filter(([, file]) => !startsProcesses(file)),
);

/** @throws RangeError if there is no example of that name */
export function exampleFile(name: string): string {
  const file = EXAMPLE_FILES.get(name);
  if (file === undefined) throw new RangeError(`No example is called ${name}`);
  return file;
}
