/** Goes to a place in the source that a timeline, a finding or a decoration speaks of. */
import * as vscode from "vscode";
import { EXTENSION_MESSAGES } from "../base/catalogue/extension.ts";
import { nameOf, uriOf } from "./documents.ts";
import { told } from "./told.ts";
import { reasonOf } from "./trace-run.ts";

export interface RevealOptions {
  readonly preserveFocus: boolean;
  /** The column of the panel that asks: the source never covers it. */
  readonly avoid: vscode.ViewColumn | undefined;
}

/** Lines and columns count from 1; what lies beyond the file's end leads to its end. */
export async function reveal(
  place: { readonly file: string; readonly line: number; readonly column: number },
  options: RevealOptions,
): Promise<void> {
  const uri = uriOf(place.file);
  if (!uri) return;
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const position = document.validatePosition(
      new vscode.Position(place.line - 1, place.column - 1),
    );
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: columnFor(uri, options.avoid),
      preserveFocus: options.preserveFocus,
      selection: new vscode.Range(position, position),
    });
    flash(editor, position.line);
  } catch (error) {
    const values = { file: nameOf(uri), reason: reasonOf(error) };
    void vscode.window.showWarningMessage(told(EXTENSION_MESSAGES.sourceGone, values));
  }
}

/** Where it is shown already; else where it is a tab; else any column of texts but the panel's. */
function columnFor(uri: vscode.Uri, avoid: vscode.ViewColumn | undefined): vscode.ViewColumn {
  const isIt = (other: vscode.Uri) => other.toString() === uri.toString();
  const visible = vscode.window.visibleTextEditors;
  const shown = visible.find((editor) => isIt(editor.document.uri))?.viewColumn;
  if (shown !== undefined) return shown;
  const { all } = vscode.window.tabGroups;
  const asTab = all.find((group) =>
    group.tabs.some((tab) => tab.input instanceof vscode.TabInputText && isIt(tab.input.uri)),
  );
  const free = visible.find((editor) => editor.viewColumn !== avoid)?.viewColumn;
  const other = all.find((group) => group.viewColumn !== avoid)?.viewColumn;
  return asTab?.viewColumn ?? free ?? other ?? vscode.ViewColumn.Beside;
}

const FLASH = 1200;

/** The eye finds the line by this, as after "Go to Definition". It only appears and goes: nothing moves. */
function flash(editor: vscode.TextEditor, line: number): void {
  const decoration = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("editor.rangeHighlightBackground"),
    borderColor: new vscode.ThemeColor("editor.rangeHighlightBorder"),
  });
  editor.setDecorations(decoration, [new vscode.Range(line, 0, line, 0)]);
  setTimeout(() => decoration.dispose(), FLASH);
}
