/**
 * `threadloom check FILE|DIR… --verify CERTIFICATE`: whether programs are what a certificate speaks of. They are compiled, since
 * only that tells which files they consist of, and not explored.
 */
import { CHECKING_MESSAGES } from "../../base/catalogue/check.ts";
import { tell } from "../../base/catalogue/message.ts";
import { createCompilerClient } from "../../compiler/client.ts";
import type { Certificate, CertifiedProgram, SourceHash } from "../../protocol/certificate.ts";
import { Exit } from "../exit.ts";
import { listenForInterrupt } from "../interrupt.ts";
import type { Screen } from "../screen.ts";
import { fileFrom, readCertificate } from "./certificate.ts";
import { findPrograms } from "./programs.ts";
import type { CheckRequest } from "./request.ts";
import { thisTool } from "./result-file.ts";
import { sourceHashes } from "./source-hash.ts";

export async function verify(
  { places, json }: Pick<CheckRequest, "places" | "json">,
  certificateFile: string,
  screen: Screen,
): Promise<Exit> {
  const read = readCertificate(certificateFile);
  if ("complaint" in read) return screen.refuse(read.complaint, json);
  const programs = findPrograms(places);
  if ("complaint" in programs) return screen.refuse(programs.complaint, json);
  using interrupt = listenForInterrupt();
  const compiler = createCompilerClient();
  let status: Exit = Exit.AS_EXPECTED;
  try {
    for (const file of programs.files) {
      const compilation = await compiler.compile(file, {}, interrupt.signal, "model");
      const sources = compilation.ok ? sourceHashes(compilation.program) : undefined;
      const known = knownIn(read.certificate, certificateFile, file);
      const reason = whyNot(read.certificate, known, sources);
      if (reason !== undefined) status = Exit.NOT_AS_EXPECTED;
      if (json) screen.json({ file, certified: reason === undefined, reason: reason ?? null });
      else if (reason === undefined) screen.print([`${file}  certified: ${extentOf(known!)}`]);
      else {
        const values = { file, certificate: certificateFile, reason };
        screen.complain(tell(CHECKING_MESSAGES.otherThanCertified, values), "error");
      }
    }
    return status;
  } catch (error) {
    if (interrupt.signal.aborted) return Exit.INTERRUPTED;
    throw error;
  } finally {
    await compiler.dispose();
  }
}

function knownIn(
  { programs }: Certificate,
  certificateFile: string,
  file: string,
): CertifiedProgram | undefined {
  const name = fileFrom(certificateFile, file);
  return programs.find((program) => program.file === name);
}

/** Why the certificate does not speak of a program with these files. */
function whyNot(
  { tool }: Certificate,
  known: CertifiedProgram | undefined,
  sources: readonly SourceHash[] | undefined,
): string | undefined {
  if (known === undefined) return "it is not in there";
  if (sources === undefined) return "it does not compile";
  if (tool !== thisTool()) return `it was certified by ${tool}, and this is ${thisTool()}`;
  const now = new Map(sources.map((source) => [source.file, source.sha256]));
  for (const { file, sha256 } of known.sources) {
    if (!now.has(file)) return `${file} is no part of it any more`;
    if (now.get(file) !== sha256) return `${file} has changed since`;
    now.delete(file);
  }
  const [added] = now.keys();
  return added === undefined ? undefined : `${added} has become a part of it`;
}

/** `ok · 12 executions · every interleaving`. */
function extentOf({ verdict, executions, complete, phases }: CertifiedProgram): string {
  const last = phases.at(-1);
  const bound = last?.bound === undefined ? "" : `, at most ${last.bound} preemptions`;
  const how = complete ? "every interleaving" : `by ${last?.strategy ?? "nothing"}${bound}`;
  return [verdict, `${executions} executions`, how].join(" · ");
}
