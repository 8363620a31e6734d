/**
 * What package.json says of the extension, derived from `contributions.ts` and its sisters. `scripts/manifest.ts` writes
 * it there, and test/extension/manifest.test.ts fails while the two differ. Words are keys of package.nls.json.
 *
 * Not bundled: nothing of it is needed while the extension runs.
 */
import { editorName, type ToolName } from "../agents/names.ts";
import type { AgentTool } from "../agents/tool.ts";
import { inputSchemaOf, TOOLS } from "../agents/toolbox.ts";
import {
  AGENT_SERVERS,
  COMMANDS,
  CONTEXTS,
  COMPARE_VIEW,
  EXPLORE_VIEW,
  SETTINGS,
  STEPPER_VIEW,
  TIMELINE_VIEW,
  TRACE_EDITOR,
  WALKTHROUGH,
  commandId,
  type CommandFacts,
  type CommandName,
  type SettingFacts,
} from "./contributions.ts";
import { BREAKPOINT_LANGUAGES, DEBUG_ACTIVATION, debuggers } from "./debug-manifest.ts";

const words = (key: string) => `%${key}%`;
const commands = Object.entries(COMMANDS) as [CommandName, CommandFacts][];
const settings = Object.entries(SETTINGS) as [string, SettingFacts][];

/** What the timeline asks for: its own list has more, which only it needs. */
export interface Colour {
  readonly id: string;
  readonly dark: string;
  readonly light: string;
  readonly hcDark: string;
  readonly hcLight: string;
}

/** The fields of package.json that are derived. */
export function manifest(colours: readonly Colour[]) {
  return {
    categories: ["Debuggers", "Visualization", "Education", "Testing"],
    keywords: ["concurrency", "threads", "mutex", "deadlock", "race condition"],
    icon: "media/icon.png",
    galleryBanner: { color: "#181818", theme: "dark" },
    extensionKind: ["workspace"],
    l10n: "./l10n",
    // VS Code derives the others from what is contributed. These two it doesn't: lenses stand above programs before
    // any command has run, and a timeline comes back when the window is reloaded.
    activationEvents: [
      "onLanguage:typescript",
      `onWebviewPanel:${TIMELINE_VIEW}`,
      `onWebviewPanel:${STEPPER_VIEW}`,
      `onWebviewPanel:${EXPLORE_VIEW}`,
      `onWebviewPanel:${COMPARE_VIEW}`,
      ...DEBUG_ACTIVATION,
    ],
    capabilities: {
      untrustedWorkspaces: { supported: "limited", description: words("trust.description") },
      virtualWorkspaces: { supported: "limited", description: words("virtual.description") },
    },
    contributes: {
      commands: commands.map(([name, facts]) => ({
        command: commandId(name),
        title: words(`command.${name}.title`),
        category: "Threadloom",
        ...(facts.icon ? { icon: facts.icon } : {}),
        ...(facts.when ? { enablement: facts.when } : {}),
      })),
      keybindings: commands
        .filter(([, facts]) => facts.key)
        .map(([name, facts]) => ({
          command: commandId(name),
          key: facts.key,
          ...(facts.mac ? { mac: facts.mac } : {}),
          when: keyWhen(name, facts.when ?? ""),
        })),
      menus: menus(),
      configuration: configuration(),
      colors: colours.map(({ id, dark, light, hcDark, hcLight }) => ({
        id,
        description: words(colourKey(id)),
        defaults: { dark, light, highContrast: hcDark, highContrastLight: hcLight },
      })),
      grammars: [
        {
          path: "./syntaxes/threadloom.annotations.tmLanguage.json",
          scopeName: "threadloom.annotations",
          injectTo: ["source.ts", "source.tsx", "source.js", "source.js.jsx"],
        },
      ],
      debuggers: debuggers(),
      breakpoints: BREAKPOINT_LANGUAGES,
      typescriptServerPlugins: [
        { name: "threadloom-ts-plugin", enableForWorkspaceTypeScriptVersions: true },
      ],
      customEditors: [
        {
          viewType: TRACE_EDITOR,
          displayName: words("traceEditor.name"),
          selector: [{ filenamePattern: "*.tltrace" }],
          priority: "default",
        },
      ],
      languageModelTools: TOOLS.map(languageModelTool),
      mcpServerDefinitionProviders: [{ id: AGENT_SERVERS, label: "Threadloom" }],
      walkthroughs: [walkthrough()],
    },
  };
}

/** What the tools need of the world: Node beside the editor, and for whatever runs code, the person's trust. */
const WITH_NODE = "(!isWeb || remoteName)";

