/**
 * What tells whether two results are of the same program: hashes of the texts of its own files. Paths count as they lie beside
 * the entry, so that jobs on several machines come to the same.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import type { SourceHash } from "../../protocol/certificate.ts";
import type { CompiledProgram } from "../../protocol/program.ts";

type Sources = Pick<CompiledProgram, "entry" | "sources">;

/** SHA-256 of all of them together, in hexadecimal. */
export function sourceHash(program: Sources): string {
  return sha256(JSON.stringify(textsOf(program)));
}

/** Of each by itself, by file. */
export function sourceHashes(program: Sources): SourceHash[] {
  return textsOf(program).map(([file, text]) => ({ file, sha256: sha256(text) }));
}

/** SHA-256 in hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function textsOf({ entry, sources }: Sources): [file: string, text: string][] {
  const folder = path.dirname(entry);
  return sources
    .map(({ file, text }): [string, string] => [withSlashes(path.relative(folder, file)), text])
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/** As paths are written in files that go to other machines. */
export const withSlashes = (file: string): string => file.replaceAll("\\", "/");
