/** The panel in a real browser: what a person does with it, and what it says to VS Code. */
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import axe from "axe-core";
import type { Browser } from "playwright-core";
import type { FromView } from "../../src/protocol/webview.ts";
import { reportHtml } from "../../webview/report.ts";
import { PanelPage, bundle, launch, type PanelOptions } from "./browser.ts";
import { transferTrace } from "./traces.ts";

let browser: Browser;
let parts: { readonly js: string; readonly css: string };

before(async () => {
  [browser, parts] = await Promise.all([launch(), bundle()]);
});
after(() => browser.close());

/** A panel with the small run in it; says at the end whether anything went wrong inside. */
async function withPanel(
  options: PanelOptions & { readonly trace?: Uint8Array | null },
  act: (panel: PanelPage) => Promise<void>,
): Promise<void> {
  const panel = await PanelPage.open(browser, parts, options);
  try {
    if (options.trace !== null) await panel.showTrace(options.trace ?? transferTrace());
    await act(panel);
    assert.deepEqual(panel.errors, [], "nothing failed inside the panel");
  } finally {
    await panel.page.close();
  }
}

const last = async (panel: PanelPage, type: FromView["type"]): Promise<FromView | undefined> =>
  (await panel.posted()).findLast((message) => message.type === type);

/** Where the lanes' canvas lies, and the middle of worker-2's wait for `db` in it. */
async function waitOfWorker2(panel: PanelPage): Promise<{ x: number; y: number }> {
  const box = (await panel.page.locator("canvas.lanes").boundingBox())!;
  const name = (await panel.page.locator(".name.thread").nth(2).boundingBox())!;
  return { x: box.x + box.width / 2, y: name.y + 24 };
}

test("a run is told in one sentence, and its link leads to the line", async () => {
  await withPanel({}, async (panel) => {
    const story = await panel.page.textContent(".story .first");
    assert.match(story!, /worker-2 was blocked 38\s%.*transfer\.ts:14.*db/);
    await panel.page.click(".story .link >> text=transfer.ts:14");
    assert.deepEqual(await last(panel, "reveal"), {
      type: "reveal",
      file: "examples/transfer.ts",
      line: 14,
      column: 3,
      preserveFocus: true,
    });
  });
});

test("a click selects, explains and shows the line; a double click goes there", async () => {
  await withPanel({}, async (panel) => {
    const { x, y } = await waitOfWorker2(panel);
    await panel.page.mouse.move(x, y);
    await panel.page.waitForSelector(".tooltip >> text=worker-2 blocked on db");
    await panel.page.mouse.click(x, y);
    await panel.page.waitForSelector("h2 >> text=Why");
    const chain = await panel.page.textContent(".side .chain");
    assert.match(chain!, /worker-2.*db.*121.*worker-1 held db.*main held log/s);
    const graph = await panel.page.getAttribute("svg.graph", "aria-label");
    assert.match(graph!, /worker-2 waits for worker-1 because of db/);
    const shown = (await last(panel, "reveal")) as { preserveFocus: boolean } | undefined;
    assert.equal(shown?.preserveFocus, true);
    await panel.page.mouse.dblclick(x, y);
    const opened = (await last(panel, "reveal")) as { preserveFocus: boolean } | undefined;
    assert.equal(opened?.preserveFocus, false);
  });
});

test("keys walk, zoom and fit; Tab leaves at the end of a lane", async () => {
  await withPanel({}, async (panel) => {
    const { page } = panel;
    const selection = (): Promise<string | null> => page.textContent(".side section >> nth=0");
    await page.focus("canvas.lanes");
    await page.keyboard.press("Enter");
    assert.match((await selection())!, /main running/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    assert.match((await selection())!, /worker-1 blocked on log/);
    await page.keyboard.press("Enter");
    assert.equal(((await last(panel, "reveal")) as { line: number }).line, 16);
    const labels = (): Promise<string[]> => page.locator(".axis text").allTextContents();
    const whole = await labels();
    await page.keyboard.press("+");
    await page.waitForFunction((before) => {
      const now = [...document.querySelectorAll(".axis text")].map((one) => one.textContent);
      return now.join() !== before;
    }, whole.join());
    await page.keyboard.press("0");
    await page.waitForFunction((before) => {
      const now = [...document.querySelectorAll(".axis text")].map((one) => one.textContent);
      return now.join() === before;
    }, whole.join());
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.notEqual(await page.evaluate(() => document.activeElement?.className), "lanes");
  });
});

test("the filter says what it found and what it did not understand; Enter goes to the next match", async () => {
  await withPanel({}, async (panel) => {
    const { page } = panel;
    await page.fill("input[type=search]", "lock=db state=blocked");
    await page.waitForSelector("#filter-said >> text=1 match");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".side >> text=worker-2 blocked on db");
    assert.deepEqual(await page.locator(".name.lock .called").allTextContents(), ["db"]);
    await page.fill("input[type=search]", "colour=red");
    await page.waitForSelector("#filter-said.wrong >> text=colour=red");
  });
});

