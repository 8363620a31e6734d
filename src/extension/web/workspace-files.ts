/** Gives the compiler the files that it wants, out of VS Code's own file systems: whatever the person's folder lies on. */
import * as vscode from "vscode";
import type { Fetched, FolderListing, Wanted } from "../../compiler/browser/virtual-files.ts";
import { uriOf } from "../documents.ts";

export async function fetchWanted({ folders, files }: Wanted): Promise<Fetched> {
  const [listings, texts] = await Promise.all([
    Promise.all(folders.map(async (name) => [name, await listingOf(name)] as const)),
    Promise.all(files.map(async (name) => [name, await textOf(name)] as const)),
  ]);
  return { folders: listings, files: texts };
}

/** Beyond it nothing is looked for: the workspace's folder, or the one that the file lies in. */
export function rootOf(entry: string): string | undefined {
  const uri = uriOf(entry);
  if (!uri || uri.scheme === "untitled") return undefined;
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri ?? vscode.Uri.joinPath(uri, "..");
  return folder.toString(true).replace(/\/$/, "");
}

async function listingOf(name: string): Promise<FolderListing | undefined> {
  const uri = uriOf(name);
  if (!uri) return undefined;
  try {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    return entries.map(([entry, type]) => [
      entry,
      (type & vscode.FileType.Directory) !== 0 ? "folder" : "file",
    ]);
  } catch {
    return undefined; // gone, or not to be read: then there is nothing in it for a program
  }
}

async function textOf(name: string): Promise<string | undefined> {
  const uri = uriOf(name);
  if (!uri) return undefined;
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return new TextDecoder().decode(bytes); // takes a byte order mark away
  } catch {
    return undefined; // the compiler says that it cannot be read, and where it was asked for
  }
}
