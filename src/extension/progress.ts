/** A run that takes longer than a moment gets a notification with a button to cancel it. */
import * as vscode from "vscode";
import { isOver } from "./run-state.ts";
import { statusText } from "./status-text.ts";
import type { TraceRun } from "./trace-run.ts";

/** Before that a notification would only flash up; the status bar and the lens show the run at once. */
const PATIENCE = 1500;

export function showProgress(run: TraceRun): void {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(() => {
    void vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t("Tracing {0}", run.title),
        cancellable: true,
      },
      (progress, token) => {
        const cancelling = token.onCancellationRequested(() => run.cancel());
        const listening = run.changed.add((state) =>
          progress.report({ message: statusText(state) }),
        );
        progress.report({ message: statusText(run.state) });
        return over.promise.finally(() => {
          cancelling.dispose();
          listening[Symbol.dispose]();
        });
      },
    );
  }, PATIENCE);
  const watching = run.changed.add((state) => {
    if (!isOver(state)) return;
    clearTimeout(timer);
    watching[Symbol.dispose]();
    over.resolve();
  });
}
