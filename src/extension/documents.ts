/**
 * The names that documents have for the compiler, and so in sites, traces and findings: a path for a file, the URI's
 * text for everything else (an untitled document, a file of a virtual folder).
 */
import * as vscode from "vscode";
import { outlineOf } from "./program-text.ts";

export function nameOf(uri: vscode.Uri): string {
  return uri.scheme === "file" ? uri.fsPath : uri.toString(true);
}

/** Undefined for what cannot name a document: names come out of traces and webviews. */
export function uriOf(name: string): vscode.Uri | undefined {
  if (/^(?:\/|\\\\|[A-Za-z]:[\\/])/.test(name)) return vscode.Uri.file(name);
  const scheme = /^([A-Za-z][\w+.-]+):/.exec(name)?.[1];
  if (!scheme || !isKnown(scheme)) return undefined;
  return vscode.Uri.parse(name);
}

/** Documents that were never saved, VS Code's own, and those of a virtual folder that the person has opened. */
function isKnown(scheme: string): boolean {
  if (scheme === "untitled" || scheme.startsWith("vscode-")) return true;
  return vscode.workspace.workspaceFolders?.some(({ uri }) => uri.scheme === scheme) ?? false;
}

/** Whether a document is on no disk, but in a folder all the same. */
export function isVirtual({ scheme }: vscode.Uri): boolean {
  return scheme !== "file" && scheme !== "untitled";
}

/** Whether two names mean one document: a compiler's path has `/` where Windows has `\`. */
export function sameDocument(name: string, uri: vscode.Uri): boolean {
  return uriOf(name)?.toString() === uri.toString();
}

/** What a document says now, saved or not. Rejects where there is none. */
export async function textNow(name: string): Promise<string> {
  const uri = uriOf(name);
  if (!uri) throw new Error(`${name} names no document`);
  // Also waits for what was typed before a reload of the window and is not saved: VS Code keeps it for the document.
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

export function baseName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}

export function isTypeScript(document: vscode.TextDocument): boolean {
  return document.languageId === "typescript";
}

export function isProgram(document: vscode.TextDocument): boolean {
  return isTypeScript(document) && outlineOf(document.getText()) !== undefined;
}

/**
 * What the compiler reads instead of the disk: every document with unsaved changes or without a file, and `entry`
 * itself, which may have been deleted from the disk while it is still shown.
 */
export function overlaysFor(entry: vscode.TextDocument): Record<string, string> {
  const overlays: Record<string, string> = {};
  for (const document of vscode.workspace.textDocuments) {
    const matters = document === entry || document.isDirty || document.uri.scheme === "untitled";
    if (matters && /^(?:type|java)script|^json/.test(document.languageId)) {
      overlays[nameOf(document.uri)] = document.getText();
    }
  }
  return overlays;
}
