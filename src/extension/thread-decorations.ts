/**
 * Beside each line that started threads in the last run: who they were, how long they lived and how much of it they
 * waited, in the colour that the thread has in the timeline. The hover leads to their lanes. Gone with the first edit of
 * the file: who was started where is told by lines.
 */
import * as vscode from "vscode";
import { formatDuration, type Clock } from "../base/duration.ts";
import { commandId, threadColour } from "./contributions.ts";
import { sameDocument } from "./documents.ts";
import { isAsItRan, type LineThreads, type Report, type StartedThread } from "./run-state.ts";
import { onSetting, setting } from "./settings.ts";
import { count } from "./status-text.ts";
import type { Tracer } from "./tracer.ts";

interface Shown {
  readonly program: vscode.Uri;
  readonly report: Report;
  readonly clock: Clock;
  lines: readonly LineThreads[];
}

/** More are not listed in a hover. */
const LISTED = 12;
/** Waits that are less than this part of a life are not worth their words. */
const WORTH_SAYING = 0.01;

export class ThreadDecorations implements vscode.Disposable {
  readonly #shown = new Map<string, Shown>();
  readonly #type = vscode.window.createTextEditorDecorationType({
    after: { margin: "0 0 0 3ch", fontStyle: "italic" },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  readonly #owned: vscode.Disposable[];

  constructor(tracer: Tracer) {
    this.#owned = [
      this.#type,
      tracer.onDidChange(({ program, state, begun }) => {
        const key = program.toString();
        if (begun) this.#shown.delete(key);
        else if (state.report && this.#shown.get(key)?.report !== state.report) {
          const lines = state.report.threads.filter(({ file }) => isAsItRan(state, file));
          const { report, clock } = state;
          this.#shown.set(key, { program, report, clock, lines });
        } else return;
        this.#drawAll();
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#drawAll()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#forget(document.uri);
      }),
      onSetting(["decorations.enabled"], () => this.#drawAll()),
    ];
  }

  dispose(): void {
    for (const one of this.#owned) one.dispose();
  }

  #forget(edited: vscode.Uri): void {
    for (const shown of this.#shown.values()) {
      const left = shown.lines.filter(({ file }) => !sameDocument(file, edited));
      if (left.length === shown.lines.length) continue;
      shown.lines = left;
      this.#drawAll();
    }
  }

  #drawAll(): void {
    for (const editor of vscode.window.visibleTextEditors) this.#draw(editor);
  }

  #draw(editor: vscode.TextEditor): void {
    const { document } = editor;
    const enabled = setting("decorations.enabled", document);
    const shown = enabled ? [...this.#shown.values()] : [];
    editor.setDecorations(
      this.#type,
      shown.flatMap(({ program, clock, lines }) =>
        lines
          .filter(
            ({ file, line }) => sameDocument(file, document.uri) && line <= document.lineCount,
          )
          .map((line) => decoration(document, line, clock, program)),
      ),
    );
  }
}

function decoration(
  document: vscode.TextDocument,
  { line, threads }: LineThreads,
  clock: Clock,
  program: vscode.Uri,
): vscode.DecorationOptions {
  const { end } = document.lineAt(line - 1).range;
  const [first, ...others] = threads;
  // Several threads have several colours: then none of them is that of the line.
  const colour = others.length === 0 ? threadColour(first.order) : "descriptionForeground";
  return {
    range: new vscode.Range(end, end),
    hoverMessage: hover(threads, clock, program),
    renderOptions: {
      after: { contentText: afterText(threads, clock), color: new vscode.ThemeColor(colour) },
    },
  };
}

/** `guest · 152 ms, waited 150 ms`; of several the sum: `4 threads · 610 ms, waited 420 ms`. */
function afterText(threads: readonly StartedThread[], clock: Clock): string {
  const { l10n } = vscode;
  const lived = threads.reduce((sum, thread) => sum + thread.lived, 0);
  const waited = threads.reduce((sum, thread) => sum + thread.waited, 0);
  const who = threads.length === 1 ? threads[0].name : l10n.t("{0} threads", count(threads.length));
  const life = `${who} · ${formatDuration(lived, clock)}`;
  return waited < lived * WORTH_SAYING
    ? life
    : l10n.t("{0}, waited {1}", life, formatDuration(waited, clock));
}

function hover(
  threads: readonly StartedThread[],
  clock: Clock,
  program: vscode.Uri,
): vscode.MarkdownString {
  const { l10n } = vscode;
  const text = new vscode.MarkdownString("", true);
  text.appendText(l10n.t("Started here in the last run:"));
  text.appendMarkdown("\n\n");
  const command = commandId("openTimeline");
  for (const { thread, name, lived, waited } of threads.slice(0, LISTED)) {
    const argument = encodeURIComponent(JSON.stringify([{ program: program.toString(), thread }]));
    text.appendMarkdown("- ");
    // Names are the person's: as text, never as markup.
    text.appendText(
      l10n.t(
        "{0} lived {1} and waited {2} of it",
        name,
        formatDuration(lived, clock),
        formatDuration(waited, clock),
      ),
    );
    text.appendMarkdown(` — [${l10n.t("show its lane")}](command:${command}?${argument})\n`);
  }
  const more = threads.length - LISTED;
  if (more > 0) text.appendMarkdown(`- ${l10n.t("and {0} more", count(more))}\n`);
  text.isTrusted = { enabledCommands: [command] };
  return text;
}
