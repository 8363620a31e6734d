/** Pictures for tests, without a browser: a trace read, and its first frame as text. */
import type { Pixels } from "../../src/base/brand.ts";
import { TraceReader } from "../../src/trace/reader.ts";
import { Timeline } from "../../src/trace/timeline/timeline.ts";
import { NO_EMPHASIS, type Emphasis } from "../../webview/draw/emphasis.ts";
import { labelsOf } from "../../webview/draw/label-cache.ts";
import { drawScene } from "../../webview/draw/draw-scene.ts";
import type { Scene } from "../../webview/draw/scene.ts";
import { DisplayList } from "../../webview/model/display.ts";
import { layoutOf } from "../../webview/model/layout.ts";
import { Picture } from "../../webview/model/picture.ts";
import { ticksOf, timeScale, type Window } from "../../webview/model/scale.ts";
import { Words } from "../../webview/model/words.ts";
import { textIn } from "../../webview/strings.ts";

export function pictureOf(trace: Uint8Array): Picture {
  const reader = new TraceReader();
  reader.push(trace);
  const timeline = new Timeline(reader.trace);
  timeline.advance();
  return new Picture(timeline);
}

export const wordsOf = (picture: Picture): Words => new Words(picture, textIn({}));

/** As if every letter were six pixels wide. */
const measure = (text: string): number => text.length * 6;

export interface SceneOptions {
  readonly window?: Window;
  readonly width?: number;
  readonly height?: number;
  readonly emphasis?: Partial<Emphasis>;
}

export function sceneOf(picture: Picture, options: SceneOptions = {}): Scene {
  const { width = 824, height = 10_000, emphasis } = options;
  const window = options.window ?? picture.extent;
  const scale = timeScale(window, width as Pixels);
  return {
    picture,
    layout: layoutOf(picture, { folded: new Set(), unlimited: new Set(), wanted: () => true }),
    scale,
    top: 0,
    height,
    ticks: ticksOf(scale, 200 as Pixels),
    labels: labelsOf(wordsOf(picture), measure),
    emphasis: { ...NO_EMPHASIS, ...emphasis },
  };
}

export function drawn(scene: Scene): DisplayList {
  const list = new DisplayList();
  drawScene(list, scene);
  return list;
}
