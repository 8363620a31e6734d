/** Certificates: made of what was checked, written so that there is a whole one at any moment, read with words for what is wrong. */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CHECKING_MESSAGES } from "../../base/catalogue/check.ts";
import { CLI_MESSAGES } from "../../base/catalogue/cli.ts";
import { tell } from "../../base/catalogue/message.ts";
import { systemReason } from "../../base/system-reason.ts";
import { isAsExpected, verdictOf } from "../../explore/checked.ts";
import {
  type Certificate,
  CERTIFICATE_FORMAT,
  CERTIFICATE_VERSION,
  type CertifiedProgram,
  isCertificate,
} from "../../protocol/certificate.ts";
import type { ExploreResult } from "../../protocol/explore.ts";
import type { Complaint } from "../complaint.ts";
import { whyNotReadable } from "../files.ts";
import type { CheckedProgram } from "./check-program.ts";
import { thisTool } from "./result-file.ts";
import { keptOptions } from "./result-keeper.ts";
import { sha256, withSlashes } from "./source-hash.ts";

/** Why there is none of these programs: each must have come to what it expects, as a whole. */
export function whyNotCertified(programs: readonly CheckedProgram[]): Complaint | undefined {
  for (const { checked } of programs) {
    const { file, expected, shard } = checked;
    const verdict = verdictOf(checked);
    const reason =
      shard !== undefined
        ? "only a part of it was explored (--shard)"
        : checked.interrupted === true
          ? "exploring it was interrupted"
          : isAsExpected(checked)
            ? undefined
            : `it is ${verdict}, where ${expected} was expected`;
    if (reason !== undefined) return tell(CHECKING_MESSAGES.notCertified, { file, reason });
  }
  return undefined;
}

/** `file`: where it will lie. The same check gives the same bytes. */
export function certificateOf(programs: readonly CheckedProgram[], file: string): Certificate {
  return {
    ...{ format: CERTIFICATE_FORMAT, version: CERTIFICATE_VERSION, tool: thisTool() },
    programs: programs
      .flatMap((program) => certified(program, file))
      .sort((one, other) => (one.file < other.file ? -1 : 1)),
  };
}

function certified(program: CheckedProgram, certificate: string): CertifiedProgram[] {
  const { checked, options, sources } = program;
  const { result, expected, file } = checked;
  if (result === undefined || options === undefined || sources === undefined) return [];
  const { verdict, complete, executions, steps, phases, unmodelled } = result;
  return [
    {
      file: fileFrom(certificate, file),
      ...{ sources, options: keptOptions(options), expected, verdict, complete },
      ...{ executions, steps, phases },
      outcomes: { count: result.outcomes.length, sha256: hashOfOutcomes(result) },
      unmodelled,
    },
  ];
}

/** What a certificate calls a program that lies there. */
export function fileFrom(certificate: string, file: string): string {
  return withSlashes(path.relative(path.dirname(path.resolve(certificate)), path.resolve(file)));
}

function hashOfOutcomes({ outcomes }: ExploreResult): string {
  const byName = ([one]: [string, unknown], [other]: [string, unknown]): number =>
    one < other ? -1 : 1;
  const ends = outcomes.map(({ output, shared }) =>
    JSON.stringify([output, Object.entries(shared).sort(byName)]),
  );
  return sha256(JSON.stringify(ends.sort()));
}

/** Answers why it could not be written. */
export function writeCertificate(file: string, certificate: Certificate): Complaint | undefined {
  const made = `${file}.${process.pid}.part`;
  try {
    writeFileSync(made, `${JSON.stringify(certificate, null, 2)}\n`);
    renameSync(made, file);
    return undefined;
  } catch (error) {
    rmSync(made, { force: true });
    return tell(CLI_MESSAGES.cannotWrite, { file, reason: systemReason(error) });
  }
}

export function readCertificate(
  file: string,
): { readonly certificate: Certificate } | { readonly complaint: Complaint } {
  const unreadable = whyNotReadable(file);
  if (unreadable !== undefined) return { complaint: unreadable };
  try {
    const read: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (isCertificate(read)) return { certificate: read as Certificate };
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      return { complaint: tell(CLI_MESSAGES.cannotRead, { file, reason: systemReason(error) }) };
    }
  }
  return { complaint: tell(CHECKING_MESSAGES.noCertificate, { file }) };
}
