/**
 * What of the extension differs between a desktop and a browser: how programs are compiled, run and stepped through, and where
 * recordings lie. `desktop/` and `web/` have one each; everything else is the same in both.
 */
import type * as vscode from "vscode";
import type { Toolbox } from "../agents/toolbox.ts";
import type { AgentWorld } from "../agents/world.ts";
import type { ExploreDoors } from "./exploration.ts";
import type { Folder } from "./folder.ts";
import type { StepDoors } from "./step-sessions.ts";
import type { Doors } from "./trace-run.ts";

/** The bundle of the tools for coding agents, as far as the extension uses it. */
export interface ToolboxModule {
  readonly Toolbox: new (world: AgentWorld) => Toolbox;
}

export interface Platform extends Doors, StepDoors, vscode.Disposable {
  /** In a browser there are no threads that share memory: the model engine runs everything. */
  readonly kind: "desktop" | "browser";
  /** Absent where programs cannot be explored. */
  readonly explore?: ExploreDoors["explore"];
  /** The tools for language models, loaded when the first is called. Absent where they cannot run. */
  loadTools?(): Promise<ToolboxModule>;
  /** The command line, which serves agents outside of the editor: a file for Node. Absent where there is none. */
  readonly agentServer?: string;
  /** Where recordings of this window lie. */
  readonly recordings: Folder;
  /** Where a program runs that lies in no folder. */
  readonly homeFolder: string;
  /** Writes a recording for Chrome and Perfetto. */
  exportChrome(tracePath: string, to: vscode.Uri): Promise<void>;
  /** Starts ahead of its first use what takes long to start. */
  warm(): void;
}
