/** The contexts that `when` clauses ask for; VS Code is told only of changes. */
import * as vscode from "vscode";
import { CONTEXTS, type Context } from "./contributions.ts";

export class Contexts {
  readonly #told = new Map<Context, boolean>();

  set(context: Context, value: boolean): void {
    if ((this.#told.get(context) ?? false) === value) return;
    this.#told.set(context, value);
    void vscode.commands.executeCommand("setContext", CONTEXTS[context], value);
  }
}
