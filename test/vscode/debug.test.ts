// VS Code's own debugger on a program, as a person uses it: F5, the gutter, the keys, the views.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Locator } from "playwright-core";
import { Code } from "./driver.ts";
import { cursor } from "./editor.ts";
import { VISITS } from "../debug/programs.ts";
import { DEADLOCK } from "./programs.ts";

/** The first session compiles, with a compiler that has yet to load. */
const PATIENCE_MS = 60_000;

let code: Code;

before(async () => {
  code = await Code.start({
    workspace: {
      "visits.ts": VISITS,
      "deadlock.ts": DEADLOCK,
    },
    size: { width: 1400, height: 900 },
  });
});
after(() => code?.close());

/** Rows of a view of Run and Debug, by its title: what a person reads there. */
async function rows(view: string): Promise<string[]> {
  const pane = code.page.locator(".pane", {
    has: code.page.locator(".pane-header", { hasText: new RegExp(`^${view}`, "i") }),
  });
  return (await pane.locator(".monaco-list-row").allInnerTexts()).map((text) =>
    text.replaceAll(/\s+/g, " ").trim(),
  );
}

const row = (view: string, pattern: RegExp): Promise<string> =>
  code.until(
    `${pattern} in ${view}`,
    async () => (await rows(view)).find((text) => pattern.test(text)),
    PATIENCE_MS,
  );

/** Waits until a thread stands there, and the editor shows it. */
async function standsAt(line: number, file = "visits.ts"): Promise<void> {
  const stands = async () => {
    const marks = await code.page.locator(".debug-top-stack-frame-line").count();
    return marks > 0 && (await cursor(code)) === `${file}:${line}`;
  };
  await code.until(`to stand at ${file}:${line}`, stands, PATIENCE_MS);
}

/**
 * What is shared, in Variables. VS Code keeps a scope that was opened as long as it can tell that it is the same one: it is
 * opened again wherever it is closed, and the keys go back to the editor.
 */
async function shared(pattern: RegExp): Promise<void> {
  const scope = code.page.locator(".debug-variables .monaco-list-row, .pane .monaco-list-row", {
    hasText: /^\s*Shared\s*$/,
  });
  const isClosed = async (): Promise<boolean> =>
    (await scope.count()) > 0 &&
    (await scope.first().getAttribute("aria-expanded", { timeout: 500 })) === "false";
  await code.until(
    `${pattern} among what is shared`,
    async () => {
      if ((await rows("Variables")).some((text) => pattern.test(text))) return true;
      if (await isClosed().catch(() => false)) await scope.first().click();
      return undefined;
    },
    PATIENCE_MS,
  );
  await code.inHost(
    (api) => api.commands.executeCommand("workbench.action.focusActiveEditorGroup"),
    null,
  );
}

/** Clicks beside the line with these words, where breakpoints are. */
async function clickGutter(words: RegExp): Promise<void> {
  const line = await code.page.locator(".view-line", { hasText: words }).first().boundingBox();
  const margin = await code.page.locator(".monaco-editor .margin").first().boundingBox();
  await code.page.mouse.click(margin!.x + 10, line!.y + line!.height / 2);
  await code.inHost(
    (api) => api.commands.executeCommand("workbench.action.focusActiveEditorGroup"),
    null,
  );
}

const toolbar = (): Locator => code.page.locator(".debug-toolbar");

/** Presses a key of the debugger once it is its turn. */
async function press(key: string, line: number): Promise<void> {
  await code.page.keyboard.press(key);
  await standsAt(line);
}

async function stop(): Promise<void> {
  await code.page.keyboard.press("Shift+F5");
  await toolbar().waitFor({ state: "hidden" });
}