function languageModelTool(tool: AgentTool) {
  const { name, description, runsCode } = tool;
  return {
    name: editorName(name),
    tags: ["threadloom", "concurrency"],
    toolReferenceName: editorName(name).replaceAll("_", "-"),
    displayName: words(`tool.${name}.name`),
    userDescription: words(`tool.${name}.description`),
    modelDescription: description,
    canBeReferencedInPrompt: true,
    icon: TOOL_ICONS[name],
    inputSchema: inputSchemaOf(tool),
    when: runsCode ? `${WITH_NODE} && isWorkspaceTrusted` : WITH_NODE,
  };
}

const TOOL_ICONS: Readonly<Record<ToolName, string>> = {
  check: "$(telescope)",
  list_outcomes: "$(list-unordered)",
  replay: "$(debug-restart-frame)",
  step: "$(debug-step-over)",
  trace: "$(play)",
  explain: "$(book)",
};

export const colourKey = (id: string): string => `colour.${id.replace("threadloom.", "")}`;

/** F5's family belongs to the debugger while it is at work. */
function keyWhen(name: CommandName, when: string): string {
  return name === "cancelTrace" ? `${when} && !inDebugMode` : when;
}

function menus() {
  const traceEditor = `activeCustomEditorId == '${TRACE_EDITOR}'`;
  const inPanel = `activeWebviewPanelId == '${TIMELINE_VIEW}' || ${traceEditor}`;
  const item = (name: CommandName, when: string, group: string) => ({
    command: commandId(name),
    when,
    group,
  });
  // The language keeps it off the timeline's own title, which has buttons of its own.
  const inProgram = `${CONTEXTS.program} && resourceLangId == typescript && !isInDiffEditor`;
  return {
    commandPalette: commands
      .filter(([, facts]) => facts.when)
      .map(([name, facts]) => ({ command: commandId(name), when: facts.when })),
    "editor/title/run": [
      item("trace", inProgram, "navigation@10"),
      item("step", inProgram, "navigation@11"),
      item("explore", `${CONTEXTS.canExplore} && ${inProgram}`, "navigation@12"),
    ],
    "editor/title": [
      item("cancelTrace", `${CONTEXTS.running} && (${inProgram} || ${inPanel})`, "navigation@1"),
      item(
        "stopExploring",
        `${CONTEXTS.exploring} && (${inProgram} || activeWebviewPanelId == '${EXPLORE_VIEW}')`,
        "navigation@1",
      ),
      item("openTimeline", `${inProgram} && ${CONTEXTS.recorded}`, "navigation@2"),
      item("exportChrome", inPanel, "threadloom@1"),
      item("showOutput", inPanel, "threadloom@2"),
    ],
    "editor/context": [
      item("trace", `${CONTEXTS.program} && !editorHasSelection`, "navigation@90"),
      item("step", `${CONTEXTS.program} && !editorHasSelection`, "navigation@91"),
      item(
        "explore",
        `${CONTEXTS.canExplore} && ${CONTEXTS.program} && !editorHasSelection`,
        "navigation@92",
      ),
    ],
  };
}

function configuration() {
  const areas = [...new Set(settings.map(([name]) => name.split(".")[0]))];
  return areas.map((area) => ({
    title: words(`settings.${area}`),
    properties: Object.fromEntries(
      settings
        .filter(([name]) => name.startsWith(`${area}.`))
        .map(([name, facts], order) => [`threadloom.${name}`, property(name, facts, order)]),
    ),
  }));
}

function property(name: string, facts: SettingFacts, order: number) {
  const choices =
    "enum" in facts
      ? { enumDescriptions: facts.enum.map((choice) => words(`setting.${name}.${choice}`)) }
      : {};
  return { ...facts, ...choices, order, markdownDescription: words(`setting.${name}`) };
}

function walkthrough() {
  const step = (id: string, completion: string) => ({
    id,
    title: words(`walkthrough.${id}.title`),
    description: words(`walkthrough.${id}.description`),
    media: { markdown: `media/walkthrough/${id}.md` },
    completionEvents: [completion],
  });
  return {
    id: WALKTHROUGH.replace("threadloom.", ""),
    title: words("walkthrough.title"),
    description: words("walkthrough.description"),
    icon: "media/icon.png",
    steps: [
      step("open", `onCommand:${commandId("openExample")}`),
      step("trace", `onCommand:${commandId("trace")}`),
      step("read", `onContext:${CONTEXTS.recorded}`),
    ],
  };
}
