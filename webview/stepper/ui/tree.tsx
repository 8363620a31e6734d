/**
 * The paths that were tried, as a tree: the one here bold, what redo leads to dashed, ends with what they came to. One place in
 * the order of Tab; arrow keys go along and across the paths (WAI-ARIA, tree view pattern).
 */
import { linkHorizontal } from "d3";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { StepperText } from "../strings.ts";
import type { TreeLayout, TreeNode } from "../model/tree-layout.ts";
import type { Stepper } from "../stepper.ts";
import { Action } from "./action.tsx";
import { usePart, useStepper } from "./context.ts";

const link = linkHorizontal<unknown, [number, number]>();
/** Half the width of a stretch's pill. */
const PILL = 17;
/** Within so many pixels a way reaches its row. */
const TURN = 28;

export function Tree() {
  const stepper = useStepper();
  const { text } = stepper;
  usePart((state) => state.drawnTree);
  usePart((state) => state.expanded);
  const marked = usePart((state) => state.marked);
  const layout = stepper.tree();
  return (
    <section class="tree">
      <h2 id="tree-title">{text("tree.title")}</h2>
      <Picture layout={layout} />
      {layout.hidden > 0 && <p class="dim">{text.count("tree.hidden", layout.hidden)}</p>}
      {stepper.moments.size === 1 && <p class="dim">{text("tree.empty")}</p>}
      {marked.length > 0 && (
        <p class="marks">
          <Action
            hint={text("tree.compare")}
            shortcut="c"
            not={
              marked.length < 2 ? text("tree.compareNeeds", { count: marked.length }) : undefined
            }
            onDo={() => void stepper.compare(marked[0], marked[1])}
          >
            {text("tree.compare")}
          </Action>{" "}
          <button type="button" class="link" onClick={() => stepper.unmark()}>
            {text("tree.unmark")}
          </button>
        </p>
      )}
    </section>
  );
}