test("the cursor in the source lights up its events and counts them", async () => {
  await withPanel({}, async (panel) => {
    await panel.send({ type: "cursor", file: "examples/transfer.ts", line: 14, endLine: 14 });
    await panel.page.waitForSelector(".status >> text=transfer.ts:14: 5 events");
  });
});

test("shift and drag measure a range, and dragging in the strip above zooms", async () => {
  await withPanel({}, async ({ page }) => {
    const lanes = (await page.locator("canvas.lanes").boundingBox())!;
    await page.keyboard.down("Shift");
    await page.mouse.move(lanes.x + 200, lanes.y + 5);
    await page.mouse.down();
    await page.mouse.move(lanes.x + 400, lanes.y + 5, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up("Shift");
    await page.waitForSelector("h2 >> text=Measured");
    const strip = (await page.locator("svg.brushes").boundingBox())!;
    await page.mouse.move(strip.x + 100, strip.y + 10);
    await page.mouse.down();
    await page.mouse.move(strip.x + 200, strip.y + 10, { steps: 4 });
    await page.mouse.up();
    await page.waitForFunction(() => {
      const first = document.querySelector(".axis text")?.textContent ?? "";
      return first !== "" && !first.startsWith("0");
    });
  });
});

test("what one was looking at is there again after a reload", async () => {
  let kept: unknown;
  await withPanel({}, async (panel) => {
    const { x, y } = await waitOfWorker2(panel);
    await panel.page.mouse.click(x, y);
    await panel.page.click(".group >> text=Channels");
    await panel.page.fill("input[type=search]", "db");
    await panel.page.waitForFunction(() => {
      const { keptState } = window as never as {
        keptState?: { filter: string; selected: unknown };
      };
      return keptState?.filter === "db" && keptState.selected !== null;
    });
    kept = await panel.kept();
  });
  await withPanel({ kept }, async ({ page }) => {
    await page.waitForSelector(".side >> text=worker-2 blocked on db");
    assert.equal(await page.inputValue("input[type=search]"), "db");
    assert.equal(await page.getAttribute(".group >> text=Channels", "aria-expanded"), "false");
  });
});

test("a run that goes on is followed until one looks elsewhere, and again when asked", async () => {
  await withPanel({ trace: null }, async (panel) => {
    const { page } = panel;
    const trace = transferTrace();
    const half = 4000;
    await panel.send({
      type: "begin",
      protocol: 1,
      run: "r",
      title: "a.ts",
      again: false,
      strings: {},
    });
    await page.waitForSelector(".empty >> text=Compiling a.ts");
    await panel.send({ type: "status", run: "r", phase: "running", text: "" });
    await panel.sendBytes("r", 0, trace.subarray(0, half));
    await panel.sendBytes("r", half, trace.subarray(half));
    await page.waitForSelector("button >> text=Following");
    await page.focus("canvas.lanes");
    await page.keyboard.press("+");
    await page.click("button >> text=Follow the run");
    await page.waitForSelector("button >> text=Following");
    assert.equal(((await last(panel, "took")) as { offset: number }).offset, trace.length);
    await page.click("button >> text=Cancel");
    assert.deepEqual(await last(panel, "command"), { type: "command", command: "cancel" });
  });
});

test("bytes that are sent again after a reload are taken once, and a gap is said", async () => {
  await withPanel({}, async (panel) => {
    const trace = transferTrace();
    await panel.sendBytes("r1", 0, trace.subarray(0, 500));
    assert.match((await panel.page.textContent(".counts"))!, /53 events/);
    await panel.sendBytes("r1", trace.length + 10, new Uint8Array(4));
    await panel.waitForPosted("problem");
    assert.match(((await last(panel, "problem")) as { text: string }).text, /missing/);
  });
});

test("a hostile or foreign message changes nothing and is reported", async () => {
  await withPanel({}, async (panel) => {
    for (const message of [
      { type: "begin", protocol: 99, run: "x", title: "", again: false, strings: {} },
      { type: "findings", run: "r1", findings: [{ kind: "<img>" }] },
      { type: "bytes", run: "r1", offset: 0, bytes: "AAAA" },
      "hello",
    ]) {
      await panel.send(message as never);
    }
    await panel.page.waitForFunction(() => {
      const { posted } = window as never as { posted: { type: string }[] };
      return posted.filter(({ type }) => type === "problem").length === 4;
    });
    assert.match((await panel.page.textContent(".story"))!, /worker-2/);
  });
});

test("a damaged trace shows what was whole and says that something is missing", async () => {
  const trace = transferTrace();
  await withPanel({ trace: trace.subarray(0, trace.length - 300) }, async ({ page }) => {
    await page.waitForSelector(".status [role=alert] >> text=/TL4\\d+/");
    assert.match((await page.textContent(".counts"))!, /3 threads/);
  });
});

test("bytes that come after the word that the run has ended are taken too", async () => {
  await withPanel({ trace: null }, async (panel) => {
    const { page } = panel;
    const trace = transferTrace();
    await panel.send({
      type: "begin",
      protocol: 1,
      run: "r",
      title: "a.ts",
      again: true,
      strings: {},
    });
    await panel.sendBytes("r", 0, trace.subarray(0, trace.length - 400));
    await panel.send({ type: "status", run: "r", phase: "ended", text: "" });
    await page.waitForSelector(".status [role=alert]");
    await panel.sendBytes("r", trace.length - 400, trace.subarray(trace.length - 400));
    await page.waitForSelector(".status [role=alert]", { state: "detached" });
  });
});

test("problems of compiling stand in place of a picture, each with its line", async () => {
  await withPanel({ trace: null }, async (panel) => {
    await panel.send({
      type: "begin",
      protocol: 1,
      run: "r",
      title: "a.ts",
      again: false,
      strings: {},
    });
    await panel.send({ type: "status", run: "r", phase: "failed", text: "" });
    const problem = { text: "`x` is odd.", file: "a.ts", line: 3, column: 4, code: "TL1203" };
    await panel.send({ type: "problems", run: "r", problems: [problem] });
    await panel.page.click("button >> text=a.ts:3");
    assert.equal((await last(panel, "reveal"))?.type, "reveal");
    assert.match(
      (await panel.page.textContent(".problems"))!,
      /can’t run yet: 1 problem.*x is odd/,
    );
  });
});

for (const theme of ["dark", "light", "hcDark", "hcLight"] as const) {
  test(`axe finds nothing to complain about in ${theme}, wide and narrow`, async () => {
    for (const width of [1280, 400]) {
      await withPanel({ theme, width }, async (panel) => {
        const { x, y } = await waitOfWorker2(panel);
        await panel.page.mouse.click(x, y);
        await panel.page.mouse.move(0, 0);
        // The page's policy lets nobody add a script; the driver may run one.
        await panel.page.evaluate(axe.source);
        for (const tab of ["table", "output"]) {
          await panel.page.click(`#tab-${tab}`);
          const violations = await panel.page.evaluate(async () => {
            const { axe } = globalThis as never as {
              axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
            };
            const result = await axe.run();
            return result.violations.map(
              ({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(" ")}`,
            );
          });
          assert.deepEqual(violations, []);
        }
      });
    }
  });
}

test("with a screen reader the table is what opens first", async () => {
  await withPanel({ classes: ["vscode-using-screen-reader"] }, async ({ page }) => {
    assert.equal(await page.getAttribute("#tab-table", "aria-selected"), "true");
    const first = await page.locator(".table tbody tr").first().textContent();
    assert.match(first!, /main.*running/);
  });
});

test("a report opens from a disk and shows the source where there is no editor", async () => {
  const html = reportHtml(transferTrace(), parts.js, parts.css, "transfer.ts");
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => void (message.type() === "error" && errors.push(message.text())));
  await page.route("http://report.test/", (route) =>
    route.fulfill({ contentType: "text/html", body: html }),
  );
  await page.goto("http://report.test/");
  await page.click(".story .link >> text=transfer.ts:14");
  await page.waitForSelector(".sources .marked >> text=using g = db.lock()");
  assert.equal(await page.locator("button >> text=Trace").count(), 0);
  assert.deepEqual(errors, []);
  await page.close();
});

test("what the program is run as is chosen in the head, and run at once; 400 px are enough", async () => {
  await withPanel({ width: 400, trace: null }, async (panel) => {
    const { page } = panel;
    const runAs = { kind: "parallel", cores: 2 } as const;
    const begin = { type: "begin", protocol: 1, run: "r1", title: "a.ts" } as const;
    await panel.send({ ...begin, again: false, runAs, strings: {} });
    await page.waitForSelector(".run-as");
    assert.equal(await page.inputValue(".run-as select"), "parallel");
    assert.equal(await page.inputValue(".run-as input >> nth=0"), "2");
    await page.fill(".run-as input >> nth=1", "25");
    await page.keyboard.press("Enter");
    assert.deepEqual(await last(panel, "runAs"), {
      type: "runAs",
      runAs: { kind: "parallel", cores: 2, quantum: 25 },
    });
    await page.selectOption(".run-as select", "cooperative");
    assert.deepEqual(await last(panel, "runAs"), { type: "runAs", runAs: { kind: "cooperative" } });
    assert.equal(await page.locator(".run-as input").count(), 0, "nothing to set there");
    await page.click("text=Compare models");
    assert.deepEqual(await last(panel, "command"), { type: "command", command: "compare" });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 400);
  });
});

test("a number that makes no sense is not run, and what nobody can run again has no choice", async () => {
  await withPanel({ trace: null }, async (panel) => {
    const begin = { type: "begin", protocol: 1, run: "r1", title: "a.ts" } as const;
    await panel.send({ ...begin, again: false, runAs: { kind: "green" }, strings: {} });
    await panel.page.fill(".run-as input", "0");
    await panel.page.keyboard.press("Enter");
    assert.equal(await last(panel, "runAs"), undefined);
    await panel.send({ ...begin, run: "r2", again: true, strings: {} });
    await panel.page.waitForSelector(".run-as", { state: "detached" });
  });
});
