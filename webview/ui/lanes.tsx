/** The timeline itself: names on the left, the canvas beside them, axis and overview above. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Picture } from "../model/picture.ts";
import { formatMoment } from "../model/time.ts";
import { CanvasInput } from "../view/canvas-input.ts";
import { TimelineView } from "../view/timeline-view.ts";
import { usePanel, usePart } from "./context.ts";
import { Names } from "./names.tsx";
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
        <div class="gutter">
          {origin !== null
            ? formatMoment(origin, 1, picture.extent.clock)
            : picture.extent.clock === "ticks" && text("axis.ticks")}
        </div>
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
