/** The names beside the lanes, and the headings that fold them. */
import type { SiteId } from "../../src/base/brand.ts";
import type { FixedGroup, Layout, Row } from "../model/layout.ts";
import type { Lane, Picture } from "../model/picture.ts";
import type { Words } from "../model/words.ts";
import { usePanel, usePart } from "./context.ts";
import { Swatch } from "./swatch.tsx";

export function Names({ layout, picture }: { readonly layout: Layout; readonly picture: Picture }) {
  return (
    <div class={layout.metrics.compact ? "names compact" : "names"}>
      {layout.rows.map((row) => (
        <Name
          key={row.kind === "lane" ? row.key : `${row.kind} ${row.group}`}
          row={row}
          picture={picture}
        />
      ))}
    </div>
  );
}

function Name({ row, picture }: { readonly row: Row; readonly picture: Picture }) {
  const panel = usePanel();
  const { text } = panel;
  const words = panel.words(picture);
  const style = { top: `${row.y}px`, height: `${row.height}px` };
  switch (row.kind) {
    case "group":
      return (
        <button
          type="button"
          class={row.process ? "group process" : "group"}
          style={row.process ? { ...style, marginLeft: `${row.process.depth * 8}px` } : style}
          aria-expanded={!row.folded}
          onClick={() => panel.fold(row.group)}
        >
          <span aria-hidden="true">{row.folded ? "▸" : "▾"} </span>
          <Heading row={row} words={words} />
        </button>
      );
    case "more":
      return (
        <button type="button" class="more" style={style} onClick={() => panel.showAll(row.group)}>
          {text("group.more", { count: row.hidden })}
        </button>
      );
    case "parallelism":
      return <Most picture={picture} style={style} />;
    case "lane":
      return (
        <div
          class={`name ${row.lane.kind}${"isDense" in row.lane && row.lane.isDense ? " dense" : ""}`}
          style={style}
          // Made when it is wanted: the sums of all locks would hold up the first picture.
          onPointerEnter={(event) => (event.currentTarget.title = words.note(row.lane))}
        >
          {row.lane.kind !== "core" && <Swatch kind={row.lane.kind} order={orderOf(row.lane)} />}
          <span class="called">{words.laneName(row.lane)}</span>
          <span class="sub">{subOf(row.lane, words)}</span>
        </div>
      );
  }
}

function Heading({
  row,
  words,
}: {
  readonly row: Extract<Row, { kind: "group" }>;
  readonly words: Words;
}) {
  const { process, group, folded, count } = row;
  const { text } = words;
  if (process !== undefined) {
    const { name, pid } = process;
    return (
      <span title={words.process(process)}>
        {text("process.head", { name, pid })}
        <span class="unseen"> {words.processEnd(process)}</span>
      </span>
    );
  }
  return (
    <>
      {group === "cores" && words.picture.areWorkers
        ? text("group.systemThreads")
        : text(`group.${group as FixedGroup}`)}
      {folded && count > 1 ? ` (${count})` : ""}
    </>
  );
}

const orderOf = (lane: Lane): number =>
  lane.kind === "thread" ? lane.id : lane.kind === "lock" ? lane.order : 0;

/** A second line under a lane's name. */
function subOf(lane: Lane, words: Words): string {
  const { picture, text } = words;
  if (lane.kind === "core") return text.count("lane.coreSub", lane.track.switches);
  if (lane.kind === "thread") return words.threadSub(lane);
  const place = picture.timeline.trace.place(lane.track.site as SiteId);
  const kind = text(`kind.${lane.track.kind ?? "mutex"}`);
  const what = lane.kind === "wire" && !lane.isListener ? words.wires.direction(lane) : kind;
  return place ? `:${place.line} · ${what}` : what;
}

/** How many ran at once at most: worked out with the story, after the first picture. */
function Most({
  picture,
  style,
}: {
  readonly picture: Picture;
  readonly style: { readonly top: string; readonly height: string };
}) {
  const { text } = usePanel();
  const known = usePart((state) => state.insight !== null);
  return (
    <div class="name" style={style}>
      {known && (
        <span class="sub">{text("lane.parallelism", { count: picture.parallelism.maximum })}</span>
      )}
    </div>
  );
}
