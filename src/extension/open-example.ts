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

interface Chapter {
  readonly title: string;
  readonly examples: readonly Example[];
}

/** `name` is a program's name without its extension; without a name the person chooses. */
export async function openExample(extension: vscode.Uri, name?: string): Promise<void> {
  const folder = vscode.Uri.joinPath(extension, "examples");
  try {
    const chapters = await list(folder);
    const named = chapters.flatMap(({ examples }) => examples).find(({ label }) => label === name);
    const chosen = named ?? (await choose(chapters));
    if (!chosen) return;
    const content = await textOf(chosen.uri);
    const document = await vscode.workspace.openTextDocument({ language: "typescript", content });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
  } catch (error) {
    const values = { file: folder.fsPath, reason: reasonOf(error) };
    void vscode.window.showErrorMessage(told(EXTENSION_MESSAGES.sourceGone, values));
  }
}

async function choose(chapters: readonly Chapter[]): Promise<Example | undefined> {
  const items = chapters.flatMap(({ title, examples }) => [
    { label: title, kind: vscode.QuickPickItemKind.Separator },
    ...examples,
  ]);
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Open an Example"),
    placeHolder: vscode.l10n.t("Opens in a new, untitled document"),
    matchOnDetail: true,
  });
  return chosen !== undefined && "uri" in chosen ? chosen : undefined;
}

/** A folder is a chapter: `3-message-passing` is "3. message passing". */
async function list(folder: vscode.Uri): Promise<Chapter[]> {
  const chapters = await namesIn(folder, (_, type) => type === vscode.FileType.Directory);
  return Promise.all(
    chapters.map(async (chapter) => {
      const inside = vscode.Uri.joinPath(folder, chapter);
      const programs = await namesIn(inside, (name) => name.endsWith(".ts"));
      const examples = programs.map(async (name) => {
        const uri = vscode.Uri.joinPath(inside, name);
        const detail = firstSentence(await textOf(uri));
        return { label: name.slice(0, -".ts".length), detail, uri };
      });
      const title = chapter.replace("-", ". ").replaceAll("-", " ");
      return { title, examples: await Promise.all(examples) };
    }),
  );
}

async function namesIn(
  folder: vscode.Uri,
  isWanted: (name: string, type: vscode.FileType) => boolean,
): Promise<string[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  return entries
    .filter(([name, type]) => isWanted(name, type))
    .map(([name]) => name)
    .sort();
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
