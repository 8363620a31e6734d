/**
 * Where the moments of the tree lie when it is drawn: time goes right, every path that was tried has a row of its own, and
 * the first that was tried from a moment goes straight on. Long stretches without a branch are one node that says how many
 * steps it stands for.
 */
import { hierarchy, type HierarchyNode } from "d3";
import type { MomentId, TreeRow } from "../../../src/protocol/step.ts";
import { BEGINNING, passed, type Moments } from "./moments.ts";

export interface TreeNode {
  /** A single moment, or a stretch of them that begins with `id`. */
  readonly kind: "moment" | "chain";
  readonly id: MomentId;
  /** How many moments it stands for. */
  readonly count: number;
  readonly row: TreeRow;
  readonly x: number;
  readonly y: number;
  /** Counts from 1 at the beginning, as screen readers count. */
  readonly level: number;
  readonly parent: number | undefined;
  readonly way: Way;
  readonly isHere: boolean;
  readonly isMarked: boolean;
  readonly end: "good" | "bad" | undefined;
  /** Drawn above the way that leads to it: a branch's first step. */
  readonly label: string | undefined;
  /** Drawn beside it: what a run came to. */
  readonly outcome: string | undefined;
}

/** Whether one has been there on the way here, would come there by redo, or neither. */
export type Way = "past" | "onward" | "other";

export interface TreeLayout {
  /** Parents before their children; children in the order in which they were tried. */
  readonly nodes: readonly TreeNode[];
  readonly width: number;
  readonly height: number;
  /** Paths that are not drawn. */
  readonly hidden: number;
}

export interface TreeWishes {
  readonly marked: readonly MomentId[];
  /** Stretches that are to be drawn step by step, by their first moment. */
  readonly expanded: ReadonlySet<MomentId>;
  readonly nameOf: (thread: number) => string;
}

/** A picture of more paths says nothing any more. */
const MOST_PATHS = 60;
/** A stretch of so many moments is drawn as it is. */
const SHORT = 12;
/** Of a stretch that is unfolded so many are shown; what is left is a stretch again. */
const UNFOLDED = 60;
const ROW = 34;
const STEP = 30;
const MARGIN = 16;
/** Of a letter in a label, in pixels; labels are cut to `LONGEST` letters. */
const LETTER = 6.1;
const LONGEST = 28;

interface Draft {
  readonly kind: TreeNode["kind"];
  readonly row: TreeRow;
  readonly count: number;
  readonly label: string | undefined;
  readonly outcome: string | undefined;
  readonly children: Draft[];
}

/** O(moments). */
export function treeLayout(moments: Moments, wishes: TreeWishes): TreeLayout {
  const { marked } = wishes;
  const here = moments.here.id;
  const drawn = drawnMoments(moments, marked);
  const root = draftsOf(moments, drawn.ids, wishes);
  const past = new Set<MomentId>([BEGINNING, ...moments.path(here).map(({ id }) => id)]);
  const onward = new Set<MomentId>(moments.onward(here).map(({ id }) => id));
  const wayOf = (id: MomentId): Way =>
    past.has(id) ? "past" : onward.has(id) ? "onward" : "other";
  return { ...placed(hierarchy(root), wayOf, here, marked), hidden: drawn.hidden };
}

/** The tree with its long stretches folded. With a stack rather than recursion: a path may be as long as a run. */
function draftsOf(
  moments: Moments,
  ids: ReadonlySet<MomentId>,
  { marked, expanded, nameOf }: TreeWishes,
): Draft {
  const after = (id: MomentId): readonly MomentId[] =>
    moments.after(id).filter((one) => ids.has(one));
  const kept = new Set<MomentId>([BEGINNING, moments.here.id, ...marked]);
  const isBranch = ({ before }: TreeRow): boolean =>
    before !== undefined && after(before).length > 1;
  const matters = (id: MomentId): boolean =>
    kept.has(id) || after(id).length !== 1 || isBranch(moments.row(id));
  const draftOf = (row: TreeRow): Draft => ({
    kind: "moment",
    row,
    count: 1,
    label: isBranch(row) ? labelOf(row, nameOf) : undefined,
    outcome: outcomeOf(row),
    children: [],
  });

  const root = draftOf(moments.row(BEGINNING));
  const open: { readonly parent: Draft; readonly id: MomentId }[] = [];
  const openAfter = (parent: Draft, id: MomentId): void => {
    // The last is taken first: so the first is put last.
    for (const next of after(id).toReversed()) open.push({ parent, id: next });
  };
  openAfter(root, BEGINNING);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { parent, id } = next;
    const stretch: MomentId[] = [];
    for (let at = id; !matters(at); at = after(at)[0]) stretch.push(at);
    if (stretch.length > SHORT && !expanded.has(id)) {
      const chain: Draft = { ...draftOf(moments.row(id)), kind: "chain", count: stretch.length };
      parent.children.push(chain);
      openAfter(chain, stretch[stretch.length - 1]);
      continue;
    }
    let last = parent;
    for (const one of stretch.length > 0 ? stretch.slice(0, UNFOLDED) : [id]) {
      const draft = draftOf(moments.row(one));
      last.children.push(draft);
      last = draft;
    }
    openAfter(last, last.row.id);
  }
  return root;
}

