/**
 * `Add threadloom:std to tsconfig.json`: in the editor the module resolves by itself; plain `tsc` in CI wants one entry in
 * `types`, which this adds. The rest of the file stays as it is, comments included.
 */
import * as vscode from "vscode";
import { EXTENSION_MESSAGES } from "../base/catalogue/extension.ts";
import { nameOf } from "./documents.ts";
import { told } from "./told.ts";
import { reasonOf } from "./trace-run.ts";
import { TYPES_ENTRY, withTypes } from "./types-entry.ts";

export async function writeTypes(): Promise<void> {
  const folder = await chooseFolder();
  if (folder === "none") {
    void vscode.window.showInformationMessage(told(EXTENSION_MESSAGES.noFolder, {}));
    return;
  }
  if (!folder) return;
  const uri = vscode.Uri.joinPath(folder.uri, "tsconfig.json");
  try {
    const document = await openOrCreate(uri);
    const before = document.getText();
    const after = withTypes(before, await installedTypes(folder.uri));
    if (!after.ok) {
      const values = { file: nameOf(uri), reason: after.reason, entry: TYPES_ENTRY };
      void vscode.window.showWarningMessage(
        told(EXTENSION_MESSAGES.unreadableConfiguration, values),
      );
      return;
    }
    const editor = await vscode.window.showTextDocument(document);
    if (after.text === before) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("{0} has the entry already.", vscode.workspace.asRelativePath(uri)),
      );
      return;
    }
    const whole = new vscode.Range(document.positionAt(0), document.positionAt(before.length));
    // Into the editor, not onto the disk: the person sees the change, and saves or undoes it.
    await editor.edit((edit) => edit.replace(whole, after.text));
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "Save the file. tsc then finds the declarations of threadloom:std in the package {0}: npm install --save-dev {0}",
        TYPES_ENTRY,
      ),
    );
  } catch (error) {
    const values = { file: nameOf(uri), reason: reasonOf(error) };
    void vscode.window.showErrorMessage(told(EXTENSION_MESSAGES.notWritten, values));
  }
}

async function chooseFolder(): Promise<vscode.WorkspaceFolder | "none" | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) return "none";
  return folders.length === 1 ? folders[0] : vscode.window.showWorkspaceFolderPick();
}

async function installedTypes(folder: vscode.Uri): Promise<string[]> {
  const types = vscode.Uri.joinPath(folder, "node_modules", "@types");
  try {
    const entries = await vscode.workspace.fs.readDirectory(types);
    return entries.map(([name]) => name).filter((name) => /^[\w-]+$/.test(name));
  } catch {
    return []; // no such folder: nothing is installed
  }
}

async function openOrCreate(uri: vscode.Uri): Promise<vscode.TextDocument> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // There is none: an untitled document of that name, which saving turns into the file.
    const document = await vscode.workspace.openTextDocument(uri.with({ scheme: "untitled" }));
    return vscode.languages.setTextDocumentLanguage(document, "jsonc");
  }
}
