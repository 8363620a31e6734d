/**
 * The lanes on the screen: joins canvas, axis, overview strip and gestures to the panel's state. Everything that it draws
 * comes from `draw/`; everything that it decides is what to draw again and when.
 */
import type { Nanoseconds, Pixels } from "../../src/base/brand.ts";
import { drawScene } from "../draw/draw-scene.ts";
import type { Emphasis } from "../draw/emphasis.ts";
import type { Labels } from "../draw/labels.ts";
import { paint } from "../draw/painter.ts";
import { pick } from "../draw/pick.ts";
import { readTheme, type Theme } from "../draw/theme.ts";
import type { Frames } from "../frame.ts";
import { DisplayList } from "../model/display.ts";
import type { Hit } from "../model/hit.ts";
import type { Layout } from "../model/layout.ts";
import { overviewOf, type Overview } from "../model/overview.ts";
import type { Picture } from "../model/picture.ts";
import {
  ticksOf,
  timeScale,
  wholeRun,
  withinRun,
  zoomed,
  type Run,
  type TimeScale,
  type Window,
} from "../model/scale.ts";
import { drawAxis, TICK_SPACING } from "./axis.ts";
import { fitCanvas } from "./fit-canvas.ts";
import { Gestures } from "./gestures.ts";
import { COLUMN, OverviewBrush, drawOverview } from "./overview-strip.ts";

export interface Elements {
  readonly overview: HTMLCanvasElement;
  readonly brush: SVGSVGElement;
  readonly axis: SVGSVGElement;
  readonly scroller: HTMLElement;
  readonly lanes: HTMLCanvasElement;
}

/** What there is to be drawn. */
export interface Content {
  readonly picture: Picture;
  readonly layout: Layout;
  readonly labels: Labels;
  readonly emphasis: Emphasis;
}

export interface ViewEvents {
  /** What the axis' labels count from changed. */
  origin(time: number | null): void;
  moved(window: Window, byHand: boolean): void;
  painted(): void;
}

const OVERVIEW_HEIGHT = 26;
const NO_TIME: Run = { start: 0 as Nanoseconds, end: 0 as Nanoseconds, clock: "nanoseconds" };

export class TimelineView {
  readonly #elements: Elements;
  readonly #frames: Frames;
  readonly #events: ViewEvents;
  readonly #gestures: Gestures;
  readonly #brush: OverviewBrush;
  readonly #list = new DisplayList();
  readonly #overviewList = new DisplayList();
  readonly #context: CanvasRenderingContext2D;
  readonly #overviewContext: CanvasRenderingContext2D;
  readonly #observers: { disconnect(): void }[] = [];
  #theme: Theme | null = null;
  #content: Content | null = null;
  #overview: Overview | null = null;
  #overviewOf: Picture | null = null;
  #width = 0;
  #height = 0;
  #ratio = 1;
  #origin: number | null = null;
  /** The window to be shown as soon as there is a picture. */
  #wanted: Window | null = null;

