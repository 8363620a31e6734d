/** The page that compares execution models, in a real browser. */
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import axe from "axe-core";
import type { Browser } from "playwright-core";
import { EXECUTION_MODELS } from "../../src/protocol/execution-model.ts";
import type { FromComparison, ToComparison } from "../../src/protocol/compare-view.ts";
import { switchesTrace, type Stay } from "../trace/switches.ts";
import { PanelPage, bundle, launch, type PanelOptions } from "./browser.ts";

let browser: Browser;
let parts: { readonly js: string; readonly css: string };

before(async () => {
  const page = bundle("webview/compare/main.ts", ["webview/compare/compare.css"]);
  [browser, parts] = await Promise.all([launch(), page]);
});
after(() => browser.close());

const stay = (core: number, thread: number, from: number, until: number): Stay => ({
  ...{ core, thread, from, until, waited: from === 0 ? 0 : 5 },
  why: until >= 60 ? "ended" : "quantum",
});

const RUNS: Readonly<Record<(typeof EXECUTION_MODELS)[number], Uint8Array>> = {
  parallel: switchesTrace([stay(0, 0, 0, 60), stay(1, 1, 0, 60)], 2, "parallel"),
  timesliced: switchesTrace(
    [stay(0, 0, 0, 30), stay(0, 1, 30, 59), stay(0, 0, 59, 90), stay(0, 1, 90, 120)],
    1,
    "timesliced",
  ),
  cooperative: switchesTrace([stay(0, 0, 0, 62), stay(0, 1, 62, 120)], 1, "cooperative"),
  green: switchesTrace([stay(0, 0, 0, 60), stay(1, 1, 0, 61)], 2, "green"),
};

const send = (panel: PanelPage, message: ToComparison): Promise<void> =>
  panel.send(message as never);
const said = async (panel: PanelPage): Promise<readonly FromComparison[]> =>
  (await panel.posted()) as readonly unknown[] as readonly FromComparison[];

async function withComparison(
  options: PanelOptions,
  act: (panel: PanelPage) => Promise<void>,
): Promise<void> {
  const panel = await PanelPage.open(browser, parts, options);
  try {
    const rows = EXECUTION_MODELS.map((model) => ({ run: `run-${model}`, model }));
    await send(panel, {
      type: "begin",
      protocol: 1,
      title: "models.ts",
      program: "file:///models.ts",
      rows,
      strings: {},
    });
    await act(panel);
    assert.deepEqual(panel.errors, [], "nothing failed inside the page");
  } finally {
    await panel.page.close();
  }
}

async function fill(panel: PanelPage): Promise<void> {
  for (const model of EXECUTION_MODELS) {
    await panel.sendBytes(`run-${model}`, 0, RUNS[model]);
    await send(panel, { type: "status", run: `run-${model}`, phase: "ended", text: "Ended" });
  }
  await send(panel, { type: "over", cancelled: false });
  await panel.page.waitForSelector(".story .first");
}

test("every model has its row, its figures and a sentence; what differs is said first", async () => {
  await withComparison({}, async (panel) => {
    await fill(panel);
    const { page } = panel;
    const story = await page.textContent(".story");
    assert.match(story!, /Parallel on 2 cores took 50\s% of the ticks of time-slicing/);
    assert.match(story!, /Cooperative switched 1 time, time-slicing 3 times/);
    assert.deepEqual(await page.locator(".model h2").allTextContents(), [
      "Parallel",
      "Time-sliced",
      "Cooperative",
      "Green threads",
    ]);
    assert.match((await page.textContent(".model >> nth=1"))!, /1 core · 120\sticks · 3 switches/);
    const cells = await page.locator("tbody tr").nth(2).locator("td").allTextContents();
    assert.deepEqual(cells.slice(0, 4), ["1", "120", "1", "0"]);
    assert.deepEqual(await page.locator(".legend li").allTextContents(), ["main", "solver"]);
  });
});

