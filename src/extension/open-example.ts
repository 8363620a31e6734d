/**
 * `Open an Example…`: puts one of the bundled programs into a new untitled document, so that a first trace needs no folder
 * and leaves no file behind.
 */
import * as vscode from "vscode";
import { EXTENSION_MESSAGES } from "../base/catalogue/extension.ts";
import { told } from "./told.ts";
import { reasonOf } from "./trace-run.ts";

interface Example extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
}

/** `name` is a program's name without its extension; without a name the person chooses. */
export async function openExample(extension: vscode.Uri, name?: string): Promise<void> {
  const folder = vscode.Uri.joinPath(extension, "examples");
  try {
    const examples = await list(folder);
    const chosen =
      examples.find((example) => example.label === name) ??
      (await vscode.window.showQuickPick(examples, {
        title: vscode.l10n.t("Open an Example"),
        placeHolder: vscode.l10n.t("Opens in a new, untitled document"),
        matchOnDetail: true,
      }));
    if (!chosen) return;
    const content = await textOf(chosen.uri);
    const document = await vscode.workspace.openTextDocument({ language: "typescript", content });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
  } catch (error) {
    const values = { file: folder.fsPath, reason: reasonOf(error) };
    void vscode.window.showErrorMessage(told(EXTENSION_MESSAGES.sourceGone, values));
  }
}

async function list(folder: vscode.Uri): Promise<Example[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const programs = entries.filter(([name]) => name.endsWith(".ts"));
  return Promise.all(
    programs.map(async ([name]) => {
      const uri = vscode.Uri.joinPath(folder, name);
      return { label: name.slice(0, -".ts".length), detail: firstSentence(await textOf(uri)), uri };
    }),
  );
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** Of the comment at the file's head: what the example shows. */
function firstSentence(text: string): string {
  const lines = /^(?:\/\/.*\r?\n)+/.exec(text)?.[0].split(/\r?\n/) ?? [];
  const words = lines
    .map((line) => line.replace(/^\/\/\s?/, ""))
    .filter((line) => !line.startsWith("@"));
  return /^.*?[.:](?=\s|$)/.exec(words.join(" ").trim())?.[0].replace(/:$/, ".") ?? "";
}
