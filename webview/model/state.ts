/** Everything that the panel shows, in one immutable value; and what of it is kept over hiding and reload. */
import type { Sentence } from "../../src/analysis/sentence.ts";
import type { Finding } from "../../src/trace/finding.ts";
import type { TraceProblem } from "../../src/trace/problem.ts";
import type { RunAs } from "../../src/protocol/execution-model.ts";
import type { ToView } from "../../src/protocol/webview.ts";
import type { Hit, KeptHit } from "./hit.ts";
import { isGroup, type GroupName } from "./layout.ts";
import type { Picture } from "./picture.ts";
import type { Window } from "./scale.ts";

export type Status = Extract<ToView, { type: "status" }>;
export type Problems = Extract<ToView, { type: "problems" }>["problems"];
export type Phase = Status["phase"];

export const isOver = (phase: Phase | null): boolean =>
  phase === "ended" || phase === "failed" || phase === "cancelled";

export type Tab = "details" | "output" | "table" | "source";
const TABS: readonly Tab[] = ["details", "output", "table", "source"];

/** Lines of a file. */
export interface Lines {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
}

export interface PanelState {
  /** Null before any run. */
  readonly run: string | null;
  readonly title: string;
  /** What the program is run as; null where it cannot be run from here. */
  readonly runAs: RunAs | null;
  readonly phase: Phase | null;
  readonly statusText: string;
  readonly problems: Problems | null;
  readonly picture: Picture | null;
  readonly traceProblem: TraceProblem | null;
  /** What the host found; null until it has spoken. */
  readonly findings: readonly Finding[] | null;
  /** What is to be said of the run; made after the picture was painted. */
  readonly insight: Insight | null;
  readonly selected: Hit | null;
  /** The thread whose lane is to be brought into sight, as soon as it has one. */
  readonly wanted: number | null;
  readonly cursor: number | null;
  readonly measured: { readonly from: number; readonly to: number } | null;
  readonly filter: string;
  readonly lit: Lines | null;
  readonly folded: ReadonlySet<GroupName>;
  readonly unlimited: ReadonlySet<GroupName>;
  /** Keep the end of a run that goes on in sight. */
  readonly follow: boolean;
  readonly tab: Tab;
  /** What the source pane of a report shows. */
  readonly source: Lines | null;
}

export interface Insight {
  readonly picture: Picture;
  readonly findings: readonly Finding[];
  readonly story: readonly Sentence[];
}

export const EMPTY_STATE: PanelState = {
  run: null,
  title: "",
  runAs: null,
  phase: null,
  statusText: "",
  problems: null,
  picture: null,
  traceProblem: null,
  findings: null,
  insight: null,
  selected: null,
  wanted: null,
  cursor: null,
  measured: null,
  filter: "",
  lit: null,
  folded: new Set(),
  unlimited: new Set(),
  follow: true,
  tab: "details",
  source: null,
};

/** What is kept by the host. Version 1. */
export interface Kept {
  readonly version: 1;
  readonly run: string | null;
  readonly window: Window | null;
  readonly folded: readonly GroupName[];
  readonly filter: string;
  readonly selected: KeptHit | null;
  readonly cursor: number | null;
  readonly follow: boolean;
  readonly tab: Tab;
}

/** Parsed at the edge: what another version kept counts as nothing. */
export function parseKept(value: unknown): Kept | null {
  if (typeof value !== "object" || value === null) return null;
  const kept = value as Partial<Record<keyof Kept, unknown>>;
  if (kept.version !== 1 || !Array.isArray(kept.folded)) return null;
  const finite = (one: unknown): one is number => typeof one === "number" && Number.isFinite(one);
  const window = kept.window as { start?: unknown; end?: unknown } | null;
  const hit = kept.selected as {
    kind?: unknown;
    lane?: unknown;
    row?: unknown;
    time?: unknown;
  } | null;
  return {
    version: 1,
    run: typeof kept.run === "string" ? kept.run : null,
    window: window && finite(window.start) && finite(window.end) ? (window as Window) : null,
    folded: kept.folded.filter(isGroup),
    filter: typeof kept.filter === "string" ? kept.filter : "",
    selected:
      hit && typeof hit.lane === "string" && finite(hit.row) && finite(hit.time)
        ? (hit as KeptHit)
        : null,
    cursor: finite(kept.cursor) ? kept.cursor : null,
    follow: kept.follow !== false,
    tab: TABS.find((tab) => tab === kept.tab) ?? "details",
  };
}
