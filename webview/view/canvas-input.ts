/** Pointer and keys on the lanes, turned into what the panel does. Panning and zooming by hand are `Gestures`' business. */
import type { Nanoseconds } from "../../src/base/brand.ts";
import type { Hit } from "../model/hit.ts";
import { timesOf } from "../model/hit.ts";
import { neighbourLane, neighbourMark, firstInView } from "../model/walk.ts";
import { lengthOf } from "../model/scale.ts";
import type { Panel } from "../panel.ts";
import { actionOf, type KeyAction } from "./keys.ts";
import type { TimelineView } from "./timeline-view.ts";

export class CanvasInput {
  readonly #canvas: HTMLCanvasElement;
  readonly #panel: Panel;
  readonly #view: TimelineView;
  readonly #ends = new AbortController();
  #measuring: { readonly from: number; moved: boolean } | null = null;

  constructor(canvas: HTMLCanvasElement, panel: Panel, view: TimelineView) {
    this.#canvas = canvas;
    this.#panel = panel;
    this.#view = view;
    const { signal } = this.#ends;
    canvas.addEventListener("pointerdown", (event) => this.#down(event), { signal });
    canvas.addEventListener("pointermove", (event) => this.#move(event), { signal });
    canvas.addEventListener("pointerup", () => (this.#measuring = null), { signal });
    canvas.addEventListener("pointerleave", () => this.#hover(null, 0, 0), { signal });
    canvas.addEventListener("click", (event) => this.#click(event), { signal });
    canvas.addEventListener("dblclick", (event) => this.#open(event), { signal });
    canvas.addEventListener("keydown", (event) => this.#key(event), { signal });
  }

  [Symbol.dispose](): void {
    this.#ends.abort();
  }

  #down(event: PointerEvent): void {
    if (!event.shiftKey || event.button !== 0) return;
    this.#canvas.setPointerCapture(event.pointerId);
    const from = this.#view.timeAt(event.clientX);
    this.#measuring = { from, moved: false };
    event.preventDefault();
  }

  #move(event: PointerEvent): void {
    if (this.#measuring) {
      this.#measuring.moved = true;
      const to = this.#view.timeAt(event.clientX);
      this.#panel.store.set({ measured: { from: this.#measuring.from, to } });
      return;
    }
    if (event.buttons !== 0) return this.#hover(null, 0, 0);
    this.#hover(this.#view.hitAt(event.clientX, event.clientY), event.clientX, event.clientY);
  }

  #hover(hit: Hit | null, x: number, y: number): void {
    const { value } = this.#panel.hover;
    if (hit === null && value.hit === null) return;
    this.#canvas.style.cursor = hit ? "pointer" : "";
    this.#panel.hover.set({ hit, x, y });
  }

  #click(event: MouseEvent): void {
    if (event.shiftKey) return;
    this.#panel.store.set({ measured: null });
    const { picture } = this.#panel.store.value;
    if (!picture) return;
    const hit = this.#view.hitAt(event.clientX, event.clientY);
    // One may point a little beside a thing, or beside the run: the moment meant is one within it.
    const { start, end } = hit ? timesOf(hit) : picture.extent;
    const latest = Math.max(start, Math.min(end, picture.extent.end - 1));
    const time = Math.min(Math.max(this.#view.timeAt(event.clientX), start), latest);
    this.#panel.select(hit, time);
    if (hit) this.#reveal(hit, true);
  }

  #open(event: MouseEvent): void {
    const hit = this.#view.hitAt(event.clientX, event.clientY);
    if (hit) this.#reveal(hit, false);
  }

  /** Shows the line; the keys stay with the timeline, unless one goes there. */
  #reveal(hit: Hit, preserveFocus: boolean): void {
    const { picture } = this.#panel.store.value;
    const place = picture && this.#panel.words(picture).describe(hit).place;
    if (place) this.#panel.reveal(place, preserveFocus);
  }

  #key(event: KeyboardEvent): void {
    const action = actionOf(event, this.#panel.store.value.selected !== null);
    if (action && this.#act(action)) event.preventDefault();
  }

  /** Whether the key was used. */
  #act(action: KeyAction): boolean {
    const view = this.#view;
    const panel = this.#panel;
    const { picture, selected } = panel.store.value;
    if (!picture) return false;
    const { window } = view;
    const layout = panel.layout(picture);
    switch (action.kind) {
      case "pan":
        view.pan(action.share);
        break;
      case "zoom":
        view.zoom(action.factor, this.#steady(selected, window.start, window.end));
        break;
      case "fit":
        panel.followAgain();
        return true;
      case "start":
        view.show({
          start: picture.extent.start,
          end: (picture.extent.start + lengthOf(window)) as Nanoseconds,
        });
        break;
      case "end": {
        view.show({
          start: (picture.extent.end - lengthOf(window)) as Nanoseconds,
          end: picture.extent.end,
        });
        break;
      }
      case "find":
        panel.filterBox?.select();
        return panel.filterBox !== null;
      case "clear":
        if (!selected && !panel.store.value.measured) return false;
        panel.store.set({ selected: null, measured: null });
        return true;
      case "activate":
        if (selected) this.#reveal(selected, false);
        else this.#goTo(firstInView(layout, window));
        return true;
      case "lane":
        this.#goTo(neighbourLane(layout, selected, window, action.by));
        return true;
      case "mark": {
        const next = selected && neighbourMark(selected, action.by);
        // At either end of a lane Tab leaves, as everywhere.
        if (!next) return false;
        this.#goTo(next);
        return true;
      }
    }
    panel.moved(view.window, true);
    return true;
  }

  /** What stays in place while zooming by key: the selection, if it is seen. */
  #steady(selected: Hit | null, start: number, end: number): number {
    const middle = (start + end) / 2;
    if (!selected) return middle;
    const times = timesOf(selected);
    const at = (Math.max(times.start, start) + Math.min(times.end, end)) / 2;
    return times.end < start || times.start > end ? middle : at;
  }

  #goTo(hit: Hit | null): void {
    if (hit) this.#panel.goTo(hit);
  }
}
