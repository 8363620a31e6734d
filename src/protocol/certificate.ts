/**
 * The file that `threadloom check --certificate` leaves: that programs, as these texts have them, came to what they expect, and
 * by which search. It holds nothing that changes from one check to the next (no times, no schedules), so that it can be committed
 * and compared. Left out: findings and outcomes themselves, which are in result files.
 */
import { amount, flag, list, object, oneOf, optional, text, whole } from "../base/shape.ts";
import { type Phase, STRATEGIES } from "./explore.ts";
import type { KeptOptions } from "./result-file.ts";

export const CERTIFICATE_FORMAT = "threadloom certificate";
/** A reader takes files of its own version alone. */
export const CERTIFICATE_VERSION = 1;

export interface Certificate {
  readonly format: typeof CERTIFICATE_FORMAT;
  readonly version: typeof CERTIFICATE_VERSION;
  /** Of Threadloom: another one may explore other executions. */
  readonly tool: string;
  /** By file. */
  readonly programs: readonly CertifiedProgram[];
}

export interface CertifiedProgram {
  /** As it lies from the certificate's folder, with `/`. */
  readonly file: string;
  /** Its own files, as they lie from the program's folder. */
  readonly sources: readonly SourceHash[];
  readonly options: KeptOptions;
  /** What `@expect` says, or `ok`. */
  readonly expected: string;
  readonly verdict: string;
  /** Whether every interleaving was explored: a proof. */
  readonly complete: boolean;
  readonly executions: number;
  readonly steps: number;
  readonly phases: readonly Phase[];
  /** How many ways there are to end, and SHA-256 of them all: output and last shared values. */
  readonly outcomes: { readonly count: number; readonly sha256: string };
  /** What was not modelled, each as a sentence. */
  readonly unmodelled: readonly string[];
}

export interface SourceHash {
  readonly file: string;
  /** Of its text, in hexadecimal. */
  readonly sha256: string;
}

const strategy = oneOf(...STRATEGIES);

const program = object({
  file: text,
  sources: list(object({ file: text, sha256: text })),
  options: object({ strategy, seed: amount }),
  expected: text,
  verdict: text,
  complete: flag,
  executions: whole,
  steps: whole,
  phases: list(object({ strategy, bound: optional(whole), executions: whole, complete: flag })),
  outcomes: object({ count: whole, sha256: text }),
  unmodelled: list(text),
});

/** Whether a value out of a file is one; its version is looked at here as well. */
export const isCertificate = object({
  format: oneOf(CERTIFICATE_FORMAT),
  version: oneOf(CERTIFICATE_VERSION),
  tool: text,
  programs: list(program),
});
