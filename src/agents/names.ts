/** What the tools are called: for whoever offers them without loading what they do. */
export const TOOL_NAMES = ["check", "list_outcomes", "replay", "step", "trace", "explain"] as const;
export type ToolName = (typeof TOOL_NAMES)[number];

/** In VS Code, where the tools of all extensions have one list. */
export const editorName = (name: ToolName): string => `threadloom_${name}`;