/** The newest paths, and those that lead here or to a mark. */
function drawnMoments(
  moments: Moments,
  marked: readonly MomentId[],
): { readonly ids: ReadonlySet<MomentId>; readonly hidden: number } {
  const { ends } = moments;
  const newest = ends.slice(Math.max(0, ends.length - MOST_PATHS)).map(({ id }) => id);
  const ids = new Set<MomentId>([BEGINNING]);
  for (const end of [...newest, moments.here.id, ...marked.filter((id) => moments.has(id))]) {
    for (let row = moments.row(end); !ids.has(row.id); row = moments.row(row.before!)) {
      ids.add(row.id);
    }
  }
  return { ids, hidden: ends.filter(({ id }) => !ids.has(id)).length };
}

function placed(
  root: HierarchyNode<Draft>,
  wayOf: (id: MomentId) => Way,
  here: MomentId,
  marked: readonly MomentId[],
): Omit<TreeLayout, "hidden"> {
  const rows = new Map<HierarchyNode<Draft>, number>();
  let count = 0;
  root.eachAfter((node) => {
    rows.set(node, node.children ? rows.get(node.children[0])! : count++);
  });
  const columns = columnsOf(root);
  const numbers = new Map<HierarchyNode<Draft>, number>();
  const nodes: TreeNode[] = [];
  let width = 0;
  root.eachBefore((node) => {
    const { kind, row, count, label, outcome } = node.data;
    const x = MARGIN + columns[node.depth];
    numbers.set(node, nodes.length);
    width = Math.max(width, x + MARGIN + (outcome === undefined ? 0 : widthOf(outcome) + 12));
    nodes.push({
      kind,
      id: row.id,
      count,
      row,
      x,
      y: MARGIN + 6 + rows.get(node)! * ROW,
      level: node.depth + 1,
      parent: node.parent ? numbers.get(node.parent) : undefined,
      way: wayOf(row.id),
      isHere: kind === "moment" && row.id === here,
      isMarked: kind === "moment" && marked.includes(row.id),
      end: row.outcome && kind === "moment" ? (passed(row.outcome) ? "good" : "bad") : undefined,
      label,
      outcome,
    });
  });
  return { nodes, width, height: 2 * MARGIN + 6 + Math.max(0, count - 1) * ROW };
}

/** How far right each depth lies: labels stand before their nodes. */
function columnsOf(root: HierarchyNode<Draft>): readonly number[] {
  const gaps: number[] = [];
  root.each(({ depth, data }) => {
    const label = data.label ? widthOf(data.label) + 14 : 0;
    const chain = data.kind === "chain" ? 52 : 0;
    gaps[depth] = Math.max(gaps[depth] ?? 0, STEP, label, chain);
  });
  let x = 0;
  return gaps.map((gap, depth) => (depth === 0 ? 0 : (x += gap)));
}

const widthOf = (label: string): number => label.length * LETTER;

function labelOf({ by }: TreeRow, nameOf: TreeWishes["nameOf"]): string {
  return by ? cut(`${nameOf(by.thread)} ${by.text.replaceAll("`", "")}`) : "";
}

function outcomeOf({ outcome }: TreeRow): string | undefined {
  if (!outcome) return undefined;
  const values = outcome.shared.slice(0, 2).map(({ name, text }) => `${name} ${text}`);
  const words = values.length > 0 ? values.join(", ") : (outcome.output.at(-1) ?? outcome.ending);
  return `${passed(outcome) ? "✓" : "✗"} ${cut(words)}`;
}

const cut = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
