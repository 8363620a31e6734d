/** The strip of the whole run: what is drawn of it, and the brush that says which part the lanes show. */
import { brushX, select, type D3BrushEvent } from "d3";
import type { Nanoseconds } from "../../src/base/brand.ts";
import { Op, type DisplayList } from "../model/display.ts";
import type { Overview } from "../model/overview.ts";
import { lengthOf, type Window } from "../model/scale.ts";
import { Style } from "../model/style.ts";

export const COLUMN = 4;

/** Columns of how much ran, and upon them, in the colour of what costs, how much was held up. */
export function drawOverview(list: DisplayList, overview: Overview, height: number): void {
  list.clear();
  const scale = overview.most > 0 ? (height - 2) / overview.most : 0;
  for (let column = 0; column < overview.running.length; column++) {
    const x = column * COLUMN;
    const running = overview.running[column] * scale;
    const contended = overview.contended[column] * scale;
    if (running > 0) list.add(Op.fill, Style.load, x, height - running, COLUMN - 1, running);
    if (contended > 0) {
      list.add(Op.fill, Style.blocked, x, height - running - contended, COLUMN - 1, contended);
    }
  }
}

export class OverviewBrush {
  readonly #group;
  readonly #brush = brushX<unknown>();
  #width = 0;
  #run: Window = { start: 0 as Nanoseconds, end: 0 as Nanoseconds };

  constructor(svg: SVGSVGElement, show: (window: Window) => void) {
    this.#group = select(svg).append("g").attr("class", "brush");
    this.#brush.on("brush end", (event: D3BrushEvent<unknown>) => {
      // Moves of our own have no event behind them.
      if (!event.sourceEvent) return;
      const selection = event.selection as [number, number] | null;
      if (selection === null) {
        if (event.type === "end") show(this.#run);
        return;
      }
      const [left, right] = selection;
      if (right - left < 1) return;
      show({ start: this.#timeOf(left), end: this.#timeOf(right) });
    });
  }

  resize(width: number, height: number, run: Window): void {
    this.#run = run;
    if (width === this.#width) return;
    this.#width = width;
    this.#brush.extent([
      [0, 0],
      [width, height],
    ]);
    this.#group.call(this.#brush);
  }

  /** Where the whole run is seen the brush goes, so that dragging anywhere begins a new one. */
  mark(window: Window): void {
    const left = Math.max(this.#pxOf(window.start), 0);
    const right = Math.min(this.#pxOf(window.end), this.#width);
    const whole = left <= 0.5 && right >= this.#width - 0.5;
    this.#group.call((group) =>
      this.#brush.move(group, whole ? null : [left, Math.max(right, left + 2)]),
    );
  }

  #timeOf(px: number): Nanoseconds {
    return (this.#run.start + (px / this.#width) * lengthOf(this.#run)) as Nanoseconds;
  }

  #pxOf(time: number): number {
    const length = lengthOf(this.#run);
    return length > 0 ? ((time - this.#run.start) / length) * this.#width : 0;
  }
}
