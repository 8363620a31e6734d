/**
 * Takes pictures of the panel, to be looked at:  node test/webview/look.ts [FOLDER] [NAME …]
 * Every theme, narrow and wide, zoomed, small and large traces, and what a hand does with them.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { PanelPage, bundle, launch, type PanelOptions } from "./browser.ts";
import { largeTrace, transferTrace } from "./traces.ts";

const [folder = "out/look", ...names] = process.argv.slice(2);

interface Look extends PanelOptions {
  readonly trace: () => Uint8Array;
  readonly act?: (panel: PanelPage) => Promise<void>;
}

const large = (): Uint8Array => largeTrace({ events: 1_000_000, threads: 40, locks: 60 });

async function selectWait(panel: PanelPage): Promise<void> {
  const box = (await panel.page.locator("canvas.lanes").boundingBox())!;
  const at = 0.5 * box.width;
  // The second worker's band.
  await panel.page.mouse.click(box.x + at, box.y + 24 + 2 * 60 + 25);
  await panel.page.waitForTimeout(150);
}

const LOOKS: Readonly<Record<string, Look>> = {
  dark: { trace: transferTrace, act: selectWait },
  light: { trace: transferTrace, theme: "light", act: selectWait },
  hcDark: { trace: transferTrace, theme: "hcDark", act: selectWait },
  hcLight: { trace: transferTrace, theme: "hcLight", act: selectWait },
  narrow: { trace: transferTrace, width: 400, height: 900, act: selectWait },
  zoomed: { trace: transferTrace, width: 640, height: 480, zoom: 2, act: selectWait },
  table: { trace: transferTrace, act: (panel) => panel.page.click("#tab-table") },
  large: { trace: large },
  largeNarrow: { trace: large, width: 400, height: 800, theme: "light" },
  empty: { trace: () => new Uint8Array() },
};

async function take(
  browser: Browser,
  name: string,
  look: Look,
  parts: { js: string; css: string },
): Promise<void> {
  const panel = await PanelPage.open(browser, parts, look);
  const trace = look.trace();
  if (trace.length > 0) await panel.showTrace(trace);
  await look.act?.(panel);
  await panel.page.waitForTimeout(200);
  await panel.page.screenshot({ path: path.join(folder, `${name}.png`) });
  for (const error of panel.errors) console.log(`${name}: ${error}`);
  await panel.page.close();
}

mkdirSync(folder, { recursive: true });
const parts = await bundle();
const browser = await launch();
for (const [name, look] of Object.entries(LOOKS)) {
  if (names.length === 0 || names.includes(name)) await take(browser, name, look, parts);
}
await browser.close();
