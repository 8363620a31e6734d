/** Where the extension begins in a browser without Node (`browser` in package.json). */
import * as vscode from "vscode";
import { start } from "../features.ts";
import { Browser } from "./browser.ts";

export function activate(context: vscode.ExtensionContext): void {
  const { version } = context.extension.packageJSON as { version: string };
  const storage = context.storageUri ?? context.globalStorageUri;
  const recordings = vscode.Uri.joinPath(storage, "traces");
  start(context, () => new Browser(context.extensionUri, recordings, version));
}
