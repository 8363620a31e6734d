/**
 * What the adapter needs of where it runs: somebody who compiles and begins a program, and the session that it then has.
 * The extension's `StepSessions` is one; a session is shared with the panel, which may move it at any time.
 */
import type { StepEnd } from "../engine/stepping/step-session.ts";
import type { Listeners } from "../base/listeners.ts";
import type { CompiledProgram, Diagnostic } from "../protocol/program.ts";
import type { Begun, StepEvent, StepRequest, StepState } from "../protocol/step.ts";
import type { OutputLine } from "../trace/tables.ts";
import type { Launch } from "./launch.ts";

/** A request, whoever asks; how a session begins and ends is not the adapter's business. */
export type SessionRequest = Exclude<StepRequest, { kind: "begin" | "end" }>;

export interface SteppedProgram {
  readonly plan: { readonly compiled: CompiledProgram };
  readonly begun: Begun;
  /** Where it stands, as it was told last. */
  readonly state: StepState;
  /** Everything that was printed on the way here. */
  readonly output: readonly OutputLine[];
  /** Every event, in order, after `state` and `output` have been brought up to date. */
  readonly told: Pick<Listeners<StepEvent>, "add">;
  /** Once: why it is over. */
  readonly over: Pick<Listeners<StepEnd>, "add">;
  /** Rejects with an error that has the catalogue's `code`, and perhaps a `remedy`, where the session refuses. */
  ask(request: SessionRequest): Promise<unknown>;
}

export type Opening =
  | {
      readonly ok: true;
      readonly session: SteppedProgram;
      /** The adapter's: it disposes of it when done, and the session ends if nobody else has it. */
      readonly held: Disposable;
      /** It was there before, and stands where somebody else has stepped to. */
      readonly joined: boolean;
    }
  | { readonly ok: false; readonly why: OpeningRefusal };

export type OpeningRefusal =
  | { readonly kind: "compile"; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly kind: "failed";
      readonly code: string | undefined;
      readonly message: string;
      readonly remedy?: string | undefined;
    }
  | { readonly kind: "replaced" };

export interface DebugHost {
  /**
   * Compiles the program as it is now and begins it, following the launch's schedule or trace; or joins the session that it
   * has, unless it shall begin `anew`. Rejects with a `Refusal` where a file that the launch names cannot be read.
   */
  open(launch: Launch, anew: boolean): Promise<Opening>;
}
