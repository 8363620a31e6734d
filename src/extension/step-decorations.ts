/**
 * The current line of every thread that is stepped through, in the colour that the thread has on its lane, with what it would
 * do next: an operation that is several (`counter++` reads, then writes) shows its parts one after another. Moves with the
 * panel and the debugger, as all of them show one session.
 */
import * as vscode from "vscode";
import { THREAD_COLOURS, threadColour } from "./contributions.ts";
import { sameDocument } from "./documents.ts";
import { onSetting, setting } from "./settings.ts";
import type { StepEdits } from "./step-edits.ts";
import { lineMarks, type LineMark } from "./step-lines.ts";
import type { StepSession } from "../engine/stepping/step-session.ts";
import type { StepSessions } from "./step-sessions.ts";
import { count } from "./status-text.ts";

export class StepDecorations implements vscode.Disposable {
  readonly #sessions: StepSessions;
  readonly #edits: StepEdits;
  /** One for each colour. */
  readonly #types = Array.from({ length: THREAD_COLOURS }, (_, order) => lineType(order));
  readonly #more = vscode.window.createTextEditorDecorationType({
    after: { margin: "0 0 0 2ch", color: new vscode.ThemeColor("descriptionForeground") },
  });
  readonly #listening = new Map<StepSession, Disposable>();
  readonly #owned: vscode.Disposable[];
  #drawing: ReturnType<typeof setTimeout> | undefined;

  constructor(sessions: StepSessions, edits: StepEdits) {
    this.#sessions = sessions;
    this.#edits = edits;
    this.#owned = [
      ...this.#types,
      this.#more,
      sessions.onDidOpen((session) => {
        const listening = session.told.add(({ kind }) => {
          if (kind === "moment") this.#drawSoon();
        });
        this.#listening.set(session, listening);
        this.#drawSoon();
      }),
      sessions.onDidClose((session) => {
        this.#listening.get(session)?.[Symbol.dispose]();
        this.#listening.delete(session);
        this.#drawSoon();
      }),
      edits.onDidChange(() => this.#drawSoon()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#drawSoon()),
      onSetting(["decorations.enabled"], () => this.#drawSoon()),
    ];
  }

  dispose(): void {
    clearTimeout(this.#drawing);
    for (const listening of this.#listening.values()) listening[Symbol.dispose]();
    for (const one of this.#owned) one.dispose();
  }

  /** States may come faster than anybody can look. */
  #drawSoon(): void {
    this.#drawing ??= setTimeout(() => {
      this.#drawing = undefined;
      const all = this.#sessions.all.map((session) => ({ session, ...lineMarks(session.state) }));
      for (const editor of vscode.window.visibleTextEditors) this.#draw(editor, all);
    }, 0);
  }

  #draw(
    editor: vscode.TextEditor,
    all: readonly (ReturnType<typeof lineMarks> & { readonly session: StepSession })[],
  ): void {
    const { document } = editor;
    const shown = setting("decorations.enabled", document) ? all : [];
    const isHere = (session: StepSession, { file, line }: { file: string; line: number }) =>
      line <= document.lineCount &&
      sameDocument(file, document.uri) &&
      !this.#edits.isEdited(session, file);
    const marks = shown.flatMap(({ session, marks }) =>
      marks.filter((mark) => isHere(session, mark)),
    );
    for (const [colour, type] of this.#types.entries()) {
      const ours = marks.filter(({ order }) => order % THREAD_COLOURS === colour);
      editor.setDecorations(
        type,
        ours.map((mark) => decoration(document, mark)),
      );
    }
    const more = shown.flatMap(({ session, more }) => more.filter((line) => isHere(session, line)));
    editor.setDecorations(
      this.#more,
      more.map(({ line, count: hidden }) => ({
        range: document.lineAt(line - 1).range,
        renderOptions: { after: { contentText: vscode.l10n.t("and {0} more", count(hidden)) } },
      })),
    );
  }
}

function lineType(order: number): vscode.TextEditorDecorationType {
  const colour = new vscode.ThemeColor(threadColour(order));
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    borderWidth: "0 0 0 3px",
    borderStyle: "solid",
    borderColor: colour,
    overviewRulerColor: colour,
    overviewRulerLane: vscode.OverviewRulerLane.Left,
    after: { margin: "0 0 0 2ch", color: colour },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}

function decoration(
  document: vscode.TextDocument,
  { line, text }: LineMark,
): vscode.DecorationOptions {
  return {
    range: document.lineAt(line - 1).range,
    renderOptions: { after: { contentText: text } },
  };
}