describe("F5 without a configuration for it", () => {
  test("the program in the editor stands before its first step", async () => {
    await code.openFile("visits.ts");
    await code.page.keyboard.press("F5");
    await code.choose("Threadloom"); // there are other debuggers for TypeScript
    await standsAt(4);
    await code.inHost(async (api) => {
      await api.commands.executeCommand("workbench.view.debug");
      await api.commands.executeCommand("workbench.action.focusActiveEditorGroup");
    }, null);
    await row("Call Stack", /top level/);
    await toolbar()
      .getByRole("button", { name: /Step Back/ })
      .waitFor();
  });

  test("F10 goes over a call, F11 into it, Shift+F11 out of it", async () => {
    await press("F10", 5);
    await press("F10", 11);
    await press("F10", 14);
    await press("F11", 7);
    await press("F10", 8);
    await press("Shift+F11", 15);
  });

  test("variables have the shared ones, and locks with their holders", async () => {
    await shared(/^visits ?= ?1/);
    await shared(/^door ?= ?free/);
    await code.screenshot("debug-variables");
  });

  test("the call stack has each thread, and says for whom it waits", async () => {
    await row("Call Stack", /^guest\b/);
  });

  test("Step Back goes where it came from, line by line", async () => {
    await toolbar()
      .getByRole("button", { name: /Step Back/ })
      .click();
    await standsAt(14);
    await shared(/^visits ?= ?0/);
    await toolbar()
      .getByRole("button", { name: /Step Back/ })
      .click();
    await standsAt(11);
  });

  test("a breakpoint in the gutter stops the thread that comes by, and reverse finds it again", async () => {
    await clickGutter(/inside\.value/);
    await code.page.locator(".codicon-debug-breakpoint").first().waitFor();
    await press("F5", 9);
    await shared(/^visits ?= ?1/);
    await shared(/^door ?= ?held by/);
    await press("F5", 9);
    await shared(/^visits ?= ?2/);
    await toolbar()
      .getByRole("button", { name: /Reverse/ })
      .click();
    await shared(/^visits ?= ?1/);
    await standsAt(9);
    await code.screenshot("debug-reverse");
  });

  test("a watch that would change something says why not, and the Debug Console too", async () => {
    const said = await code.inHost(async (api) => {
      const item = api.debug.activeStackItem as { frameId?: number } | undefined;
      const args = { expression: "visits++", frameId: item?.frameId, context: "watch" };
      try {
        await api.debug.activeDebugSession!.customRequest("evaluate", args);
        return "it was evaluated";
      } catch (error) {
        return String(error);
      }
    }, null);
    assert.match(said, /TL7105/);
  });

  test("the run's end can be stepped back from; going on from there ends the session", async () => {
    await clickGutter(/inside\.value/); // the breakpoint is taken away again
    await code.page.locator(".codicon-debug-breakpoint").first().waitFor({ state: "detached" });
    await code.page.keyboard.press("F5");
    await row("Call Stack", /ended/);
    await code.page.locator(".repl .monaco-list-row", { hasText: "visits 2" }).first().waitFor();
    await toolbar()
      .getByRole("button", { name: /Step Back/ })
      .click();
    await row("Call Stack", /top level/);
    await standsAt(16);
    await code.page.keyboard.press("F5");
    await row("Call Stack", /ended/);
    await code.page.keyboard.press("F5");
    await toolbar().waitFor({ state: "hidden" });
  });
});

describe("a configuration", () => {
  const start = (configuration: object) =>
    code.inHost((api, configuration) => {
      const folder = api.workspace.workspaceFolders![0];
      const whole = { type: "threadloom", request: "launch", name: "test", ...configuration };
      // Not awaited: one that is refused asks in a dialog.
      void api.debug.startDebugging(folder, whole);
    }, configuration);
  const deadlock = { program: "${workspaceFolder}/deadlock.ts", stopOnEntry: false };

  test("a deadlock stops in red, with who waits for whom", async () => {
    await start(deadlock);
    const widget = code.page.locator(".exception-widget");
    await widget.waitFor();
    assert.match(await widget.innerText(), /TL2150 deadlock[^]*held by (alice|bob)/);
    await row("Call Stack", /^alice — blocked: `right` is held by bob since line 12/);
    await code.screenshot("debug-deadlock");
    await stop();
  });

  test("an event is named by a function breakpoint", async () => {
    await code.inHost((api) => {
      api.debug.addBreakpoints([new api.FunctionBreakpoint("lock right by bob")]);
    }, null);
    await start(deadlock);
    await standsAt(12, "deadlock.ts");
    await row("Call Stack", /bob.*paused before lock right by bob/i);
    await stop();
    await code.inHost((api) => api.debug.removeBreakpoints(api.debug.breakpoints), null);
  });

  test("an attribute of the wrong type is refused with what is expected", async () => {
    await start({ program: 3 });
    const dialog = code.page.locator(".monaco-dialog-box", { hasText: "TL7002" });
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /`program`.*is 3/);
    await dialog.getByRole("button", { name: /Cancel/ }).click();
  });
});
