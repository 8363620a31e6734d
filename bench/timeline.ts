/**
 * The timeline in a real browser: from a trace's bytes to the first picture, and the frames while it is panned.
 * Peers of DESIGN's table (flame-chart-js, speedscope) are not run here; their figures stand in docs/performance.md.
 */
import { PanelPage, bundle, launch } from "../test/webview/browser.ts";
import { largeTrace } from "../test/webview/traces.ts";
import { compared, median, type Row } from "./row.ts";

const RUNS = 5;
const FRAMES = 180;

export async function run(): Promise<Row[]> {
  const parts = await bundle();
  const browser = await launch();
  const rows: Row[] = [];
  try {
    for (const events of [100_000, 1_000_000]) {
      const trace = largeTrace({ events, threads: 40, locks: 60 });
      const opened: number[] = [];
      const told: number[] = [];
      for (let at = 0; at < RUNS; at++) {
        const panel = await PanelPage.open(browser, parts);
        await panel.showTrace(trace, "large.ts");
        opened.push(await openTime(panel));
        told.push(await storyTime(panel));
        if (at === RUNS - 1) rows.push(...(await panning(panel, events)));
        await panel.page.close();
      }
      rows.unshift({
        name: `open → the whole is drawn and told, ${events.toLocaleString("en-US")} events`,
        median: median(told),
        unit: "ms",
      });
      rows.unshift({
        name: `open → first paint, ${events.toLocaleString("en-US")} events`,
        median: median(opened),
        unit: "ms",
        ...(events === 1_000_000 ? { goal: "≤ 300 ms" } : {}),
      });
    }
  } finally {
    await browser.close();
  }
  return rows;
}

interface Measured {
  readonly sentAt: number;
  readonly toldAt: number;
  readonly posted: readonly { readonly type: string }[];
  readonly postedAt: readonly number[];
}

/** From when the bytes were handed over to when the panel said that it had painted, by the page's clock. */
function openTime({ page }: PanelPage): Promise<number> {
  return page.evaluate(() => {
    const { sentAt, posted, postedAt } = globalThis as never as Measured;
    return postedAt[posted.findIndex((one) => one.type === "painted")] - sentAt;
  });
}

/** Until the sentence that says what happened stands there: a run is told when all of it has been understood. */
function storyTime({ page }: PanelPage): Promise<number> {
  return page.evaluate(() => {
    const { sentAt, toldAt } = globalThis as never as Measured;
    return toldAt - sentAt;
  });
}

/** Zooms in until spans can be told apart, then pans by the wheel; beside it, frames in which nothing is drawn. */
async function panning({ page }: PanelPage, events: number): Promise<Row[]> {
  const rows: Row[] = [];
  const idle = await frames(page, 0);
  for (const [what, factor] of [
    ["the whole run", 1.2],
    ["a hundredth of it", 100],
  ] as const) {
    await zoomBy(page, factor);
    const intervals = await frames(page, 12);
    rows.push({
      ...compared(
        {
          name: `frame while panning ${what}, p95, ${events.toLocaleString("en-US")} events`,
          median: percentile(intervals, 0.95),
          unit: "ms",
          goal: "≤ 17 ms",
        },
        "idle frame, p95",
        percentile(idle, 0.95),
      ),
    });
  }
  return rows;
}

/** Intervals of animation frames, in milliseconds; in each the wheel is turned sideways by `pixels`. */
function frames(page: PanelPage["page"], pixels: number): Promise<number[]> {
  return page.evaluate(
    ({ pixels, count }) =>
      new Promise<number[]>((resolve) => {
        const canvas = document.querySelector("canvas.lanes")!;
        const times: number[] = [];
        const step = (time: number): void => {
          times.push(time);
          if (times.length > count) {
            resolve(times.slice(1).map((at, index) => at - times[index]));
            return;
          }
          // To and fro, so that it never stands at an end.
          const deltaX = times.length % 60 < 30 ? pixels : -pixels;
          if (pixels > 0) {
            canvas.dispatchEvent(
              new WheelEvent("wheel", { deltaX, bubbles: true, cancelable: true }),
            );
          }
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    { pixels, count: FRAMES },
  );
}

function zoomBy(page: PanelPage["page"], factor: number): Promise<void> {
  return page.evaluate((factor) => {
    const canvas = document.querySelector("canvas.lanes")!;
    const box = canvas.getBoundingClientRect();
    // d3-zoom takes 2 to the power of the wheel's delta by 500, ten times that with Ctrl.
    canvas.dispatchEvent(
      new WheelEvent("wheel", {
        deltaY: (-Math.log2(factor) * 500) / 10,
        ctrlKey: true,
        clientX: box.left + box.width / 2,
        clientY: box.top + 50,
        bubbles: true,
        cancelable: true,
      }),
    );
  }, factor);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
