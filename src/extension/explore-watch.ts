/** What happens of itself around an exploration: its page shows it, its progress can be cancelled, what went wrong is said. */
import * as vscode from "vscode";
import { EXTENSION_MESSAGES } from "../base/catalogue/extension.ts";
import { explorationText } from "./explore-words.ts";
import type { Exploration, ExplorationState } from "./exploration.ts";
import type { ExplorePanels } from "./explore-panels.ts";
import type { Explorer } from "./explorer.ts";
import type { Log } from "./log.ts";
import { showProgress } from "./progress.ts";
import { told } from "./told.ts";

export function watchExplorations(
  explorer: Explorer,
  panels: ExplorePanels,
  log: Log,
): vscode.Disposable {
  return explorer.onDidChange(({ program, exploration, begun }) => {
    if (!begun) return;
    log.info(`${exploration.id}: ${exploration.plan.entry}`);
    panels.show(program, exploration, false);
    showProgress({
      title: vscode.l10n.t("Exploring {0}", exploration.title),
      text: () => explorationText(exploration.state),
      over: exploration.settled,
      changed: exploration.changed,
      cancel: () => exploration.stop(),
    });
    void exploration.settled.then((state) => {
      logEnd(exploration, state, log);
      if (!panels.isVisible(program)) say(exploration, state, log);
    });
  });
}

function logEnd(exploration: Exploration, { phase, result, failure }: ExplorationState, log: Log) {
  const { id } = exploration;
  if (result) {
    const { verdict, executions, complete, durationMs } = result;
    const extent = complete ? "complete" : "not complete";
    log.info(`${id}: ${verdict}, ${executions} executions, ${extent}, ${durationMs} ms`);
  } else {
    log.info(`${id}: ${phase}`);
  }
  if (failure !== undefined) log.error(`${id}: ${failure}`);
}

/** Notifications are for what the person would otherwise not see: a result is in the lens and in Problems. */
function say({ title: file }: Exploration, state: ExplorationState, log: Log): void {
  if (state.phase !== "failed") return;
  if (state.failure !== undefined) {
    const details = vscode.l10n.t("Show Log");
    const text = told(EXTENSION_MESSAGES.exploringFailed, { file, reason: state.failure });
    void vscode.window.showErrorMessage(text, details).then((answer) => {
      if (answer === details) log.show();
    });
    return;
  }
  const problem = state.diagnostics.find(({ stops }) => stops)?.message ?? "";
  const open = vscode.l10n.t("Show Problems");
  const text = told(EXTENSION_MESSAGES.notExplorable, { file, problem });
  void vscode.window.showErrorMessage(text, open).then((answer) => {
    if (answer === open) void vscode.commands.executeCommand("workbench.actions.view.problems");
  });
}
