/** The wait-for graph at the cursor's time: small, with the same threads in the same colours, and in words beside it. */
import { linkHorizontal } from "d3";
import type { ObjectId } from "../../src/base/brand.ts";
import type { Picture } from "../model/picture.ts";
import { lengthOf } from "../model/scale.ts";
import { placeNodes, waitsAt, type WaitEdge } from "../model/waits.ts";
import { usePanel, usePart } from "./context.ts";

/** Between two nodes' sides: room for the name of what is waited for. */
const BETWEEN = 56;
const ROW = 40;
const HALF = 13;
/** Names longer than this are cut; the whole name is the node's title. */
const LONGEST = 11;
const MOST = 24;

export function WaitsFor({ picture }: { readonly picture: Picture }) {
  const panel = usePanel();
  const { text } = panel;
  const cursor = usePart((state) => state.cursor);
  if (cursor === null) return null;
  const words = panel.words(picture);
  const time = words.moment(cursor, lengthOf(picture.extent) / 100);
  const all = waitsAt(picture, cursor);
  const edges = all.slice(0, MOST);
  const said = all.map(({ from, to, object }) =>
    to >= 0
      ? text("waits.edge", {
          from: words.thread(from),
          to: words.thread(to),
          object: words.object(object),
        })
      : text("waits.edgeNobody", { from: words.thread(from), object: words.object(object) }),
  );
  return (
    <section>
      <h2>
        {text("pane.waitsFor", { time: "\0" }).split("\0")[0]}
        <span class="unit">{time}</span>
      </h2>
      {all.length === 0 ? (
        <p class="dim">{text("pane.waitsForNobody", { time })}</p>
      ) : (
        <Graph
          edges={edges}
          label={text("waits.graph", { time, edges: said.join("; ") })}
          nameOf={(id) => (id >= 0 ? words.thread(id) : words.object(-1 - id))}
          objectName={(object) =>
            picture.timeline.kindOf(object as ObjectId) === "thread"
              ? text("waits.join")
              : words.object(object)
          }
        />
      )}
    </section>
  );
}

export interface GraphProps {
  readonly edges: readonly WaitEdge[];
  readonly label: string;
  readonly nameOf: (id: number) => string;
  readonly objectName: (object: number) => string;
}

const link = linkHorizontal<unknown, [number, number]>();

/** The edges drawn: those of a thread come from it, and at most one does. */
export function Graph({ edges, label, nameOf, objectName }: GraphProps) {
  const nodes = placeNodes(edges);
  const columns = Math.max(...nodes.map((node) => node.column)) + 1;
  const rows = Math.max(...nodes.map((node) => node.row)) + 1;
  const cycle = edges.some((edge) => edge.cycle);
  const longest = Math.max(...nodes.map(({ id }) => shortened(nameOf(id), LONGEST).length));
  const half = Math.max(17, longest * 3.4 + 7);
  const width = columns * (half * 2 + BETWEEN) - BETWEEN + 8;
  const height = rows * ROW + (cycle ? 34 : 0);
  const at = new Map(
    nodes.map(({ id, column, row }): [number, [number, number]] => [
      id,
      [4 + half + column * (half * 2 + BETWEEN), HALF + 5 + row * ROW],
    ]),
  );
  return (
    <svg
      class="graph"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <defs>
        <marker
          id="arrow"
          markerUnits="userSpaceOnUse"
          markerWidth="7"
          markerHeight="7"
          refX="6"
          refY="3"
          orient="auto"
        >
          <path d="M0,0L7,3L0,6z" />
        </marker>
      </defs>
      {edges.map((edge) => {
        const from = at.get(edge.from)!;
        const to = at.get(edge.to >= 0 ? edge.to : -1 - edge.object)!;
        const back = to[0] <= from[0];
        const path = back ? around(from, to, height) : straight(from, to, half);
        const name = edge.to >= 0 ? objectName(edge.object) : "";
        return (
          <g key={edge.from} class={edge.cycle ? "edge cycle" : "edge"}>
            <path d={path} marker-end="url(#arrow)" />
            <text x={(from[0] + to[0]) / 2} y={back ? height - 3 : (from[1] + to[1]) / 2 - 6}>
              {shortened(name, 8)}
            </text>
          </g>
        );
      })}
      {nodes.map(({ id }) => {
        const [x, y] = at.get(id)!;
        const thread = id >= 0;
        return (
          <g key={id} class={thread ? `node thread${(id % 8) + 1}` : "node object"}>
            <rect
              x={x - half}
              y={y - HALF}
              width={half * 2}
              height={HALF * 2}
              rx={thread ? HALF : 3}
            />
            <text x={x} y={y + 4}>
              {shortened(nameOf(id), LONGEST)}
            </text>
            <title>{nameOf(id)}</title>
          </g>
        );
      })}
    </svg>
  );
}

function straight(
  from: readonly [number, number],
  to: readonly [number, number],
  half: number,
): string {
  return link({ source: [from[0] + half, from[1]], target: [to[0] - half - 2, to[1]] }) ?? "";
}

/** Back to the beginning, below everything. */
function around(
  [fromX, fromY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
  height: number,
): string {
  const low = height - 6;
  return `M${fromX},${fromY + HALF}C${fromX},${low} ${toX},${low} ${toX},${toY + HALF + 2}`;
}

const shortened = (name: string, most: number): string =>
  name.length <= most ? name : `${name.slice(0, most - 1)}…`;
