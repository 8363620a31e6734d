/**
 * Wheel, drag and touch on the lanes, by d3-zoom. Its transform is kept so that k is pixels per nanosecond and x is
 * where nanosecond 0 lies; the window of time that is seen follows from it, and there is no second place that keeps it.
 *
 * With Ctrl or Cmd, or by pinching, the wheel zooms at the pointer. Without, it scrolls the lanes where they do not fit,
 * as everything in the editor scrolls, and zooms where they do. Sideways, or with Shift, it pans.
 */
import {
  select,
  zoom,
  zoomIdentity,
  zoomTransform,
  type D3ZoomEvent,
  type ZoomTransform,
} from "d3";
import type { Nanoseconds } from "../../src/base/brand.ts";
import { withinRun, type Run, type Window } from "../model/scale.ts";

export interface GestureHost {
  width(): number;
  /** What of time the run takes. */
  extent(): Run;
  /** Whether lanes reach beyond the panel, so that a plain wheel has to scroll. */
  overflows(): boolean;
  scrollBy(pixels: number): void;
  /** The window changed; `byHand` if a person did it. */
  moved(window: Window, byHand: boolean): void;
}

const EXTENT: [[number, number], [number, number]] = [
  [0, 0],
  [1, 1],
];

export class Gestures {
  readonly #target;
  readonly #host: GestureHost;
  readonly #zoom;

  constructor(element: HTMLElement, host: GestureHost) {
    this.#host = host;
    this.#target = select(element);
    this.#zoom = zoom<HTMLElement, unknown>()
      .filter((event: Event) => this.#takes(event))
      .extent(EXTENT)
      .constrain((transform) => this.#constrained(transform))
      .clickDistance(4)
      .on("zoom", (event: D3ZoomEvent<HTMLElement, unknown>) => {
        const source = event.sourceEvent as Event | null;
        if (source instanceof MouseEvent && source.type === "mousemove") {
          host.scrollBy(-source.movementY);
        }
        host.moved(this.window, source !== null);
      });
    this.#target.call(this.#zoom).on("dblclick.zoom", null);
    element.addEventListener("wheel", (event) => this.#panByWheel(event), { passive: false });
  }

  get window(): Window {
    return windowOf(zoomTransform(this.#target.node()!), this.#host.width());
  }

  /** Shows `window`, or what of it lies within the run. */
  show(window: Window): void {
    this.#target.call((selection) => this.#zoom.transform(selection, this.#transformOf(window)));
  }

  /** What is dragged goes on by itself nowhere: ends whatever gesture is under way. */
  [Symbol.dispose](): void {
    this.#target.on(".zoom", null);
  }

  #takes(event: Event): boolean {
    if (event instanceof WheelEvent) {
      if (event.ctrlKey || event.metaKey) return true;
      return !sideways(event) && !this.#host.overflows();
    }
    if (event instanceof MouseEvent) return event.button === 0 && !event.shiftKey && !event.ctrlKey;
    return true;
  }

  #panByWheel(event: WheelEvent): void {
    if (!sideways(event) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const pixels = event.deltaX !== 0 ? event.deltaX : event.deltaY;
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const { start, end } = this.window;
    const by = ((end - start) * pixels * lines) / this.#host.width();
    const moved = { start: (start + by) as Nanoseconds, end: (end + by) as Nanoseconds };
    this.show(moved);
    this.#host.moved(this.window, true);
  }

  #transformOf({ start, end }: Window): ZoomTransform {
    const k = this.#host.width() / Math.max(end - start, 1e-3);
    return zoomIdentity.scale(k).translate(-start, 0);
  }

  #constrained(transform: ZoomTransform): ZoomTransform {
    const window = windowOf(transform, this.#host.width());
    return this.#transformOf(withinRun(window, this.#host.extent()));
  }
}

const sideways = (event: WheelEvent): boolean =>
  event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);

function windowOf({ k, x }: ZoomTransform, width: number): Window {
  const start = -x / k;
  return { start: start as Nanoseconds, end: (start + width / k) as Nanoseconds };
}
