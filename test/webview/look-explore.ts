/**
 * Takes pictures of the page that tells of exploring, to be looked at:  node test/webview/look-explore.ts [FOLDER] [NAME …]
 * Every theme, narrow and zoomed, and what can come of it.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { launch, type PanelOptions } from "./browser.ts";
import { ExplorePage, exploreBundle } from "./explore-page.ts";
import {
  CUT_SHORT,
  EXPECTED,
  LOST,
  MANY,
  MISSING,
  NOT_LINEARIZABLE,
  NOTHING,
  PROVED,
} from "./explore-states.ts";

const [folder = "out/look-explore", ...names] = process.argv.slice(2);

interface Look extends PanelOptions {
  readonly act: (page: ExplorePage) => Promise<unknown>;
}

const going = (page: ExplorePage, estimate?: number) =>
  page.send({
    type: "going",
    progress: {
      phase: { strategy: "bounded", bound: 2, executions: 1204, complete: false },
      ...{ executions: 1311, outcomes: 3, findings: 1, elapsedMs: 1612 },
      ...(estimate === undefined ? {} : { estimate }),
    },
  });

const LOOKS: Readonly<Record<string, Look>> = {
  dark: { act: (page) => page.show(LOST) },
  light: { theme: "light", act: (page) => page.show(LOST) },
  hcDark: { theme: "hcDark", act: (page) => page.show(LOST) },
  hcLight: { theme: "hcLight", act: (page) => page.show(PROVED) },
  calls: { act: (page) => page.show(NOT_LINEARIZABLE) },
  callsLight: { theme: "light", act: (page) => page.show(NOT_LINEARIZABLE) },
  callsContrast: { theme: "hcDark", act: (page) => page.show(NOT_LINEARIZABLE) },
  callsNarrow: { width: 400, height: 1100, act: (page) => page.show(NOT_LINEARIZABLE) },
  proved: { act: (page) => page.show(PROVED) },
  provedLight: { theme: "light", act: (page) => page.show(PROVED) },
  expected: { act: (page) => page.show(EXPECTED, true) },
  missing: { act: (page) => page.show(MISSING) },
  cut: { act: (page) => page.show(CUT_SHORT) },
  nothing: { act: (page) => page.show(NOTHING) },
  many: { width: 660, act: (page) => page.show(MANY) },
  narrow: { width: 400, height: 1500, act: (page) => page.show(LOST) },
  zoomed: { width: 640, height: 700, zoom: 2, act: (page) => page.show(PROVED) },
  going: { width: 660, act: (page) => going(page, 5000) },
  goingBlind: { width: 400, act: (page) => going(page) },
  broken: {
    width: 660,
    act: (page) =>
      page.send({
        type: "none",
        text: "TL6023: counter.ts was not explored: Identifier expected.",
        problems: [
          { text: "Identifier expected.", code: "TS1003", file: "/a.ts", line: 3, column: 1 },
        ],
      }),
  },
};

mkdirSync(folder, { recursive: true });
const parts = await exploreBundle();
const browser = await launch();
for (const [name, { act, ...options }] of Object.entries(LOOKS)) {
  if (names.length > 0 && !names.includes(name)) continue;
  await ExplorePage.with(browser, parts, options, async (page) => {
    await act(page);
    await page.page.waitForTimeout(150);
    await page.page.screenshot({ path: path.join(folder, `${name}.png`) });
  });
}
await browser.close();
