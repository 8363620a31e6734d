/** What is stepped through where no launch.json says it: the program in the active editor. */
import * as vscode from "vscode";
import { EXTENSION_MESSAGES } from "../base/catalogue/extension.ts";
import { DEBUG_TYPE } from "../debug/launch-attributes.ts";
import { baseName, isProgram, nameOf } from "./documents.ts";
import { told } from "./told.ts";
import { isTrusted } from "./trust.ts";

export class DebugConfigurations implements vscode.DebugConfigurationProvider {
  provideDebugConfigurations(): vscode.DebugConfiguration[] {
    const programs = vscode.window.visibleTextEditors
      .map(({ document }) => document)
      .filter(isProgram);
    return programs.map((document) => configurationOf(document));
  }

  /** Undefined: nothing is started, and why has been said. */
  async resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    if (!(await isTrusted())) return undefined;
    if (configuration.type) return configuration;
    // F5 without a launch.json.
    const document = vscode.window.activeTextEditor?.document;
    if (!document) return undefined;
    if (isProgram(document)) return { ...configuration, ...configurationOf(document) };
    const file = baseName(document.uri);
    void vscode.window.showInformationMessage(told(EXTENSION_MESSAGES.notAProgram, { file }));
    return undefined;
  }
}

/** How a program is stepped through that nothing more is said of. */
export function configurationOf({ uri }: vscode.TextDocument): vscode.DebugConfiguration {
  return {
    type: DEBUG_TYPE,
    request: "launch",
    name: vscode.l10n.t("Step through {0}", baseName(uri)),
    program: nameOf(uri),
  };
}
