/** The axis above the lanes: d3-axis with labels in one unit, and the origin they count from when that is far away. */
import { axisTop, scaleLinear, select } from "d3";
import type { Clock } from "../../src/base/duration.ts";
import type { TimeScale } from "../model/scale.ts";
import { tickFormat } from "../model/time.ts";

/** About so far apart are two ticks. */
export const TICK_SPACING = 84;

/** Draws into `svg` and answers what the labels count from, as text; null where they are absolute. */
export function drawAxis(
  svg: SVGSVGElement,
  scale: TimeScale,
  ticks: readonly number[],
  clock: Clock,
): number | null {
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : scale.end - scale.start;
  const format = tickFormat(scale.start, scale.end, step, clock);
  const d3Scale = scaleLinear().domain([scale.start, scale.end]).range([0, scale.width]);
  // Labels that would be cut at the edges are left out; their lines stay.
  const inside = (time: number): boolean => {
    const x = scale.timeToPx(time);
    return x > -1 && x < scale.width - 24;
  };
  const axis = axisTop<number>(d3Scale)
    .tickValues(ticks.filter((tick) => tick >= 0))
    .tickSize(5)
    .tickPadding(4)
    .tickFormat((time) => (inside(time) ? format.label(time) : ""));
  const group = select(svg).select<SVGGElement>("g");
  group.call(axis);
  group.select(".domain").remove();
  // A label at the left edge would be cut in half.
  group.selectAll<SVGTextElement, number>("text").attr("text-anchor", (time) => {
    return scale.timeToPx(time) < 22 ? "start" : "middle";
  });
  return format.origin;
}
