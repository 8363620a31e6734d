/** Where the extension begins on a desktop, and wherever there is Node beside the editor. */
import path from "node:path";
import type * as vscode from "vscode";
import { Desktop } from "./desktop/desktop.ts";
import { start } from "./features.ts";

export function activate(context: vscode.ExtensionContext): void {
  const dist = path.join(context.extensionPath, "dist");
  const { version } = context.extension.packageJSON as { version: string };
  const storage = context.storageUri ?? context.globalStorageUri;
  const recordings = path.join(storage.fsPath, "traces");
  start(context, (log) => new Desktop(dist, recordings, version, log));
}
