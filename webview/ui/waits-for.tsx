/** The wait-for graph at the cursor's time: small, with the same threads in the same colours, and in words beside it. */
import { linkHorizontal } from "d3";
import type { ObjectId } from "../../src/base/brand.ts";
import type { Picture } from "../model/picture.ts";
import { placeNodes, waitsAt, type WaitEdge } from "../model/waits.ts";
import { usePanel, usePart } from "./context.ts";

const COLUMN = 96;
const ROW = 52;
const RADIUS = 17;
const MOST = 24;

export function WaitsFor({ picture }: { readonly picture: Picture }) {
  const panel = usePanel();
  const { text } = panel;
  const cursor = usePart((state) => state.cursor);
  if (cursor === null) return null;
  const words = panel.words(picture);
  const time = words.moment(cursor, picture.durationNs / 10);
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

interface GraphProps {
  readonly edges: readonly WaitEdge[];
  readonly label: string;
  readonly nameOf: (id: number) => string;
  readonly objectName: (object: number) => string;
}

const link = linkHorizontal<unknown, [number, number]>();

function Graph({ edges, label, nameOf, objectName }: GraphProps) {
  const nodes = placeNodes(edges);
  const columns = Math.max(...nodes.map((node) => node.column)) + 1;
  const rows = Math.max(...nodes.map((node) => node.row)) + 1;
  const cycle = edges.some((edge) => edge.cycle);
  const width = columns * COLUMN - (COLUMN - RADIUS * 2) + 8;
  const height = rows * ROW + (cycle ? 30 : 0);
  const at = new Map(
    nodes.map(({ id, column, row }): [number, [number, number]] => [
      id,
      [4 + RADIUS + column * COLUMN, RADIUS + 4 + row * ROW],
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
        <marker id="arrow" markerWidth="7" markerHeight="7" refX="6" refY="3" orient="auto">
          <path d="M0,0L7,3L0,6z" />
        </marker>
      </defs>
      {edges.map((edge) => {
        const from = at.get(edge.from)!;
        const to = at.get(edge.to >= 0 ? edge.to : -1 - edge.object)!;
        const back = to[0] <= from[0];
        const path = back ? around(from, to, height) : straight(from, to);
        const middle = (from[0] + to[0]) / 2;
        const name = edge.to >= 0 ? objectName(edge.object) : "";
        return (
          <g key={edge.from} class={edge.cycle ? "edge cycle" : "edge"}>
            <path d={path} marker-end="url(#arrow)" />
            <text x={middle} y={back ? height - 16 : (from[1] + to[1]) / 2 - 7}>
              {shortened(name, 9)}
            </text>
          </g>
        );
      })}
      {nodes.map(({ id }) => {
        const [x, y] = at.get(id)!;
        const thread = id >= 0;
        return (
          <g key={id} class={thread ? `node thread${(id % 8) + 1}` : "node object"}>
            {thread ? (
              <circle cx={x} cy={y} r={RADIUS} />
            ) : (
              <rect x={x - RADIUS} y={y - 12} width={RADIUS * 2} height={24} rx={3} />
            )}
            <text x={x} y={y + 4}>
              {shortened(nameOf(id), 6)}
            </text>
            <title>{nameOf(id)}</title>
          </g>
        );
      })}
    </svg>
  );
}

function straight(from: readonly [number, number], to: readonly [number, number]): string {
  return (
    link({
      source: [from[0] + RADIUS, from[1]],
      target: [to[0] - RADIUS - 2, to[1]],
    }) ?? ""
  );
}

/** Back to the beginning, below everything. */
function around(
  [fromX, fromY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
  height: number,
): string {
  const low = height - 6;
  return `M${fromX},${fromY + RADIUS}C${fromX},${low} ${toX},${low} ${toX},${toY + RADIUS + 2}`;
}

/** "worker-2" as "w-2", anything else cut short: the whole name is the node's title. */
function shortened(name: string, most: number): string {
  if (name.length <= most) return name;
  const numbered = /^([\p{L}])[\p{L}]*[- #]?(\d+)$/u.exec(name);
  return numbered ? `${numbered[1]}-${numbered[2]}` : `${name.slice(0, most - 1)}…`;
}
