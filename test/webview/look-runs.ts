/**
 * Takes pictures of recorded runs, to be looked at:  node test/webview/look-runs.ts FOLDER THEME WIDTH TRACE …
 * THEME is dark, light, hcDark or hcLight; each trace gives one picture of its name, as high as all its lanes.
 */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { PanelPage, bundle, launch } from "./browser.ts";
import { THEMES, type ThemeName } from "./themes.ts";

const [folder = "out/look", theme = "dark", width = "980", ...traces] = process.argv.slice(2);
if (!(theme in THEMES)) throw new Error(`no theme ${theme}`);

/** Above and beneath the lanes. */
const AROUND = 230;
const HIGHEST = 2000;

mkdirSync(folder, { recursive: true });
const parts = await bundle();
const browser = await launch();
for (const trace of traces) {
  const name = path.basename(trace, ".tltrace");
  const size = { width: Number(width), height: 700 };
  const panel = await PanelPage.open(browser, parts, { theme: theme as ThemeName, ...size });
  await panel.showTrace(readFileSync(trace), `${name}.ts`);
  const content = await panel.page.locator(".scroller .content").boundingBox();
  const height = Math.min(Math.max(Math.round(content!.height) + AROUND, 420), HIGHEST);
  await panel.page.setViewportSize({ ...size, height });
  await panel.page.waitForTimeout(200);
  await panel.page.screenshot({ path: path.join(folder, `${name}.png`) });
  for (const error of panel.errors) console.log(`${name}: ${error}`);
  await panel.page.close();
}
await browser.close();
