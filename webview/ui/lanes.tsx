/** The timeline itself: names on the left, the canvas beside them, axis and overview above. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Layout, Row } from "../model/layout.ts";
import type { Lane, Picture } from "../model/picture.ts";
import { formatDuration } from "../../src/base/duration.ts";
import { formatMoment } from "../model/time.ts";
import { CanvasInput } from "../view/canvas-input.ts";
import { TimelineView } from "../view/timeline-view.ts";
import { usePanel, usePart } from "./context.ts";
import { Swatch } from "./swatch.tsx";
import { Tooltip } from "./tooltip.tsx";

export function Lanes({ picture }: { readonly picture: Picture }) {
  const panel = usePanel();
  const { text } = panel;
  const overview = useRef<HTMLCanvasElement>(null);
  const brush = useRef<SVGSVGElement>(null);
  const axis = useRef<SVGSVGElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const lanes = useRef<HTMLCanvasElement>(null);
  const [origin, setOrigin] = useState<number | null>(null);
  // What the layout depends on.
  usePart((state) => state.folded);
  usePart((state) => state.unlimited);
  usePart((state) => state.filter);
  const layout = panel.layout(picture);
  useEffect(() => {
    const view = new TimelineView(
      {
        overview: overview.current!,
        brush: brush.current!,
        axis: axis.current!,
        scroller: scroller.current!,
        lanes: lanes.current!,
      },
      panel.frames,
      {
        origin: setOrigin,
        moved: (window, byHand) => panel.moved(window, byHand),
        painted: () => panel.painted(),
      },
    );
    const input = new CanvasInput(lanes.current!, panel, view);
    panel.attach(view);
    return () => {
      input[Symbol.dispose]();
      view[Symbol.dispose]();
      panel.view = null;
    };
  }, [panel]);
  return (
    <section class="timeline" aria-label={text("lanes.label")}>
      <div class="strip">
        <div class="gutter" title={text("overview.hint")}>
          {text("overview.label")}
        </div>
        <div class="plot">
          <canvas ref={overview} class="overview" aria-hidden="true" />
          <svg ref={brush} class="brushes" aria-hidden="true" />
        </div>
      </div>
      <div class="strip axis">
        <div class="gutter">{origin === null ? "" : formatMoment(origin, 1)}</div>
        <svg ref={axis} class="plot" aria-hidden="true">
          <g transform="translate(0,20)" />
        </svg>
      </div>
      <div ref={scroller} class="scroller">
        <div class="content" style={{ height: `${layout.height}px` }}>
          <Names layout={layout} picture={picture} />
          <canvas
            ref={lanes}
            class="lanes"
            tabIndex={0}
            role="application"
            aria-roledescription={text("lanes.label")}
            aria-label={text("lanes.label")}
            aria-describedby="lanes-help"
          />
        </div>
      </div>
      <p id="lanes-help" class="unseen">
        {text("lanes.help")}
      </p>
      <Tooltip />
    </section>
  );
}

function Names({ layout, picture }: { readonly layout: Layout; readonly picture: Picture }) {
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
  const style = { top: `${row.y}px`, height: `${row.height}px` };
  switch (row.kind) {
    case "group":
      return (
        <button
          type="button"
          class="group"
          style={style}
          aria-expanded={!row.folded}
          onClick={() => panel.fold(row.group)}
        >
          <span aria-hidden="true">{row.folded ? "▸" : "▾"} </span>
          {text(`group.${row.group}`)}
          {row.folded && row.count > 1 ? ` (${row.count})` : ""}
        </button>
      );
    case "more":
      return (
        <button type="button" class="more" style={style} onClick={() => panel.showAll(row.group)}>
          {text("group.more", { count: row.hidden })}
        </button>
      );
    case "parallelism":
      return (
        <div class="name" style={style}>
          <span class="sub">
            {text("lane.parallelism", { count: picture.parallelism.maximum })}
          </span>
        </div>
      );
    case "lane":
      return (
        <div class={`name ${row.lane.kind}`} style={style} title={noteOf(row.lane, text)}>
          <Swatch kind={row.lane.kind} order={orderOf(row.lane)} />
          <span class="called">{row.lane.name}</span>
          <span class="sub">{subOf(row.lane, picture, text)}</span>
        </div>
      );
  }
}

const orderOf = (lane: Lane): number =>
  lane.kind === "thread" ? lane.id : lane.kind === "lock" ? lane.order : 0;

type Text = ReturnType<typeof usePanel>["text"];

/** A second line under a lane's name. */
function subOf(lane: Lane, picture: Picture, text: Text): string {
  if (lane.kind === "thread") return text.count("lane.events", lane.marks.count);
  const place = picture.timeline.trace.place(lane.track.site as never);
  const kind = text(`kind.${lane.track.kind ?? "mutex"}`);
  return place ? `${kind} · :${place.line}` : kind;
}

/** What is said of a lane when one points at its name. */
function noteOf(lane: Lane, text: Text): string {
  switch (lane.kind) {
    case "thread":
      return `${lane.name} · ${text.count("lane.events", lane.marks.count)}`;
    case "lock":
      return `${lane.name} · ${text("lane.lockNote", {
        kind: text("kind.mutex"),
        time: formatDuration(lane.waitedNs),
      })}`;
    case "channel":
      return `${lane.name} · ${text("lane.channelNote", {
        messages: text.count("count.messages", lane.messages.count),
        median: formatDuration(lane.medianQueuedNs),
        depth: lane.depth.maximum,
      })}`;
    case "cell":
      return `${lane.name} · ${text.count("lane.events", lane.marks.count)}`;
  }
}
