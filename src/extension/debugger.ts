/** The debugger, type `threadloom`: an adapter within the extension, one for each debug session. */
import * as vscode from "vscode";
import { DebugAdapter } from "../debug/adapter.ts";
import { DEBUG_TYPE } from "../debug/launch-attributes.ts";
import { DebugConfigurations } from "./debug-configurations.ts";
import { SharedSessions } from "./debug-host.ts";
import type { StepSessions } from "./step-sessions.ts";

export function registerDebugger(sessions: StepSessions): vscode.Disposable {
  const configurations = new DebugConfigurations();
  const { Dynamic } = vscode.DebugConfigurationProviderTriggerKind;
  return vscode.Disposable.from(
    vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, configurations),
    vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, configurations, Dynamic),
    vscode.debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, {
      createDebugAdapterDescriptor: ({ workspaceFolder }) => {
        const folder = workspaceFolder ?? vscode.workspace.workspaceFolders?.[0];
        const adapter = new DebugAdapter(new SharedSessions(sessions, folder?.uri));
        return new vscode.DebugAdapterInlineImplementation(new InlineAdapter(adapter));
      },
    }),
  );
}

/** The adapter as VS Code takes it. */
class InlineAdapter implements vscode.DebugAdapter {
  readonly #adapter: DebugAdapter;
  readonly #sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly #listening: Disposable;
  readonly onDidSendMessage = this.#sent.event;

  constructor(adapter: DebugAdapter) {
    this.#adapter = adapter;
    this.#listening = adapter.onMessage((message) => this.#sent.fire(message));
  }

  handleMessage(message: vscode.DebugProtocolMessage): void {
    this.#adapter.handle(message as Parameters<DebugAdapter["handle"]>[0]);
  }

  dispose(): void {
    this.#listening[Symbol.dispose]();
    this.#adapter.dispose();
    this.#sent.dispose();
  }
}
