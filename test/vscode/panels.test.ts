// Timelines that come back: hidden, closed, after a reload of the window, from a file; and what they say in every theme.
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { Code, type Theme } from "./driver.ts";
import {
  afterTexts,
  clickTrace,
  cursor,
  problem,
  problems,
  recordings,
  statusBar,
  tabs,
} from "./editor.ts";
import { ANNOTATED, DEADLOCK, LOCK } from "./programs.ts";
import { TimelinePage } from "./timeline.ts";

let code: Code;
let timeline: TimelinePage;

before(async () => {
  code = await Code.start({
    workspace: {
      "lock.ts": LOCK,
      "deadlock.ts": DEADLOCK,
      "broken.ts": `${ANNOTATED}/** @thraed */ function carol() {}\n`,
      "text.txt": "",
    },
    size: { width: 1400, height: 860 },
  });
  await code.openFile("lock.ts");
  await clickTrace(code);
  timeline = await TimelinePage.of(code, "lock.ts");
  await timeline.says(/Ended.*2 threads/);
});
after(() => code?.close());

describe("a timeline", () => {
  test("that was hidden behind another tab shows its run again", async () => {
    await timeline.frame.locator("canvas.lanes").click();
    await code.inHost(async (api) => {
      const document = await api.workspace.openTextDocument({ content: "in front" });
      await api.window.showTextDocument(document, { viewColumn: api.ViewColumn.Two });
    }, null);
    await code.until("the timeline to be gone", () => timeline.frame.isDetached());
    await code.page.locator(".tab", { hasText: "Timeline: lock.ts" }).click();
    timeline = await TimelinePage.of(code, "lock.ts");
    await timeline.says(/Ended.*2 threads/);
    assert.deepEqual((await timeline.lanes()).slice(0, 2), ["main", "guest"]);
  });

  test("that was closed is opened again by its command, without another run", async () => {
    const before = recordings(code);
    await code.page.locator(".tab", { hasText: "Timeline: lock.ts" }).click();
    await code.page.keyboard.press("Control+F4");
    await code.openFile("lock.ts");
    await code.runCommand("Threadloom: Open Timeline");
    timeline = await TimelinePage.of(code, "lock.ts");
    await timeline.says(/Ended.*2 threads/);
    assert.deepEqual(recordings(code), before);
  });

  test("comes back with its picture when the window is reloaded, and leads to the source", async () => {
    await code.page.waitForTimeout(500);
    await code.page.addInitScript(keepViewApi);
    await code.reload();
    timeline = await TimelinePage.of(code, "lock.ts", 60_000);
    await timeline.says(/Ended.*2 threads/);
    assert.deepEqual((await timeline.lanes()).slice(0, 3), ["main", "guest", "door"]);
    const { x, y } = await timeline.point("guest", /blocked/);
    await code.page.mouse.dblclick(x, y);
    await code.until("the line that waited", async () => (await cursor(code)) === "lock.ts:8");
    await statusBar(code, /Ended/);
    await code.screenshot("reloaded");
  });

  test("leads to files of its run alone, whatever its page asks for", async () => {
    const ask = (file: string) =>
      timeline.frame.evaluate((file) => {
        const { viewApi } = window as unknown as {
          viewApi: { postMessage(message: object): void };
        };
        viewApi.postMessage({ type: "reveal", file, line: 3, column: 1, preserveFocus: false });
      }, file);
    const opened = await tabs(code);
    await code.openFile("lock.ts");
    await code.goTo(1);
    // By the very channel that works for the run's own file, below.
    await ask(path.join(code.workspace, "deadlock.ts"));
    await ask("command:workbench.action.closeAllEditors");
    await ask(path.join(code.workspace, "lock.ts"));
    await code.until("the run's own line", async () => (await cursor(code)) === "lock.ts:3");
    assert.deepEqual(await tabs(code), opened);
  });

  test("that is closed leaves what was said in the source, also after a reload; but nothing in files that have changed", async () => {
    await keptOpen("broken.ts");
    await clickTrace(code);
    await problem(code, /^broken\.ts:5 threadloom TL12/);
    await keptOpen("deadlock.ts");
    await clickTrace(code);
    const panel = await TimelinePage.of(code, "deadlock.ts");
    await panel.says(/Deadlock/);
    const found = await waited("never got");
    await keptOpen("lock.ts");
    const before = await waited("waited");
    // The panels are closed: what is said in the source does not hang on them.
    await code.inHost((api) => {
      const { all } = api.window.tabGroups;
      const panels = all.flatMap(({ tabs }) => tabs).filter(({ label }) => /^Timeline/.test(label));
      return api.window.tabGroups.close(panels);
    }, null);
    await code.page.waitForTimeout(500);
    await code.reload();
    assert.deepEqual(await waited("waited"), before);
    // Before their tabs are looked at: they are in Problems.
    await problem(code, /^broken\.ts:5 threadloom TL12/);
    await problem(code, /deadlock\.ts:\d+ threadloom: last run/);
    await code.openFile("deadlock.ts");
    assert.deepEqual(await waited("never got"), found);
    await code.openFile("broken.ts");
    await statusBar(code, /Not run/);
    await code.openFile("lock.ts");
    await statusBar(code, /Ended/);
    await code.screenshot("reloaded-words");

    const changed = path.join(code.workspace, "deadlock.ts");
    writeFileSync(changed, `\n${DEADLOCK}`);
    await code.reload();
    await code.openFile("deadlock.ts");
    await statusBar(code, /Deadlock/);
    await code.page.waitForTimeout(500);
    assert.deepEqual(await afterTexts(code), []);
    assert.deepEqual(
      (await problems(code)).filter((one) => /^deadlock\.ts:\d+ threadloom/.test(one)),
      [],
    );
    writeFileSync(changed, DEADLOCK);
    await code.openFile("lock.ts");
    await code.runCommand("Threadloom: Open Timeline");
    timeline = await TimelinePage.of(code, "lock.ts");
    await timeline.says(/Ended.*2 threads/);
  });
});

