/**
 * Inlay hints where something crosses to another thread or process: what moves, is copied, is shared. `spawn(moves tx, copies name: () => …)`
 * says before the program has run why `tx` cannot be used below it, and why a change to `name` is not seen.
 *
 * The compiler is asked as for a run, since it alone knows what a function captures; it needs some milliseconds after an edit. Left out:
 * folders that are not trusted, and files that are no programs of their own.
 */
import * as vscode from "vscode";
import type { CrossingHint } from "../protocol/crossing.ts";
import { isProgram, nameOf, overlaysFor } from "./documents.ts";
import type { Log } from "./log.ts";
import { onSetting, setting } from "./settings.ts";
import type { Doors } from "./trace-run.ts";

/** So many names are said in a hint, the others in its tooltip. */
const MOST_NAMES = 3;

export class CrossingHints implements vscode.InlayHintsProvider, vscode.Disposable {
  readonly #compile: Doors["compile"];
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #owned: vscode.Disposable[];
  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(compile: Doors["compile"], log: Log) {
    this.#compile = compile;
    this.#log = log;
    this.#owned = [
      this.#changed,
      vscode.languages.registerInlayHintsProvider({ language: "typescript" }, this),
      onSetting(["inlayHints.enabled"], () => this.#changed.fire()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()),
    ];
  }

  async provideInlayHints(
    document: vscode.TextDocument,
    range: vscode.Range,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlayHint[]> {
    if (!vscode.workspace.isTrusted || !isProgram(document)) return [];
    if (!setting("inlayHints.enabled", document)) return [];
    const name = nameOf(document.uri);
    const aborting = new AbortController();
    using _ = disposing(token.onCancellationRequested(() => aborting.abort()));
    try {
      const { crossings = [] } = await this.#compile(name, overlaysFor(document), aborting.signal);
      return crossings
        .filter(({ file }) => file === name)
        .map(hintOf)
        .filter(({ position }) => range.contains(position));
    } catch (error) {
      if (!aborting.signal.aborted) this.#log.error("what crosses could not be told", error);
      return [];
    }
  }

  dispose(): void {
    for (const one of this.#owned) one.dispose();
  }
}

const disposing = (one: vscode.Disposable): Disposable => ({
  [Symbol.dispose]: () => void one.dispose(),
});

function hintOf(crossing: CrossingHint): vscode.InlayHint {
  const { moved, copied, shared, line, column } = crossing;
  const parts = [
    ...(moved.length > 0 ? [vscode.l10n.t("moves {0}", few(moved))] : []),
    ...(copied.length > 0 ? [vscode.l10n.t("copies {0}", few(copied))] : []),
    ...(shared.length > 0 ? [vscode.l10n.t("shares {0}", few(shared))] : []),
  ];
  const hint = new vscode.InlayHint(
    new vscode.Position(line - 1, column - 1),
    `${parts.join(" · ")}:`,
    vscode.InlayHintKind.Parameter,
  );
  hint.paddingRight = true;
  hint.tooltip = new vscode.MarkdownString(tooltipOf(crossing).join("\n\n"));
  return hint;
}

function tooltipOf({ to, moved, copied, shared }: CrossingHint): string[] {
  const where =
    to === "thread"
      ? vscode.l10n.t("To the other thread:")
      : to === "process"
        ? vscode.l10n.t("To the process:")
        : vscode.l10n.t("To the process that started this one:");
  const said = [where];
  if (moved.length > 0) {
    said.push(
      vscode.l10n.t(
        "{0} **moves**: using it here afterwards is an error. Where there is a `clone()`, that keeps one.",
        code(moved),
      ),
    );
  }
  if (copied.length > 0) {
    said.push(
      vscode.l10n.t(
        "{0} is **copied** as it is now: what either side changes, the other does not see.",
        code(copied),
      ),
    );
  }
  if (shared.length > 0) {
    said.push(vscode.l10n.t("{0} is **shared**: both sides have the same one.", code(shared)));
  }
  return said;
}

function few(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 0
    ? vscode.l10n.t("{0} and {1} more", names.slice(0, MOST_NAMES).join(", "), more)
    : names.join(", ");
}

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");
