/**
 * What of the extension differs between a desktop and a browser: how programs are compiled, run and stepped through, and where
 * recordings lie. `desktop/` and `web/` have one each; everything else is the same in both.
 */
import type * as vscode from "vscode";
import type { ExploreDoors } from "./exploration.ts";
import type { Folder } from "./folder.ts";
import type { StepDoors } from "./step-sessions.ts";
import type { Doors } from "./trace-run.ts";

export interface Platform extends Doors, StepDoors, vscode.Disposable {
  /** In a browser there are no threads that share memory: the model engine runs everything. */
  readonly kind: "desktop" | "browser";
  /** Absent where programs cannot be explored. */
  readonly explore?: ExploreDoors["explore"];
  /** Where recordings of this window lie. */
  readonly recordings: Folder;
  /** Where a program runs that lies in no folder. */
  readonly homeFolder: string;
  /** Writes a recording for Chrome and Perfetto. */
  exportChrome(tracePath: string, to: vscode.Uri): Promise<void>;
  /** Starts ahead of its first use what takes long to start. */
  warm(): void;
}
