/** What takes longer than a moment gets a notification with a button to cancel it. */
import * as vscode from "vscode";

export interface Shown {
  /** What is done: `Tracing counter.ts`. */
  readonly title: string;
  /** How far it is, now. */
  text(): string;
  /** When it is over. Never rejects. */
  readonly over: Promise<unknown>;
  /** Tells of changes. */
  readonly changed: { add(listener: () => void): Disposable };
  cancel(): void;
}

/** Before that a notification would only flash up; the status bar and the lens show it at once. */
const PATIENCE = 1500;

export function showProgress(shown: Shown): void {
  const timer = setTimeout(() => {
    void vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: shown.title,
        cancellable: true,
      },
      async (progress, token) => {
        const cancelling = token.onCancellationRequested(() => shown.cancel());
        const report = () => progress.report({ message: shown.text() });
        using _listening = shown.changed.add(report);
        report();
        await shown.over;
        cancelling.dispose();
      },
    );
  }, PATIENCE);
  void shown.over.then(() => clearTimeout(timer));
}