describe("a recorded trace", () => {
  test("opens from its file as a timeline, and follows a click to the source", async () => {
    const [file] = recordings(code);
    cpSync(file, path.join(code.workspace, "kept.tltrace"));
    await code.openFile("kept.tltrace");
    const kept = await TimelinePage.of(code, "kept.tltrace");
    await kept.says(/2 threads/);
    const { x, y } = await kept.point("guest", /blocked/);
    await code.page.mouse.dblclick(x, y);
    await code.until("the line that waited", async () => (await cursor(code)) === "lock.ts:8");
    await code.screenshot("trace-file");
  });

  test("is exported for Chrome and Perfetto", async () => {
    await code.openFile("lock.ts");
    await code.runCommand("Threadloom: Export Trace for Chrome and Perfetto…");
    const input = code.page.locator(".quick-input-widget input[type=text]").first();
    const file = path.join(code.workspace, "out put.trace.json");
    await input.fill(file);
    await code.page.waitForTimeout(300);
    await code.page.keyboard.press("Enter");
    await code.notified(/Written to/);
    const exported = JSON.parse(readFileSync(file, "utf8")) as { traceEvents: { ph: string }[] };
    assert.ok(exported.traceEvents.length > 10);
  });
});

describe("in every theme", () => {
  for (const theme of ["light", "dark", "high contrast light", "high contrast dark"] as Theme[]) {
    test(`${theme}: the timeline and the words in the editor can be read`, async () => {
      await code.setTheme(theme);
      await code.openFile("lock.ts");
      await clickTrace(code);
      timeline = await TimelinePage.of(code, "lock.ts");
      await timeline.says(/Ended.*2 threads/);
      await timeline.point("guest", /blocked/).then(({ x, y }) => code.page.mouse.click(x, y));
      await code.page.waitForTimeout(600);
      await code.screenshot(`theme-${theme.replaceAll(" ", "-")}`);
    });
  }
});

/** Opens a file in a tab that the next one does not take the place of. */
async function keptOpen(name: string): Promise<void> {
  await code.openFile(name);
  await code.inHost((api) => api.commands.executeCommand("workbench.action.keepEditor"), null);
}

/** The words after lines of the visible editors, once one begins so: a window that comes back takes its time. */
function waited(words: string): Promise<string[]> {
  return code.until(
    `words after a line: ${words}`,
    async () => {
      const shown = (await afterTexts(code)).filter((text) => text.startsWith(words));
      return shown.length > 0 ? shown.sort() : undefined;
    },
    60_000,
  );
}

/** Runs in each frame before its scripts: keeps what VS Code gives a webview's page to speak with its extension. */
function keepViewApi() {
  let give: () => unknown;
  Object.defineProperty(window, "acquireVsCodeApi", {
    get: () => () => ((window as unknown as { viewApi: unknown }).viewApi = give()),
    set: (given: () => unknown) => (give = given),
    configurable: true,
  });
}
