/**
 * The cores of one model on a canvas. It draws what the timeline draws of cores, by the same means; all rows show the same
 * window, and whoever zooms in one zooms in all.
 */
import type { Nanoseconds, Pixels } from "../../src/base/brand.ts";
import { drawScene } from "../draw/draw-scene.ts";
import { NO_EMPHASIS } from "../draw/emphasis.ts";
import { write, type Labels } from "../draw/labels.ts";
import { paint } from "../draw/painter.ts";
import { pick } from "../draw/pick.ts";
import { readTheme, type Theme } from "../draw/theme.ts";
import type { Frames } from "../frame.ts";
import { DisplayList, Op } from "../model/display.ts";
import type { Hit } from "../model/hit.ts";
import { coresLayout } from "../model/layout.ts";
import type { Picture } from "../model/picture.ts";
import {
  ticksOf,
  timeScale,
  zoomed,
  type Run,
  type TimeScale,
  type Window,
} from "../model/scale.ts";
import { Style } from "../model/style.ts";
import { drawAxis, TICK_SPACING } from "../view/axis.ts";
import { fitCanvas } from "../view/fit-canvas.ts";
import { Gestures } from "../view/gestures.ts";

export interface RowContent {
  readonly picture: Picture;
  readonly labels: Labels;
  readonly window: Window;
  readonly hovered: Hit | null;
}

export interface RowEvents {
  extent(): Run;
  /** Somebody zoomed or moved here. */
  moved(window: Window): void;
}

export class RowView implements Disposable {
  readonly #canvas: HTMLCanvasElement;
  readonly #axis: SVGSVGElement | null;
  readonly #frames: Frames;
  readonly #context: CanvasRenderingContext2D;
  readonly #gestures: Gestures;
  readonly #list = new DisplayList();
  readonly #observers: { disconnect(): void }[];
  #theme: Theme | null = null;
  #content: RowContent | null = null;
  #width = 0;
  #ratio = 1;

  /** `axis`: of the first row, above all. */
  constructor(
    canvas: HTMLCanvasElement,
    axis: SVGSVGElement | null,
    frames: Frames,
    events: RowEvents,
  ) {
    this.#canvas = canvas;
    this.#axis = axis;
    this.#frames = frames;
    this.#context = canvas.getContext("2d")!;
    this.#gestures = new Gestures(canvas, {
      width: () => Math.max(this.#width, 1),
      extent: () => events.extent(),
      // A plain wheel scrolls the page; with Ctrl it zooms.
      overflows: () => true,
      scrollBy: (pixels) => document.scrollingElement?.scrollBy(0, pixels),
      moved: (window, byHand) => {
        if (byHand) events.moved(window);
      },
    });
    const sizes = new ResizeObserver(() => this.#resized());
    sizes.observe(canvas.parentElement!);
    const theme = new MutationObserver(() => this.#resized());
    theme.observe(document.body, { attributes: true, attributeFilter: ["class"] });
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
    this.#observers = [sizes, theme];
  }

  [Symbol.dispose](): void {
    for (const observer of this.#observers) observer.disconnect();
    this.#gestures[Symbol.dispose]();
  }

  readonly measure = (text: string, plain: boolean): number => {
    const { font, boldFont } = (this.#theme ??= readTheme(this.#ratio));
    this.#context.font = plain ? font : boldFont;
    return this.#context.measureText(text).width;
  };

  set(content: RowContent): void {
    this.#content = content;
    this.#redraw();
  }

  hitAt(clientX: number, clientY: number): Hit | null {
    if (!this.#content) return null;
    const box = this.#canvas.getBoundingClientRect();
    const layout = coresLayout(this.#content.picture);
    return pick(layout, this.#scale(this.#content), clientX - box.left, clientY - box.top);
  }

  /** The window moved by a share of what is seen, or zoomed about its middle. */
  panned(share: number): Window {
    const { start, end } = this.#content!.window;
    const by = (end - start) * share;
    return { start: (start + by) as Nanoseconds, end: (end + by) as Nanoseconds };
  }

  zoomedBy(factor: number): Window {
    const { window } = this.#content!;
    return zoomed(window, factor, (window.start + window.end) / 2);
  }

  #scale({ window }: RowContent): TimeScale {
    return timeScale(window, this.#width as Pixels);
  }

  #resized(): void {
    this.#theme = null;
    this.#redraw();
  }

  #redraw(): void {
    this.#frames.request("picture", this.#draw);
  }

  readonly #draw = (): void => {
    const content = this.#content;
    this.#width = this.#canvas.parentElement!.clientWidth;
    this.#ratio = devicePixelRatio;
    if (!content || this.#width === 0) return;
    const { picture, labels, window, hovered } = content;
    const layout = coresLayout(picture);
    fitCanvas(this.#canvas, this.#context, this.#width, layout.height, this.#ratio);
    const shown = this.#gestures.window;
    if (shown.start !== window.start || shown.end !== window.end) this.#gestures.show(window);
    const scale = this.#scale(content);
    const ticks = ticksOf(scale, TICK_SPACING as Pixels);
    const emphasis = { ...NO_EMPHASIS, hovered };
    drawScene(this.#list, {
      ...{ picture, layout, scale, ticks, labels, emphasis },
      ...{ top: 0, height: layout.height },
    });
    drawEnd(this.#list, scale, content, layout.height);
    this.#theme ??= readTheme(this.#ratio);
    this.#context.clearRect(0, 0, this.#width, layout.height);
    paint(this.#context, this.#list, this.#theme);
    if (this.#axis) drawAxis(this.#axis, scale, ticks, "ticks");
  };
}

/** Where the run ends, and after how much: what one compares first. */
function drawEnd(list: DisplayList, scale: TimeScale, content: RowContent, height: number): void {
  const { picture, labels } = content;
  const { end } = picture.extent;
  if (end < scale.start || end > scale.end) return;
  const x = Math.round(scale.timeToPx(end)) + 0.5;
  const foot = height - 10;
  list.add(Op.line, Style.faint, x, 0, 0, foot);
  write(list, labels, Style.faint, true, x, foot / 2, scale.width - x, labels.duration(end));
}
