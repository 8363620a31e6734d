/**
 * The last run of each program that is open in a tab is taken up again when the window comes back: what was said beside
 * its lines and in Problems is there as it was, whether or not its timeline was open.
 */
import * as vscode from "vscode";
import type { Log } from "./log.ts";
import type { TraceStore } from "./trace-store.ts";
import type { Tracer } from "./tracer.ts";

/** What is shown while VS Code itself starts has to wait: opening the file comes first. */
const CALM = 300;

export function recallRuns(tracer: Tracer, store: TraceStore, log: Log): vscode.Disposable {
  /** Ids of last runs by program, from before this window: read once. */
  let kept: Promise<Map<string, string>> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const recall = async () => {
    const runs = await (kept ??= store.lastRuns());
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const restoring = tabs.map(async ({ input }) => {
      if (!(input instanceof vscode.TabInputText)) return;
      const program = input.uri.toString();
      const id = runs.get(program);
      runs.delete(program);
      if (id !== undefined && !tracer.last(input.uri)) await tracer.restore(id);
    });
    await Promise.all(restoring);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      recall().catch((error: unknown) => log.error("the last runs could not be taken up", error));
    }, CALM);
  };
  const listening = vscode.window.tabGroups.onDidChangeTabs(soon);
  soon();
  return new vscode.Disposable(() => {
    clearTimeout(timer);
    listening.dispose();
  });
}
