/**
 * The tools for coding agents, as VS Code's language models find them: the same as `threadloom mcp` has, over this window's compiler
 * and processes, with documents as they are shown. What they do is loaded when the first is called; here is what VS Code asks
 * before: what a call is about to do, and whether it may.
 */
import * as vscode from "vscode";
import { editorName, TOOL_NAMES, type ToolName } from "../agents/names.ts";
import type { Toolbox } from "../agents/toolbox.ts";
import { EXTENSION_MESSAGES } from "../base/catalogue/extension.ts";
import { EditorWorld } from "./agent-world.ts";
import type { Log } from "./log.ts";
import type { Platform } from "./platform.ts";
import { told } from "./told.ts";

/** What of a call is told to a person; the rest is the tool's to check. */
interface Given {
  readonly path?: unknown;
  readonly action?: unknown;
  readonly session?: unknown;
  readonly about?: unknown;
}

export function registerLanguageModelTools(
  platform: Platform,
  extensionUri: vscode.Uri,
  log: Log,
): vscode.Disposable {
  // Hosts of others have the version that we ask for, and not all that is in it.
  const lm = vscode.lm as Partial<typeof vscode.lm> | undefined;
  if (platform.loadTools === undefined || lm?.registerTool === undefined) {
    return vscode.Disposable.from();
  }
  const tools = new LoadedTools(platform, extensionUri);
  const registered = TOOL_NAMES.map((name) =>
    lm.registerTool!<Given>(editorName(name), {
      // What is refused anyway is not asked about.
      prepareInvocation: ({ input }) => (isAllowed(name) ? preparation(name, input) : undefined),
      async invoke({ input }, token) {
        log.info(`a language model calls ${name}`);
        return tools.call(name, input, token);
      },
    }),
  );
  return vscode.Disposable.from(tools, ...registered);
}

class LoadedTools implements vscode.Disposable {
  readonly #platform: Platform;
  readonly #extensionUri: vscode.Uri;
  #toolbox: Promise<Toolbox> | undefined;

  constructor(platform: Platform, extensionUri: vscode.Uri) {
    this.#platform = platform;
    this.#extensionUri = extensionUri;
  }

  /** Rejects with words for the model where the tool refuses, and where the call was cancelled. */
  async call(
    name: ToolName,
    input: Given,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    if (!isAllowed(name)) {
      throw new Error(told(EXTENSION_MESSAGES.needsTrust, {}));
    }
    const toolbox = await (this.#toolbox ??= this.#load());
    const giveUp = new AbortController();
    using _listening = listening(token, () => giveUp.abort(new vscode.CancellationError()));
    const { signal } = giveUp;
    const outcome = await toolbox.call(name, input, { signal, progress: () => {} });
    if (!outcome.ok) throw new Error(outcome.text);
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(outcome.text)]);
  }

  dispose(): void {
    void this.#toolbox?.then((toolbox) => toolbox[Symbol.dispose]());
  }

  async #load(): Promise<Toolbox> {
    const loaded = await this.#platform.loadTools!();
    return new loaded.Toolbox(new EditorWorld(this.#platform, this.#extensionUri));
  }
}

/** Nothing of a folder runs before the person trusts it. */
function isAllowed(name: ToolName): boolean {
  return name === "explain" || vscode.workspace.isTrusted;
}

function listening(token: vscode.CancellationToken, cancel: () => void): Disposable {
  if (token.isCancellationRequested) cancel();
  const listener = token.onCancellationRequested(cancel);
  return { [Symbol.dispose]: () => void listener.dispose() };
}

/** What a person reads while it works, and is asked before code of theirs runs. */
function preparation(name: ToolName, given: Given): vscode.PreparedToolInvocation {
  const { l10n } = vscode;
  const path = text(given.path);
  const confirm = (): vscode.LanguageModelToolConfirmationMessages => ({
    title: l10n.t("Run code with Threadloom?"),
    message: l10n.t("{0} is compiled and run: it may do whatever a program may.", path),
  });
  switch (name) {
    case "check":
    case "list_outcomes":
      return {
        invocationMessage: l10n.t("Exploring the interleavings of {0}", path),
        confirmationMessages: confirm(),
      };
    case "replay":
      return { invocationMessage: l10n.t("Replaying {0}", path), confirmationMessages: confirm() };
    case "trace":
      return {
        invocationMessage: l10n.t("Running {0} on real threads", path),
        confirmationMessages: confirm(),
      };
    case "step":
      // The session was confirmed when it began.
      return given.action === "begin"
        ? {
            invocationMessage: l10n.t("Beginning to step through {0}", path),
            confirmationMessages: confirm(),
          }
        : { invocationMessage: l10n.t("Stepping in session {0}", text(given.session)) };
    case "explain":
      return { invocationMessage: l10n.t("Looking up {0}", text(given.about)) };
  }
}

/** As a person sees it: nothing is known of what a model gives. */
function text(given: unknown): string {
  return typeof given === "string" ? given : "…";
}