  constructor(elements: Elements, frames: Frames, events: ViewEvents) {
    this.#elements = elements;
    this.#frames = frames;
    this.#events = events;
    this.#context = elements.lanes.getContext("2d")!;
    this.#overviewContext = elements.overview.getContext("2d")!;
    this.#gestures = new Gestures(elements.lanes, {
      width: () => Math.max(this.#width, 1),
      extent: () => this.#content?.picture.extent ?? NO_TIME,
      overflows: () => elements.scroller.scrollHeight > elements.scroller.clientHeight + 1,
      scrollBy: (pixels) => (elements.scroller.scrollTop += pixels),
      moved: (window, byHand) => {
        events.moved(window, byHand);
        this.redraw();
      },
    });
    this.#brush = new OverviewBrush(elements.brush, (window) => {
      this.show(window);
      events.moved(this.window, true);
    });
    elements.scroller.addEventListener("scroll", () => this.redraw(), { passive: true });
    const sizes = new ResizeObserver(() => this.#resized());
    sizes.observe(elements.scroller);
    const theme = new MutationObserver(() => this.#restyle());
    theme.observe(document.body, { attributes: true, attributeFilter: ["class"] });
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
    this.#observers.push(sizes, theme);
  }

  [Symbol.dispose](): void {
    for (const observer of this.#observers) observer.disconnect();
    this.#gestures[Symbol.dispose]();
  }

  get window(): Window {
    return this.#gestures.window;
  }

  get scale(): TimeScale {
    return timeScale(this.window, this.#width as Pixels);
  }

  /** Width of a text in pixels, in the lanes' plain or bold font. */
  readonly measure = (text: string, plain: boolean): number => {
    const { font, boldFont } = (this.#theme ??= this.#readTheme());
    this.#context.font = plain ? font : boldFont;
    return this.#context.measureText(text).width;
  };

  set(content: Content): void {
    this.#content = content;
    if (this.#wanted && this.#width > 0) {
      this.#gestures.show(this.#wanted);
      this.#wanted = null;
    }
    this.redraw();
  }

  show(window: Window): void {
    if (this.#width > 0 && this.#content) this.#gestures.show(window);
    else this.#wanted = window;
    this.redraw();
  }

  fit(): void {
    this.show(wholeRun(this.#content?.picture.extent ?? NO_TIME));
  }

  /** `share` of what is seen, to the right if positive. */
  pan(share: number): void {
    const { start, end } = this.window;
    const by = (end - start) * share;
    this.show({ start: (start + by) as Nanoseconds, end: (end + by) as Nanoseconds });
  }

  zoom(factor: number, at = (this.window.start + this.window.end) / 2): void {
    this.show(zoomed(this.window, factor, at));
  }

  /** Moves as little as is needed for `start` … `end` and the given part of the layout to be seen. */
  reveal(start: number, end: number, y?: { readonly y: number; readonly height: number }): void {
    const { window } = this;
    const length = window.end - window.start;
    if (end <= window.start || start >= window.end || end - start > length) {
      const around = Math.min(Math.max(length, (end - start) * 1.5), length * 4);
      const middle = (start + end) / 2;
      this.show({
        start: (middle - around / 2) as Nanoseconds,
        end: (middle + around / 2) as Nanoseconds,
      });
    }
    if (y) this.scrollTo(y);
  }

  /** Brings a part of the layout into sight. */
  scrollTo(y: { readonly y: number; readonly height: number }): void {
    const { scroller } = this.#elements;
    if (y.y < scroller.scrollTop) scroller.scrollTop = y.y - 8;
    else if (y.y + y.height > scroller.scrollTop + this.#height) {
      scroller.scrollTop = y.y + y.height - this.#height + 8;
    }
  }

  hitAt(clientX: number, clientY: number): Hit | null {
    if (!this.#content) return null;
    const box = this.#elements.lanes.getBoundingClientRect();
    const y = clientY - box.top + this.#elements.scroller.scrollTop;
    return pick(this.#content.layout, this.scale, clientX - box.left, y);
  }

  timeAt(clientX: number): number {
    return this.scale.pxToTime(clientX - this.#elements.lanes.getBoundingClientRect().left);
  }

  redraw(): void {
    this.#frames.request("picture", this.#draw);
  }

  #readTheme(): Theme {
    return readTheme(this.#ratio);
  }

  #restyle(): void {
    this.#theme = null;
    this.#overview = null;
    this.redraw();
  }

  #resized(): void {
    const { scroller, lanes, overview } = this.#elements;
    const before = this.#width > 0 ? this.window : null;
    this.#width = lanes.clientWidth;
    this.#height = scroller.clientHeight;
    this.#ratio = devicePixelRatio;
    fitCanvas(lanes, this.#context, this.#width, this.#height, this.#ratio);
    fitCanvas(overview, this.#overviewContext, this.#width, OVERVIEW_HEIGHT, this.#ratio);
    this.#theme = null;
    this.#overview = null;
    if (this.#width === 0) return;
    const window = this.#wanted ?? before;
    if (window && this.#content) {
      this.#gestures.show(window);
      this.#wanted = null;
    }
    this.redraw();
  }

  readonly #draw = (): void => {
    const content = this.#content;
    if (!content || this.#width === 0 || this.#height === 0) return;
    this.#theme ??= this.#readTheme();
    this.#drawOverview(content.picture);
    const { scale } = this;
    const ticks = ticksOf(scale, TICK_SPACING as Pixels);
    const top = this.#elements.scroller.scrollTop;
    drawScene(this.#list, { ...content, scale, top, height: this.#height, ticks });
    this.#context.clearRect(0, 0, this.#width, this.#height);
    paint(this.#context, this.#list, this.#theme);
    const origin = drawAxis(this.#elements.axis, scale, ticks, content.picture.extent.clock);
    if (origin !== this.#origin) this.#events.origin((this.#origin = origin));
    this.#brush.mark(withinRun(this.window, content.picture.extent));
    this.#events.painted();
  };

  #drawOverview(picture: Picture): void {
    if (this.#overview && this.#overviewOf === picture) return;
    this.#overview = overviewOf(picture, Math.floor(this.#width / COLUMN));
    this.#overviewOf = picture;
    drawOverview(this.#overviewList, this.#overview, OVERVIEW_HEIGHT);
    this.#overviewContext.clearRect(0, 0, this.#width, OVERVIEW_HEIGHT);
    paint(this.#overviewContext, this.#overviewList, this.#theme!);
    this.#brush.resize(this.#width, OVERVIEW_HEIGHT, picture.extent);
  }
}
