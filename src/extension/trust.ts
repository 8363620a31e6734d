/** Nothing of a folder is compiled or run before the person trusts it. */
import * as vscode from "vscode";
import { EXTENSION_MESSAGES } from "../base/catalogue/extension.ts";
import { told } from "./told.ts";

/** Whether the folder is trusted. If not, says so, and offers the place where trust is given. */
export async function isTrusted(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t("Manage Trust");
  const message = told(EXTENSION_MESSAGES.needsTrust, {});
  const answer = await vscode.window.showInformationMessage(message, manage);
  if (answer === manage) await vscode.commands.executeCommand("workbench.trust.manage");
  // Trust is given on a page of VS Code's own; the person clicks Trace again when it is.
  return false;
}
