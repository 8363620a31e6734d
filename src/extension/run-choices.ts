/**
 * What each program is run as: what was chosen in its timeline, as long as that is open, else what the settings say. The
 * program's own annotation is the default of both.
 */
import type * as vscode from "vscode";
import type { RunAs } from "../protocol/execution-model.ts";
import { setting } from "./settings.ts";

export class RunChoices {
  readonly #chosen = new Map<string, RunAs>();

  of(program: vscode.Uri): RunAs {
    return this.#chosen.get(program.toString()) ?? fromSettings(program);
  }

  choose(program: vscode.Uri, runAs: RunAs): void {
    this.#chosen.set(program.toString(), runAs);
  }

  /** Its timeline was closed. */
  forget(program: vscode.Uri): void {
    this.#chosen.delete(program.toString());
  }
}

function fromSettings(program: vscode.Uri): RunAs {
  const cores = setting("model.cores", program);
  const quantum = setting("model.quantum", program);
  return {
    kind: setting("model.kind", program),
    ...(cores === 0 ? {} : { cores }),
    ...(quantum === 0 ? {} : { quantum }),
  };
}
