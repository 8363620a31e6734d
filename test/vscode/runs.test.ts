// Runs that do not go their way by themselves: cancelled, doubled, side by side, endless, broken off.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Code } from "./driver.ts";
import { clickTrace, lens, statusBar } from "./editor.ts";
import { runnersOf } from "./processes.ts";
import { ANNOTATED, ENDLESS, LOCK } from "./programs.ts";
import { TimelinePage } from "./timeline.ts";

let code: Code;

before(async () => {
  code = await Code.start({
    workspace: {
      "lock.ts": LOCK,
      "annotated.ts": ANNOTATED,
      "endless.ts": ENDLESS,
      "endless-too.ts": ENDLESS,
    },
    size: { width: 1400, height: 860 },
  });
});
after(() => code?.close());

async function startEndless(name = "endless.ts") {
  await code.openFile(name);
  await clickTrace(code);
  // Until all of it is told: an item of the status bar whose words change is made anew, and a click on it may be lost.
  await statusBar(code, /Running · 2 threads/);
}

describe("cancelling", () => {
  test("the lens beside Trace ends an endless program at once, and what it did stays", async () => {
    await startEndless();
    const timeline = await TimelinePage.of(code, "endless.ts");
    await timeline.says(/Running.*2 threads/);
    await code.screenshot("running");
    const began = Date.now();
    await lens(code, "Cancel").click();
    await statusBar(code, /Cancelled/);
    assert.ok(Date.now() - began < 3000, `it took ${Date.now() - began} ms`);
    await timeline.says(/Cancelled/);
    assert.deepEqual((await timeline.lanes()).slice(0, 2), ["main", "hamster"]);
    await code.until("the lens to go", async () => (await lens(code, "Cancel").count()) === 0);
  });

  test("the status bar, the key, the notification and the panel cancel, too", async () => {
    const ways: Record<string, () => Promise<void>> = {
      "the status bar": () => code.page.locator(".statusbar-item", { hasText: "Running" }).click(),
      "its key": () => code.page.keyboard.press("Shift+F5"),
      "the notification": async () => {
        const toast = await code.notification("Tracing endless.ts");
        await toast.getByRole("button", { name: "Cancel" }).click();
      },
      "the panel": async () => {
        const timeline = await TimelinePage.of(code, "endless.ts");
        await timeline.frame.getByRole("button", { name: "Cancel" }).click();
      },
    };
    for (const [way, cancel] of Object.entries(ways)) {
      await startEndless();
      await cancel();
      await statusBar(code, /Cancelled/).catch((cause: unknown) => {
        throw new Error(`${way} did not cancel`, { cause });
      });
    }
  });

  test("while it is still compiled or started a run can be cancelled, and nothing runs", async () => {
    for (const delay of [0, 30, 120]) {
      await code.openFile("lock.ts");
      await code.inHost(async (api, wait) => {
        const { uri } = api.window.activeTextEditor!.document;
        const tracing = api.commands.executeCommand("threadloom.trace", uri);
        await new Promise((resolve) => setTimeout(resolve, wait));
        await api.commands.executeCommand("threadloom.cancelTrace", uri);
        await tracing;
      }, delay);
      await statusBar(code, /Cancelled|Ended/);
    }
  });

  test("no runner is left that works", async () => {
    await code.until("all runners to be idle", async () => {
      const before = runnersOf(code.workspace);
      await code.page.waitForTimeout(700);
      const now = runnersOf(code.workspace);
      return (
        now.length <= 1 &&
        now.every((one) => one.ticks - (before.find(({ pid }) => pid === one.pid)?.ticks ?? 0) < 20)
      );
    });
  });
});

describe("more than one run", () => {
  test("tracing again while it runs ends the first run; the panel shows the second alone", async () => {
    await code.openFile("lock.ts");
    await code.inHost(async (api) => {
      const { uri } = api.window.activeTextEditor!.document;
      const both = [1, 2, 3].map(() => api.commands.executeCommand("threadloom.trace", uri));
      await Promise.all(both);
    }, null);
    const timeline = await TimelinePage.of(code, "lock.ts");
    const head = await timeline.says(/Ended.*2 threads/);
    assert.match(head, /1 lock\b/, "one run's locks, not two runs'");
    assert.deepEqual((await timeline.lanes()).slice(0, 3), ["main", "guest", "door"]);
  });

  test("two programs have two panels, and an endless one holds up no other", async () => {
    await startEndless("endless-too.ts");
    await code.openFile("annotated.ts");
    await clickTrace(code);
    const quick = await TimelinePage.of(code, "annotated.ts");
    await quick.says(/Ended.*3 threads/);
    assert.ok((await quick.lanes()).includes("alice"));
    await code.openFile("endless-too.ts");
    await statusBar(code, /Running/);
    const panels = await code.inHost(
      (api) =>
        api.window.tabGroups.all
          .flatMap(({ tabs }) => tabs.map(({ label }) => label))
          .filter((label) => label.startsWith("Timeline:")),
      null,
    );
    assert.ok(panels.includes("Timeline: annotated.ts"));
    assert.ok(panels.includes("Timeline: endless-too.ts"));
    await lens(code, "Cancel").click();
    await statusBar(code, /Cancelled/);
  });

  test("an endless program ends by itself at the time limit", async () => {
    await code.setSettings({ "threadloom.trace.timeLimit": 1500 });
    await code.openFile("endless.ts");
    await clickTrace(code);
    await statusBar(code, /time limit/);
    const timeline = await TimelinePage.of(code, "endless.ts");
    await timeline.says(/time limit.*2 threads/);
    await code.setSettings({ "threadloom.trace.timeLimit": null });
  });

  test("a runner that is killed is said, and the next trace works", async () => {
    await startEndless();
    for (const { pid } of runnersOf(code.workspace)) process.kill(pid, "SIGKILL");
    await code.notified(/TL6004/);
    await statusBar(code, /Broken off/);
    await code.openFile("annotated.ts");
    await clickTrace(code);
    await statusBar(code, /Ended · 3 threads/);
  });
});
