/** Starts compiler and runner when the first program is seen in a trusted folder, so that the first click finds them warm. */
import * as vscode from "vscode";
import { isProgram } from "./documents.ts";
import type { Platform } from "./platform.ts";

/** What is shown while VS Code itself starts has to wait: opening the file comes first. */
const CALM = 400;

export function warmWhenSeen(platform: Platform): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const listening: vscode.Disposable[] = [];
  const stop = () => {
    clearTimeout(timer);
    for (const one of listening.splice(0)) one.dispose();
  };
  const look = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!vscode.workspace.isTrusted) return;
      if (!vscode.window.visibleTextEditors.some(({ document }) => isProgram(document))) return;
      stop();
      platform.warm();
    }, CALM);
  };
  listening.push(
    vscode.window.onDidChangeVisibleTextEditors(look),
    vscode.workspace.onDidGrantWorkspaceTrust(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.languageId === "typescript") look();
    }),
  );
  look();
  return new vscode.Disposable(stop);
}