function Picture({ layout }: { readonly layout: TreeLayout }) {
  const stepper = useStepper();
  const { text } = stepper;
  const { nodes, width, height } = layout;
  const here = nodes.findIndex(({ isHere }) => isHere);
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(here);
  const at = Math.min(active, nodes.length - 1);
  useLayoutEffect(() => setActive(here), [here, nodes]);
  useLayoutEffect(() => bringIntoSight(box.current, nodes[here]), [here, nodes]);
  const press = (event: KeyboardEvent): void => {
    const next = neighbour(nodes, at, event.key);
    if (next !== undefined) {
      setActive(next);
      bringIntoSight(box.current, nodes[next]);
    } else if (event.key === "Enter") choose(stepper, nodes[at]);
    else if (event.key === "m") stepper.mark(nodes[at].id);
    else if (!/^(?:Arrow|Home|End)/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={box}
      class="branches"
      role="tree"
      tabIndex={0}
      aria-labelledby="tree-title"
      aria-description={text("tree.help")}
      aria-activedescendant={`node-${nodes[at].id}`}
      aria-multiselectable="true"
      onKeyDown={press}
    >
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="presentation">
        {nodes.map((node) => (
          <Way key={node.id} node={node} from={nodes[node.parent ?? 0]} />
        ))}
        {nodes.map((node, index) => (
          <Node key={node.id} node={node} active={index === at} />
        ))}
      </svg>
    </div>
  );
}

function Way({ node, from }: { readonly node: TreeNode; readonly from: TreeNode }) {
  if (node.parent === undefined) return null;
  const source: [number, number] = [from.x + (from.kind === "chain" ? PILL : 0), from.y];
  const target: [number, number] = [node.x - (node.kind === "chain" ? PILL : 0), node.y];
  // Rows part soon after their fork, so that what stands above a way is not crossed by it.
  const turn: [number, number] = [Math.min(source[0] + TURN, target[0]), target[1]];
  return (
    <path class={`way ${node.way}`} d={`${link({ source, target: turn }) ?? ""}H${target[0]}`} />
  );
}

function Node({ node, active }: { readonly node: TreeNode; readonly active: boolean }) {
  const stepper = useStepper();
  const { text } = stepper;
  const { kind, id, x, y, level, way, isHere, isMarked, end, label, outcome, row } = node;
  const said = wordsOf(node, stepper, text);
  const classes = ["moment", way, kind, end ?? ""];
  if (isHere) classes.push("here");
  if (isMarked) classes.push("marked");
  if (active) classes.push("active");
  if (row.by) classes.push(`thread${(row.by.thread % 8) + 1}`);
  return (
    <g
      class={classes.join(" ")}
      id={`node-${id}`}
      role="treeitem"
      aria-level={level}
      aria-selected={isMarked}
      aria-current={isHere ? "step" : undefined}
      aria-label={said}
      onClick={(event) => {
        if (event.shiftKey) stepper.mark(id);
        else choose(stepper, node);
      }}
    >
      <title>{said}</title>
      <rect class="reach" x={x - 12} y={y - 12} width="24" height="24" />
      {active && <circle class="ring" cx={x} cy={y} r={kind === "chain" ? PILL + 4 : 11} />}
      {isMarked && <circle class="mark" cx={x} cy={y} r="9" />}
      {kind === "chain" ? (
        <>
          <rect class="dot" x={x - PILL} y={y - 9} width={2 * PILL} height="18" rx="9" />
          <text x={x} y={y + 4} text-anchor="middle">
            +{node.count}
          </text>
        </>
      ) : (
        <circle class="dot" cx={x} cy={y} r={isHere || end ? 6 : 4.5} />
      )}
      {label !== undefined && (
        <text class="label" x={x + 4} y={y - 10} text-anchor="end">
          {label}
        </text>
      )}
      {outcome !== undefined && (
        <text class="outcome" x={x + 11} y={y + 4}>
          {outcome}
        </text>
      )}
    </g>
  );
}

function wordsOf(
  { kind, count, row, end, outcome, isHere, isMarked }: TreeNode,
  stepper: Stepper,
  text: StepperText,
): string {
  if (kind === "chain") return text("tree.chain", { count });
  const did = row.by ? `${stepper.nameOf(row.by.thread)} ${row.by.text}` : text("tree.begin");
  const parts = [text("tree.node", { depth: row.depth, what: did.replaceAll("`", "") })];
  const { outcome: ended } = row;
  if (ended) {
    const error = ended.findings.find(({ severity }) => severity === "error");
    parts.push(
      end === "good" ? text("ending.ok") : (error?.message ?? text(endingKey(ended.ending))),
    );
    if (outcome !== undefined) parts.push(outcome);
  }
  if (isHere) parts.push(text("tree.here"));
  if (isMarked) parts.push(text("tree.marked"));
  return parts.join(", ");
}

const endingKey = (ending: string): "ending.finished" | "ending.stuck" | "ending.other" =>
  ending === "finished" || ending === "exited"
    ? "ending.finished"
    : ending === "stuck"
      ? "ending.stuck"
      : "ending.other";

function choose(stepper: Stepper, { kind, id }: TreeNode): void {
  if (kind === "chain") stepper.expand(id);
  else stepper.goTo(id);
}

/** Along the path, across to the one drawn above or below, or to an end of the picture. */
function neighbour(nodes: readonly TreeNode[], at: number, key: string): number | undefined {
  const { parent, y, x } = nodes[at];
  switch (key) {
    case "ArrowLeft":
      return parent;
    case "ArrowRight": {
      const children = nodes.flatMap((node, index) => (node.parent === at ? [index] : []));
      return children.find((index) => nodes[index].way !== "other") ?? children[0];
    }
    case "ArrowUp":
    case "ArrowDown": {
      const down = key === "ArrowDown";
      const rows = nodes.map((node) => node.y).filter((row) => (down ? row > y : row < y));
      if (rows.length === 0) return undefined;
      const row = down ? Math.min(...rows) : Math.max(...rows);
      const inRow = nodes.flatMap((node, index) => (node.y === row ? [index] : []));
      const far = (index: number): number => Math.abs(nodes[index].x - x);
      return inRow.reduce((best, index) => (far(index) < far(best) ? index : best));
    }
    case "Home":
      return 0;
    case "End":
      return nodes.length - 1;
    default:
      return undefined;
  }
}

function bringIntoSight(box: HTMLElement | null, node: TreeNode | undefined): void {
  if (!box || !node) return;
  const { x, y } = node;
  if (x - 40 < box.scrollLeft) box.scrollLeft = x - 40;
  else if (x + 80 > box.scrollLeft + box.clientWidth) box.scrollLeft = x + 80 - box.clientWidth;
  if (y - 24 < box.scrollTop) box.scrollTop = y - 24;
  else if (y + 24 > box.scrollTop + box.clientHeight) box.scrollTop = y + 24 - box.clientHeight;
}
