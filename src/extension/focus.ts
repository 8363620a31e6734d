/**
 * What the person is looking at: a program in the active editor, one of its pages, or a recorded trace. Commands, the status
 * bar and `when` clauses go by this.
 */
import * as vscode from "vscode";
import { isProgram } from "./documents.ts";
import type { ExplorePanels } from "./explore-panels.ts";
import type { StepperPanels } from "./stepper-panels.ts";
import type { TimelinePanels } from "./timeline-panels.ts";
import type { ShownRun } from "./shown-run.ts";
import type { TraceEditors } from "./trace-editor.ts";
import type { Tracer } from "./tracer.ts";

export interface Focus {
  /** Absent for a trace of its own. */
  readonly program: vscode.Uri | undefined;
  readonly run: ShownRun | undefined;
}

const NOTHING: Focus = { program: undefined, run: undefined };

export class FocusFinder implements vscode.Disposable {
  readonly #tracer: Tracer;
  readonly #panels: TimelinePanels;
  readonly #traces: TraceEditors;
  readonly #steppers: StepperPanels;
  readonly #explored: ExplorePanels;
  readonly #changed = new vscode.EventEmitter<Focus>();
  readonly #owned: vscode.Disposable[];
  /** Something else is looked at, or more is known of it. */
  readonly onDidChange = this.#changed.event;

  constructor(
    tracer: Tracer,
    panels: TimelinePanels,
    traces: TraceEditors,
    steppers: StepperPanels,
    explored: ExplorePanels,
  ) {
    this.#tracer = tracer;
    this.#panels = panels;
    this.#traces = traces;
    this.#steppers = steppers;
    this.#explored = explored;
    const tell = () => this.#changed.fire(this.now);
    this.#owned = [
      this.#changed,
      vscode.window.onDidChangeActiveTextEditor(tell),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document) tell();
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        // Also said when a document's language changes.
        if (document === vscode.window.activeTextEditor?.document) tell();
      }),
      tracer.onDidChange(tell),
      panels.onDidChange(tell),
      traces.onDidChange(tell),
      steppers.onDidChange(tell),
      explored.onDidChange(tell),
    ];
  }

  get now(): Focus {
    const program = this.#panels.active ?? this.#steppers.active ?? this.#explored.active;
    if (program) return { program, run: this.#tracer.last(program) };
    const trace = this.#traces.active;
    if (trace) return { program: undefined, run: trace };
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isProgram(document)) return NOTHING;
    return { program: document.uri, run: this.#tracer.last(document.uri) };
  }

  dispose(): void {
    for (const one of this.#owned) one.dispose();
  }
}
