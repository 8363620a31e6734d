/**
 * What the extension adds to VS Code, as code: names, types and defaults of commands, settings, contexts and colours.
 * Everything else in `src/extension` speaks of them by these names, `manifest.ts` derives package.json from them, and a
 * test compares the two; so none can be contributed without being implemented, or the other way round.
 */

import { MOST_CORES, RUN_KINDS } from "../protocol/execution-model.ts";
import { STRATEGIES } from "../protocol/explore.ts";

/** The view type of the timeline's panel. */
export const TIMELINE_VIEW = "threadloom.timeline";
/** The view type of the stepper's panel. */
export const STEPPER_VIEW = "threadloom.stepper";
/** The custom editor that opens `.tltrace` files. */
export const TRACE_EDITOR = "threadloom.traceEditor";
/** The view type of the panel that compares execution models. */
export const COMPARE_VIEW = "threadloom.compare";
/** The view type of the panel that tells what exploring came to. */
export const EXPLORE_VIEW = "threadloom.exploration";
/** The tests that `@expect` makes of programs. */
export const PROGRAM_TESTS = "threadloom.programs";
/** Tells VS Code of the MCP server. */
export const AGENT_SERVERS = "threadloom.agentServers";
export const WALKTHROUGH = "threadloom.firstTrace";

export interface CommandFacts {
  readonly title: string;
  /** A product icon. */
  readonly icon?: string;
  /** When the palette offers it and a key runs it; each command checks again by itself. */
  readonly when?: string;
  readonly key?: string;
  readonly mac?: string;
}

/** Contexts that `when` clauses ask for; set by `contexts.ts`. */
export const CONTEXTS = {
  /** The active editor shows a program. */
  program: "threadloom.program",
  /** Some program is being compiled or runs. */
  running: "threadloom.running",
  /** The program in question (the active editor's, or the active timeline's) has a recorded run. */
  recorded: "threadloom.recorded",
  /** It has findings. */
  findings: "threadloom.findings",
  /** Programs can be explored here. */
  canExplore: "threadloom.canExplore",
  /** Some program is being explored. */
  exploring: "threadloom.exploring",
  /** The program in question has been explored, or is being explored. */
  explored: "threadloom.explored",
  /** Exploring it has found something that can be stepped through. */
  failure: "threadloom.failure",
} as const;
export type Context = keyof typeof CONTEXTS;

const timelineActive = `activeWebviewPanelId == '${TIMELINE_VIEW}'`;
const atProgram = `${CONTEXTS.program} || ${timelineActive} || activeWebviewPanelId == '${STEPPER_VIEW}'`;
const canExplore = `${CONTEXTS.canExplore} && (${atProgram} || activeWebviewPanelId == '${EXPLORE_VIEW}')`;

export const COMMANDS = {
  trace: {
    title: "Trace",
    icon: "$(play)",
    when: atProgram,
    key: "shift+alt+t",
    mac: "ctrl+alt+t",
  },
  cancelTrace: {
    title: "Cancel Trace",
    icon: "$(debug-stop)",
    when: CONTEXTS.running,
    key: "shift+f5",
  },
  step: {
    title: "Step",
    icon: "$(debug-step-over)",
    when: atProgram,
    key: "shift+alt+s",
    mac: "ctrl+alt+s",
  },
  stepThroughRun: {
    title: "Step Through the Last Run",
    icon: "$(debug-restart-frame)",
    when: CONTEXTS.recorded,
  },
  explore: {
    title: "Explore",
    icon: "$(telescope)",
    when: canExplore,
    key: "shift+alt+x",
    mac: "ctrl+alt+x",
  },
  stopExploring: {
    title: "Stop Exploring",
    icon: "$(debug-stop)",
    when: CONTEXTS.exploring,
  },
  openExploration: {
    title: "Show What Exploring Found",
    icon: "$(checklist)",
    when: CONTEXTS.explored,
  },
  stepFailure: {
    title: "Step Through the Failure",
    icon: "$(debug-restart-frame)",
    when: CONTEXTS.failure,
  },
  saveSchedule: {
    title: "Save the Failing Schedule",
    icon: "$(save)",
    when: CONTEXTS.failure,
  },
  showStory: {
    title: "Show the Story of the Failure",
    icon: "$(book)",
    when: CONTEXTS.failure,
  },
  openTimeline: {
    title: "Open Timeline",
    icon: "$(graph-line)",
    when: CONTEXTS.recorded,
    key: "shift+alt+l",
    mac: "ctrl+alt+l",
  },
  openTrace: { title: "Open Trace File…", icon: "$(folder-opened)" },
  exportChrome: {
    title: "Export Trace for Chrome and Perfetto…",
    icon: "$(export)",
    when: CONTEXTS.recorded,
  },
  compareModels: {
    title: "Compare Execution Models",
    icon: "$(split-vertical)",
    when: atProgram,
  },
  nextFinding: {
    title: "Go to Next Finding",
    icon: "$(arrow-down)",
    when: CONTEXTS.findings,
    key: "shift+alt+n",
    mac: "ctrl+alt+n",
  },
  showOutput: { title: "Show Program Output", icon: "$(output)" },
  showLog: { title: "Show Log", icon: "$(output)" },
  openExample: { title: "Open an Example…", icon: "$(book)" },
  writeTypes: { title: "Add threadloom:std to tsconfig.json", icon: "$(json)" },
} as const satisfies Record<string, CommandFacts>;
export type CommandName = keyof typeof COMMANDS;

