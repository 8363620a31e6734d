/** Which files of a session are no longer what is stepped through: lines may stand elsewhere there. */
import * as vscode from "vscode";
import { sameDocument, textNow } from "./documents.ts";
import { changedSince, fingerprintsOf } from "./source-texts.ts";
import type { StepSession } from "../engine/stepping/step-session.ts";
import type { StepSessions } from "./step-sessions.ts";

export class StepEdits implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<StepSession>();
  readonly #files = new WeakMap<StepSession, ReadonlySet<string>>();
  readonly #sessions: StepSessions;
  readonly #owned: vscode.Disposable[];
  /** Another set of files is changed now. */
  readonly onDidChange = this.#changed.event;

  constructor(sessions: StepSessions) {
    this.#sessions = sessions;
    this.#owned = [
      this.#changed,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#look(document.uri);
      }),
    ];
  }

  isEdited(session: StepSession, file: string): boolean {
    return this.#files.get(session)?.has(file) ?? false;
  }

  isAnyEdited(session: StepSession): boolean {
    return (this.#files.get(session)?.size ?? 0) > 0;
  }

  dispose(): void {
    for (const one of this.#owned) one.dispose();
  }

  #look(edited: vscode.Uri): void {
    for (const session of this.#sessions.all) {
      if (session.files.some((file) => sameDocument(file, edited))) void this.#compare(session);
    }
  }

  async #compare(session: StepSession): Promise<void> {
    const { sources } = session.plan.compiled;
    const texts = fingerprintsOf(sources.map(({ file, text }) => [file, text]));
    const changed = new Set(await changedSince(texts, textNow));
    const before = this.#files.get(session) ?? new Set();
    if (changed.size === before.size && [...changed].every((file) => before.has(file))) return;
    this.#files.set(session, changed);
    this.#changed.fire(session);
  }
}
