/**
 * What tells whether two results are of the same program: a hash of the texts of its own files. Paths count as they lie beside
 * the entry, so that jobs on several machines come to the same.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import type { CompiledProgram } from "../../protocol/program.ts";

/** SHA-256, in hexadecimal. */
export function sourceHash({ entry, sources }: CompiledProgram): string {
  const folder = path.dirname(entry);
  const texts = sources
    .map(({ file, text }) => [path.relative(folder, file).replaceAll("\\", "/"), text])
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex");
}