export const commandId = (name: CommandName): `threadloom.${CommandName}` => `threadloom.${name}`;

export type SettingScope = "window" | "resource";
export type SettingFacts =
  | {
      readonly type: "integer";
      readonly default: number;
      readonly minimum: number;
      readonly maximum: number;
      readonly scope: SettingScope;
    }
  | { readonly type: "boolean"; readonly default: boolean; readonly scope: SettingScope }
  | {
      readonly type: "string";
      readonly default: string;
      readonly enum: readonly string[];
      readonly scope: SettingScope;
    };

export const SETTINGS = {
  /** Milliseconds. */
  "trace.timeLimit": {
    type: "integer",
    default: 30_000,
    minimum: 100,
    maximum: 3_600_000,
    scope: "resource",
  },
  /** Megabytes. */
  "trace.memoryLimit": {
    type: "integer",
    default: 1024,
    minimum: 64,
    maximum: 65_536,
    scope: "resource",
  },
  /** Lines. */
  "trace.outputLimit": {
    type: "integer",
    default: 10_000,
    minimum: 100,
    maximum: 1_000_000,
    scope: "resource",
  },
  /** Recordings. */
  "trace.keep": { type: "integer", default: 20, minimum: 1, maximum: 1000, scope: "window" },
  "model.kind": {
    type: "string",
    default: "program",
    enum: RUN_KINDS,
    scope: "resource",
  },
  /** 0: as the program says, or the model's default. */
  "model.cores": {
    type: "integer",
    default: 0,
    minimum: 0,
    maximum: MOST_CORES,
    scope: "resource",
  },
  /** In ticks; 0 as for cores. */
  "model.quantum": {
    type: "integer",
    default: 0,
    minimum: 0,
    maximum: 1_000_000,
    scope: "resource",
  },
  "explore.strategy": { type: "string", default: "auto", enum: STRATEGIES, scope: "resource" },
  /** Milliseconds. */
  "explore.timeLimit": {
    type: "integer",
    default: 60_000,
    minimum: 100,
    maximum: 86_400_000,
    scope: "resource",
  },
  "explore.openResult": { type: "boolean", default: true, scope: "window" },
  "agents.offerServer": { type: "boolean", default: false, scope: "window" },
  "timeline.location": {
    type: "string",
    default: "beside",
    enum: ["beside", "active"],
    scope: "window",
  },
  "timeline.openOnTrace": { type: "boolean", default: true, scope: "window" },
  "timeline.followCursor": { type: "boolean", default: true, scope: "window" },
  "codeLens.enabled": { type: "boolean", default: true, scope: "resource" },
  "inlayHints.enabled": { type: "boolean", default: true, scope: "resource" },
  "decorations.enabled": { type: "boolean", default: true, scope: "resource" },
  "problems.enabled": { type: "boolean", default: true, scope: "resource" },
} as const satisfies Record<string, SettingFacts>;
export type SettingName = keyof typeof SETTINGS;

type ValueOf<Facts> = Facts extends { type: "integer" }
  ? number
  : Facts extends { type: "boolean" }
    ? boolean
    : Facts extends { enum: readonly (infer Choice)[] }
      ? Choice
      : never;
export type SettingValue<Name extends SettingName> = ValueOf<(typeof SETTINGS)[Name]>;

/** How many colours tell threads apart before they come again: as many as the timeline has. */
export const THREAD_COLOURS = 8;

/** The colour of a thread, by its place in order of creation: the same as in the timeline. */
export const threadColour = (order: number): string =>
  `threadloom.thread${(order % THREAD_COLOURS) + 1}`;
