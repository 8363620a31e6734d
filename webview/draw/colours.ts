/**
 * The colours that the timeline asks VS Code for, with what they are where nobody says otherwise. The extension
 * contributes exactly this list, so that themes and people can change them; the report page, which has no VS Code around
 * it, uses the defaults.
 */
export interface ContributedColour {
  /** As in `contributes.colors`; its CSS variable has `-` for `.`. */
  readonly id: string;
  readonly description: string;
  readonly dark: string;
  readonly light: string;
  readonly hcDark: string;
  readonly hcLight: string;
}

export type ThemeKind = "dark" | "light" | "hcDark" | "hcLight";

const THREADS: readonly (readonly [string, string, string, string])[] = [
  ["#4fa3ff", "#1f6fd0", "#6cb8ff", "#0f4fa8"],
  ["#e3a34f", "#b36b00", "#ffb95c", "#8a4b00"],
  ["#b58cf0", "#7b4fc9", "#c9a6ff", "#5b2ca8"],
  ["#53c7c0", "#0c8a83", "#5fe0d8", "#00605b"],
  ["#ef8fc0", "#b8467f", "#ffa3d4", "#8c1f5b"],
  ["#d6cf5b", "#807a00", "#f0e766", "#5c5700"],
  ["#9fb4ff", "#4a5fc4", "#b6c6ff", "#2c3d99"],
  ["#c79a7b", "#8a5a38", "#e0b394", "#643a1c"],
];

const LOCKS: readonly (readonly [string, string, string, string])[] = [
  ["#d9799b", "#b04d72", "#f08fb2", "#8f2c53"],
  ["#7fb3e6", "#3f7fb8", "#98c9f7", "#1d5a91"],
  ["#a9bf74", "#667f2a", "#c2da88", "#475c12"],
  ["#c6a7e2", "#8560ab", "#d9bdf2", "#623f87"],
  ["#d3b57e", "#8f6d2c", "#e8cc96", "#6b4e14"],
  ["#84bdb0", "#3c7f71", "#9bd6c8", "#1d5c4f"],
];

const STATES: readonly ContributedColour[] = [
  {
    id: "threadloom.running",
    description: "A running thread on the timeline.",
    dark: "#3fa66b",
    light: "#4fae78",
    hcDark: "#4fd08a",
    hcLight: "#1f7a47",
  },
  {
    id: "threadloom.blocked",
    description: "A thread that another one holds up: hatched, the costly thing.",
    dark: "#f14c4c",
    light: "#d13438",
    hcDark: "#ff6b6b",
    hcLight: "#b5200d",
  },
  {
    id: "threadloom.waiting",
    description: "A thread that waits for an event, such as a message or a join: dotted.",
    dark: "#9a9a9a",
    light: "#6e6e6e",
    hcDark: "#d0d0d0",
    hcLight: "#404040",
  },
  {
    id: "threadloom.sleeping",
    description: "A sleeping thread: faint.",
    dark: "#8b8b8b",
    light: "#8b8b8b",
    hcDark: "#a8a8a8",
    hcLight: "#5a5a5a",
  },
  {
    id: "threadloom.stalled",
    description: "A thread that waited for the recorder.",
    dark: "#cca700",
    light: "#9a7b00",
    hcDark: "#ffd94d",
    hcLight: "#6b5500",
  },
  {
    id: "threadloom.runnable",
    description: "A thread that could go on and waits for a core: level lines.",
    dark: "#6cc596",
    light: "#3d9a66",
    hcDark: "#7fe8ae",
    hcLight: "#1f7a47",
  },
  {
    id: "threadloom.channel",
    description: "How many messages are queued in a channel.",
    dark: "#53c7c0",
    light: "#0c8a83",
    hcDark: "#5fe0d8",
    hcLight: "#00605b",
  },
];

const series = (
  kind: "thread" | "lock",
  rows: readonly (readonly [string, string, string, string])[],
): ContributedColour[] =>
  rows.map(([dark, light, hcDark, hcLight], index) => ({
    id: `threadloom.${kind}${index + 1}`,
    description:
      kind === "thread"
        ? `Every ${rows.length}th thread, from thread ${index}: its lane and the locks that it holds.`
        : `Every ${rows.length}th lock, from the ${index + 1}th on: its bars on the lanes of threads.`,
    dark,
    light,
    hcDark,
    hcLight,
  }));

export const CONTRIBUTED_COLOURS: readonly ContributedColour[] = [
  ...series("thread", THREADS),
  ...series("lock", LOCKS),
  ...STATES,
];

/** `--vscode-threadloom-thread1` */
export const variableOf = (id: string): string => `--vscode-${id.replaceAll(".", "-")}`;
