/** The cursor in the source lights up the events of its lines, in every timeline that shows a run of that file. */
import * as vscode from "vscode";
import { isTypeScript } from "./documents.ts";
import { setting } from "./settings.ts";
import type { TimelineView } from "./timeline-view.ts";

/** Moving the cursor by a held key is not a hundred questions. */
const CALM = 40;

export function syncCursor(views: () => Iterable<TimelineView>): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const tell = (editor: vscode.TextEditor) => {
    if (!setting("timeline.followCursor") || !isTypeScript(editor.document)) return;
    const { uri } = editor.document;
    const { start, end } = editor.selection;
    // A selection that ends at a line's beginning has nothing of that line.
    const last = end.line > start.line && end.character === 0 ? end.line - 1 : end.line;
    for (const view of views()) view.cursor(uri, start.line + 1, last + 1);
  };
  const soon = (editor: vscode.TextEditor | undefined) => {
    clearTimeout(timer);
    if (editor) timer = setTimeout(() => tell(editor), CALM);
  };
  const listening = [
    vscode.window.onDidChangeTextEditorSelection((event) => soon(event.textEditor)),
    vscode.window.onDidChangeActiveTextEditor(soon),
  ];
  return new vscode.Disposable(() => {
    clearTimeout(timer);
    for (const one of listening) one.dispose();
  });
}
