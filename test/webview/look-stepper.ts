/**
 * Takes pictures of the stepper, to be looked at:  node test/webview/look-stepper.ts [FOLDER] [NAME …]
 * Every theme, narrow and zoomed, and the states that matter.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { StepState } from "../../src/protocol/step.ts";
import { launch, type PanelOptions } from "./browser.ts";
import { StepperPage, stepperBundle } from "./stepper-page.ts";
import { CONTENDED, ENDED_LOST, FILE, LOCKED_UP, crowd } from "./stepper-states.ts";

const [folder = "out/look-stepper", ...names] = process.argv.slice(2);

interface Look extends PanelOptions {
  readonly state: StepState;
  readonly act?: (stepper: StepperPage) => Promise<unknown>;
}

/** The stacks of the first two threads, one with async callers. */
async function withStack(stepper: StepperPage): Promise<void> {
  const place = (line: number) => ({ file: FILE, line, column: 3 });
  stepper.onAsk = ({ kind }) =>
    kind !== "frames"
      ? null
      : [
          { name: "transfer", place: place(5) },
          { name: "payAll", place: place(12) },
          { name: "await", place: undefined, isAsync: "label" },
          { name: "async openBank", place: place(31), isAsync: "caller" },
        ];
  for (const index of [0, 1]) await stepper.page.locator(".stack .toggle").nth(index).click();
}

const LOOKS: Readonly<Record<string, Look>> = {
  dark: { state: CONTENDED },
  light: { state: CONTENDED, theme: "light" },
  hcDark: { state: ENDED_LOST, theme: "hcDark" },
  hcLight: { state: LOCKED_UP, theme: "hcLight" },
  lost: { state: ENDED_LOST, height: 700 },
  locked: { state: LOCKED_UP },
  narrow: { state: LOCKED_UP, width: 400, height: 1600 },
  zoomed: { state: CONTENDED, width: 640, height: 480, zoom: 2 },
  beside: { state: CONTENDED, width: 660, height: 900 },
  crowd: { state: crowd(10_000) },
  stackDark: { state: LOCKED_UP, act: withStack },
  stackLight: { state: LOCKED_UP, theme: "light", act: withStack },
  stackHcDark: { state: LOCKED_UP, theme: "hcDark", act: withStack },
  stackNarrow: { state: LOCKED_UP, theme: "hcLight", width: 400, height: 1600, act: withStack },
};

mkdirSync(folder, { recursive: true });
const parts = await stepperBundle();
const browser = await launch();
for (const [name, look] of Object.entries(LOOKS)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const stepper = await StepperPage.open(browser, parts, look);
  await stepper.begin("counter.ts");
  await stepper.tell({ kind: "moment", state: look.state });
  await stepper.painted(look.state.revision);
  await look.act?.(stepper);
  await stepper.page.waitForTimeout(150);
  await stepper.page.screenshot({ path: path.join(folder, `${name}.png`) });
  for (const error of stepper.errors) console.log(`${name}: ${error}`);
  await stepper.page.close();
}
await browser.close();