test("nothing is said of what differs before all that was recorded has come", async () => {
  await withComparison({}, async (panel) => {
    const [first, ...others] = EXECUTION_MODELS;
    for (const model of others) {
      await panel.sendBytes(`run-${model}`, 0, RUNS[model]);
      await send(panel, { type: "status", run: `run-${model}`, phase: "ended", text: "Ended" });
    }
    const run = `run-${first}`;
    await send(panel, { type: "status", run, phase: "running", text: "Running" });
    await send(panel, { type: "over", cancelled: false });
    await panel.page.waitForSelector("text=Run again");
    assert.equal(await panel.page.locator(".story .first").count(), 0);
    await panel.sendBytes(run, 0, RUNS[first]);
    await send(panel, { type: "status", run, phase: "ended", text: "Ended" });
    await panel.page.waitForSelector(".story .first");
    assert.equal(await panel.page.locator("canvas").count(), 4);
  });
});

test("a click on a row, its link and Enter open that model's run", async () => {
  await withComparison({}, async (panel) => {
    await fill(panel);
    const opened = async () =>
      (await said(panel)).flatMap((message) => (message.type === "open" ? [message.run] : []));
    await panel.page.click("canvas >> nth=2");
    await panel.page.click("text=Open in the timeline >> nth=1");
    await panel.page.focus("canvas >> nth=0");
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(await opened(), ["run-cooperative", "run-timesliced", "run-parallel"]);
    await panel.page.click("text=Run again");
    assert.ok((await said(panel)).some(({ type }) => type === "again"));
  });
});

test("whoever zooms in one row zooms in all; 0 shows all ticks again", async () => {
  await withComparison({}, async (panel) => {
    await fill(panel);
    const { page } = panel;
    const labels = () => page.locator(".axis-row text").allTextContents();
    const shots = () =>
      Promise.all([0, 3].map((row) => page.locator("canvas").nth(row).screenshot()));
    const [before, whole] = [await shots(), await labels()];
    await page.focus("canvas >> nth=1");
    for (let i = 0; i < 3; i++) await page.keyboard.press("+");
    await page
      .waitForFunction(
        (text) => document.querySelector(".axis-row")?.textContent !== text,
        (await page.textContent(".axis-row"))!,
        { timeout: 500 },
      )
      .catch(() => undefined);
    assert.notDeepEqual(await labels(), whole);
    const zoomed = await shots();
    assert.ok(
      zoomed.every((shot, at) => !shot.equals(before[at])),
      "both rows moved",
    );
    await page.keyboard.press("0");
    await page.waitForTimeout(100);
    assert.deepEqual(await labels(), whole);
  });
});

test("a stay is told in words under the pointer", async () => {
  await withComparison({}, async (panel) => {
    await fill(panel);
    const box = (await panel.page.locator("canvas").nth(1).boundingBox())!;
    await panel.page.mouse.move(box.x + box.width * 0.35, box.y + 16);
    const tooltip = await panel.page.textContent(".tooltip");
    assert.match(tooltip!, /solver on core 0.*had waited 5\sticks for a core.*quantum was used up/);
  });
});

test("a program that cannot run says why, and a model that cannot follow it, too", async () => {
  await withComparison({}, async (panel) => {
    await send(panel, {
      type: "problems",
      run: "run-parallel",
      problems: [
        { text: "A bracket is missing.", file: "a.ts", line: 3, column: 1, code: "TS1005" },
      ],
    });
    await panel.page.waitForSelector(".problems >> text=A bracket is missing.");
  });
  await withComparison({}, async (panel) => {
    const run = "run-cooperative";
    await send(panel, { type: "status", run, phase: "ended", text: "Ended at the time limit" });
    await panel.page.waitForSelector("text=Ended at the time limit");
  });
});

test("a message of another shape is refused and changes nothing", async () => {
  await withComparison({}, async (panel) => {
    await fill(panel);
    await panel.send({ type: "begin", protocol: 2 } as never);
    await panel.send({ type: "bytes", run: 5 } as never);
    await panel.page.waitForTimeout(100);
    assert.equal((await said(panel)).filter(({ type }) => type === "problem").length, 2);
    assert.equal(await panel.page.locator(".model").count(), 4);
  });
});

for (const theme of ["dark", "light", "hcDark", "hcLight"] as const) {
  test(`axe finds nothing to complain about in ${theme}, wide and narrow`, async () => {
    for (const width of [1100, 400]) {
      await withComparison({ theme, width }, async (panel) => {
        await fill(panel);
        await panel.page.evaluate(axe.source);
        const found = await panel.page.evaluate(async () => {
          const { axe } = globalThis as never as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          };
          const { violations } = await axe.run();
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.html).join()}`);
        });
        assert.deepEqual(found, []);
      });
    }
  });
}
