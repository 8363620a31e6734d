// Timelines that come back: hidden, closed, after a reload of the window, from a file; and what they say in every theme.
import assert from "node:assert/strict";
import { cpSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { Code, type Theme } from "./driver.ts";
import { clickTrace, cursor, statusBar, tabs } from "./editor.ts";
import { DEADLOCK, LOCK } from "./programs.ts";
import { TimelinePage } from "./timeline.ts";

let code: Code;
let timeline: TimelinePage;

before(async () => {
  code = await Code.start({
    workspace: { "lock.ts": LOCK, "deadlock.ts": DEADLOCK, "text.txt": "" },
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
    const before = recordings();
    await code.page.locator(".tab", { hasText: "Timeline: lock.ts" }).click();
    await code.page.keyboard.press("Control+F4");
    await code.openFile("lock.ts");
    await code.runCommand("Threadloom: Open Timeline");
    timeline = await TimelinePage.of(code, "lock.ts");
    await timeline.says(/Ended.*2 threads/);
    assert.deepEqual(recordings(), before);
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
});

describe("a recorded trace", () => {
  test("opens from its file as a timeline, and follows a click to the source", async () => {
    const [name] = recordings();
    cpSync(path.join(storage(), name), path.join(code.workspace, "kept.tltrace"));
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

/** Runs in each frame before its scripts: keeps what VS Code gives a webview's page to speak with its extension. */
function keepViewApi() {
  let give: () => unknown;
  Object.defineProperty(window, "acquireVsCodeApi", {
    get: () => () => ((window as unknown as { viewApi: unknown }).viewApi = give()),
    set: (given: () => unknown) => (give = given),
    configurable: true,
  });
}

/** The folder in which this window keeps its recordings. */
function storage(): string {
  const home = path.dirname(code.workspace);
  const [found] = globSync("user/User/workspaceStorage/*/threadloom.threadloom/traces", {
    cwd: home,
  });
  return path.join(home, found);
}

function recordings(): string[] {
  return globSync("*.tltrace", { cwd: storage() }).sort();
}
