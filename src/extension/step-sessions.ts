/**
 * The step sessions of this window: at most one for each program, shared by the panel, the debug adapter and the editor.
 * Whoever opens one for a program that has one ends that first: the program is compiled anew, as it is now.
 */
import * as vscode from "vscode";
import type { Compilation, Diagnostic, ProgramOptions } from "../protocol/program.ts";
import { playedAs } from "../protocol/execution-model.ts";
import { STEP_PROTOCOL, type StepChannel } from "../protocol/step.ts";
import { baseName, nameOf, overlaysFor } from "./documents.ts";
import type { Log } from "./log.ts";
import { setting } from "./settings.ts";
import { saidBy, StepSession } from "../engine/stepping/step-session.ts";

export interface StepDoors {
  /** In the form that is stepped through. Rejects at once when the signal is aborted. */
  compileToStep(
    entry: string,
    overlays: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Compilation>;
  /** The same for real threads, to which a session goes where the model cannot follow. Absent where there are none. */
  compileToFallBack?(
    entry: string,
    overlays: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Compilation>;
  /** A channel to a session that has not begun yet. */
  openStepping(): StepChannel;
}

export interface StepOptions {
  readonly argv?: readonly string[];
  /** Instead of what the program's head says. */
  readonly options?: ProgramOptions;
  /** The text of a schedule that the run follows first. */
  readonly schedule?: string;
  /** A recorded run that it follows first. */
  readonly trace?: Uint8Array;
}

export type StepOpening =
  /** `held` is the opener's: dispose of it when done. */
  | { readonly ok: true; readonly session: StepSession; readonly held: Disposable }
  | { readonly ok: false; readonly why: StepRefusal };

export type StepRefusal =
  | { readonly kind: "compile"; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly kind: "failed";
      readonly code: string | undefined;
      readonly message: string;
      readonly remedy: string | undefined;
    }
  /** Another one was opened for the program before this one began, or the window goes. */
  | { readonly kind: "replaced" };

/** What the compiler said of a program. */
export interface Compiled {
  readonly program: vscode.Uri;
  readonly diagnostics: readonly Diagnostic[];
}

const MEGABYTE = 1024 * 1024;

export class StepSessions implements vscode.Disposable {
  readonly #doors: StepDoors;
  readonly #log: Log;
  readonly #open = new Map<string, StepSession>();
  readonly #beginning = new Map<string, AbortController>();
  readonly #opened = new vscode.EventEmitter<StepSession>();
  readonly #closed = new vscode.EventEmitter<StepSession>();
  readonly #compiled = new vscode.EventEmitter<Compiled>();
  #count = 0;
  /** A session has begun; `of` gives it already. */
  readonly onDidOpen = this.#opened.event;
  /** A session is over (`end` says why); `of` gives it no more. */
  readonly onDidClose = this.#closed.event;
  /** A program was compiled to be stepped through, be it in vain. */
  readonly onDidCompile = this.#compiled.event;

  constructor(doors: StepDoors, log: Log) {
    this.#doors = doors;
    this.#log = log;
  }

  get all(): readonly StepSession[] {
    return [...this.#open.values()];
  }

  /** The program's session, if one is open. */
  of(program: vscode.Uri): StepSession | undefined {
    return this.#open.get(program.toString());
  }

  /** The program's session, held for whoever asks. */
  hold(program: vscode.Uri): { session: StepSession; held: Disposable } | undefined {
    const session = this.of(program);
    return session && { session, held: session.hold() };
  }

  /**
   * Compiles the program as it is now, saved or not, and begins. Of several requests for one program the last one is met.
   * Rejects where the document cannot be opened.
   */
  async open(program: vscode.Uri, options: StepOptions = {}): Promise<StepOpening> {
    const key = program.toString();
    this.#beginning.get(key)?.abort();
    const beginning = new AbortController();
    this.#beginning.set(key, beginning);
    try {
      const document = await vscode.workspace.openTextDocument(program);
      return await this.#begin(document, options, beginning.signal);
    } catch (error) {
      if (beginning.signal.aborted) return { ok: false, why: { kind: "replaced" } };
      throw error;
    } finally {
      if (this.#beginning.get(key) === beginning) this.#beginning.delete(key);
    }
  }

  dispose(): void {
    for (const beginning of this.#beginning.values()) beginning.abort();
    for (const session of this.all) session.finish({ kind: "replaced" });
    this.#opened.dispose();
    this.#closed.dispose();
    this.#compiled.dispose();
  }

  async #begin(
    document: vscode.TextDocument,
    options: StepOptions,
    signal: AbortSignal,
  ): Promise<StepOpening> {
    const { uri } = document;
    const key = uri.toString();
    const text = [nameOf(uri), overlaysFor(document), signal] as const;
    const [compilation, native] = await Promise.all([
      this.#doors.compileToStep(...text),
      this.#doors.compileToFallBack?.(...text),
    ]);
    signal.throwIfAborted();
    this.#compiled.fire({ program: uri, diagnostics: compilation.diagnostics });
    if (!compilation.ok) {
      return { ok: false, why: { kind: "compile", diagnostics: compilation.diagnostics } };
    }
    this.#open.get(key)?.finish({ kind: "replaced" });
    const id = `step-${++this.#count}`;
    const compiled = playedAs(compilation.program, options.options);
    const plan = { id, program: key, title: baseName(uri), compiled };
    const { argv = [], schedule, trace } = options;
    let session: StepSession;
    try {
      session = await StepSession.begin(plan, this.#doors.openStepping(), {
        kind: "begin",
        protocol: STEP_PROTOCOL,
        program: compiled,
        ...(native?.ok ? { native: playedAs(native.program, options.options) } : {}),
        argv,
        memoryLimitBytes: setting("trace.memoryLimit", uri) * MEGABYTE,
        ...(schedule === undefined ? {} : { schedule }),
        ...(trace === undefined ? {} : { trace }),
      });
    } catch (error) {
      this.#log.error(`${id}: ${plan.title} could not be stepped through`, error);
      return { ok: false, why: refusal(error) };
    }
    const held = session.hold();
    if (signal.aborted) {
      held[Symbol.dispose]();
      return { ok: false, why: { kind: "replaced" } };
    }
    this.#log.info(`${id}: ${plan.title}`);
    this.#open.set(key, session);
    session.over.add((end) => {
      this.#log.info(`${id}: over (${end.kind})`);
      if (this.#open.get(key) === session) this.#open.delete(key);
      this.#closed.fire(session);
    });
    this.#opened.fire(session);
    return { ok: true, session, held };
  }
}

function refusal(error: unknown): StepRefusal {
  const { code, message, remedy } = saidBy(error);
  return { kind: "failed", code: code === "" ? undefined : code, message, remedy };
}
