/**
 * The MCP server of the command line, offered to VS Code for agents that look for servers. Off unless asked for: those that use
 * VS Code's language models have the same tools already (`language-model-tools.ts`), and would see each of them twice.
 */
import * as vscode from "vscode";
import { AGENT_SERVERS } from "./contributions.ts";
import type { Platform } from "./platform.ts";
import { onSetting, setting } from "./settings.ts";

export function offerAgentServer({ agentServer }: Platform, version: string): vscode.Disposable {
  // Hosts of others have the version that we ask for, and not all that is in it.
  const lm = vscode.lm as Partial<typeof vscode.lm> | undefined;
  if (agentServer === undefined || lm?.registerMcpServerDefinitionProvider === undefined) {
    return vscode.Disposable.from();
  }
  const changed = new vscode.EventEmitter<void>();
  const watching = onSetting(["agents.offerServer"], () => changed.fire());
  const trusted = vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire());
  const provider = lm.registerMcpServerDefinitionProvider(AGENT_SERVERS, {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions() {
      if (!setting("agents.offerServer") || !vscode.workspace.isTrusted) return [];
      // The editor's own program, as Node.
      const env = { ELECTRON_RUN_AS_NODE: "1" };
      const words = [agentServer, "mcp"];
      const server = new vscode.McpStdioServerDefinition(
        "Threadloom",
        process.execPath,
        words,
        env,
        version,
      );
      const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file");
      if (folder) server.cwd = folder.uri;
      return [server];
    },
  });
  return vscode.Disposable.from(changed, watching, trusted, provider);
}
