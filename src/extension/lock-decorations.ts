/**
 * What the last run says of lines of the source: how long this lock made its threads wait, and who held it. The words
 * stand after the line in the colour of what costs; the hover has the rest. An edit marks them as old, and they go with
 * the next run.
 */
import * as vscode from "vscode";
import { formatDuration, type Clock } from "../base/duration.ts";
import { EXTENSION_MESSAGES } from "../base/catalogue/extension.ts";
import { commandId } from "./contributions.ts";
import { sameDocument } from "./documents.ts";
import { isAsItRan, type LineWait, type Report } from "./run-state.ts";
import { onSetting, setting } from "./settings.ts";
import { count } from "./status-text.ts";
import type { Tracer } from "./tracer.ts";

/** The waits of one program's last run, and what has changed since. */
interface Shown {
  readonly program: vscode.Uri;
  readonly report: Report;
  readonly clock: Clock;
  readonly waits: readonly LineWait[];
  /** Documents that were edited since: by their URI. */
  readonly stale: Set<string>;
}

export class LockDecorations implements vscode.Disposable {
  readonly #shown = new Map<string, Shown>();
  readonly #fresh = vscode.window.createTextEditorDecorationType({
    after: {
      color: new vscode.ThemeColor("threadloom.blocked"),
      margin: "0 0 0 3ch",
      fontStyle: "italic",
    },
    overviewRulerColor: new vscode.ThemeColor("threadloom.blocked"),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  readonly #old = vscode.window.createTextEditorDecorationType({
    after: {
      color: new vscode.ThemeColor("disabledForeground"),
      margin: "0 0 0 3ch",
      fontStyle: "italic",
    },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  readonly #owned: vscode.Disposable[];

  constructor(tracer: Tracer) {
    this.#owned = [
      this.#fresh,
      this.#old,
      tracer.onDidChange(({ program, state, begun }) => {
        const key = program.toString();
        if (begun) this.#shown.delete(key);
        else if (state.report && this.#shown.get(key)?.report !== state.report) {
          const waits = state.report.waits.filter(({ file }) => isAsItRan(state, file));
          const { report, clock } = state;
          this.#shown.set(key, { program, report, clock, waits, stale: new Set() });
        } else return;
        this.#drawAll();
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#drawAll()),
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
      onSetting(["decorations.enabled"], () => this.#drawAll()),
    ];
  }

  dispose(): void {
    for (const one of this.#owned) one.dispose();
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    const key = document.uri.toString();
    for (const shown of this.#shown.values()) {
      const concerns = shown.waits.some((wait) => sameDocument(wait.file, document.uri));
      if (!concerns || shown.stale.has(key)) continue;
      shown.stale.add(key);
      this.#drawAll();
    }
  }

  #drawAll(): void {
    for (const editor of vscode.window.visibleTextEditors) this.#draw(editor);
  }

  #draw(editor: vscode.TextEditor): void {
    const { document } = editor;
    const fresh: vscode.DecorationOptions[] = [];
    const old: vscode.DecorationOptions[] = [];
    const enabled = setting("decorations.enabled", document);
    for (const { program, clock, waits, stale } of enabled ? this.#shown.values() : []) {
      const isStale = stale.has(document.uri.toString());
      for (const wait of waits) {
        if (!sameDocument(wait.file, document.uri) || wait.line > document.lineCount) continue;
        (isStale ? old : fresh).push(decoration(document, wait, clock, program, isStale));
      }
    }
    editor.setDecorations(this.#fresh, fresh);
    editor.setDecorations(this.#old, old);
  }
}

function decoration(
  document: vscode.TextDocument,
  wait: LineWait,
  clock: Clock,
  program: vscode.Uri,
  stale: boolean,
): vscode.DecorationOptions {
  const line = document.lineAt(wait.line - 1);
  const { end } = line.range;
  return {
    range: new vscode.Range(end, end),
    hoverMessage: hover(wait, clock, program, stale),
    renderOptions: { after: { contentText: afterText(wait, clock, line.text) } },
  };
}

/** `waited 164 µs · held by worker-1`; the lock's name is left out where the line has it, as room is scarce there. */
function afterText(
  { waited, object, holders, unserved }: LineWait,
  clock: Clock,
  line: string,
): string {
  const { l10n } = vscode;
  const named = line.includes(object);
  const what =
    unserved > 0
      ? l10n.t("never got {0}", named ? l10n.t("it") : object)
      : named
        ? l10n.t("waited {0}", formatDuration(waited, clock))
        : l10n.t("waited {0} for {1}", formatDuration(waited, clock), object);
  const [holder, ...others] = holders;
  if (!holder) return what;
  return others.length === 0
    ? l10n.t("{0} · held by {1}", what, holder.name)
    : l10n.t("{0} · held by {1} and {2} more", what, holder.name, others.length);
}

function hover(
  wait: LineWait,
  clock: Clock,
  program: vscode.Uri,
  stale: boolean,
): vscode.MarkdownString {
  const { l10n } = vscode;
  const text = new vscode.MarkdownString("", true);
  const head =
    wait.times === 1
      ? l10n.t(
          "In the last run this line waited once for {0}: {1}.",
          wait.object,
          formatDuration(wait.waited, clock),
        )
      : l10n.t(
          "In the last run this line waited {0} times for {1}: {2} in all, {3} at the longest.",
          count(wait.times),
          wait.object,
          formatDuration(wait.waited, clock),
          formatDuration(wait.longest, clock),
        );
  // Names are the person's: as text, never as markup.
  text.appendText(head);
  if (wait.holders.length > 0) text.appendMarkdown("\n\n");
  for (const { name, waited } of wait.holders) {
    text.appendMarkdown("- ");
    text.appendText(l10n.t("{0} held it for {1} of that", name, formatDuration(waited, clock)));
    text.appendMarkdown("\n");
  }
  if (stale) {
    text.appendMarkdown("\n\n$(warning) ");
    text.appendText(l10n.t(EXTENSION_MESSAGES.staleTimeline.text));
  }
  const command = commandId(stale ? "trace" : "openTimeline");
  const argument = encodeURIComponent(JSON.stringify([program.toString()]));
  const link = stale ? l10n.t("Trace again") : l10n.t("Open the timeline");
  text.appendMarkdown(`\n\n[${link}](command:${command}?${argument})`);
  text.isTrusted = { enabledCommands: [command] };
  return text;
}
