// Stepping in VS Code: the lens, the panel beside the editor, every thread's line in it, and the debugger on the same run.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Frame } from "playwright-core";
import { Code } from "./driver.ts";
import { afterTexts, clickTrace, cursor, lens, problem, statusBar, tabs } from "./editor.ts";
import { runnersOf } from "./processes.ts";
import { LOCK } from "./programs.ts";
import { TimelinePage } from "./timeline.ts";

const COUNTER = `// @threadloom
/** @shared */ let counter = 0;
/** @thread */ function alice() { counter++; }
/** @thread */ function bob() { counter++; }
// @final counter === 2
`;
const BROKEN = `// @threadloom
const = 1;
`;
const UNKNOWN = `// @threadloom
import "threadloom:nothing";
`;

let code: Code;

before(async () => {
  code = await Code.start({
    workspace: {
      "counter.ts": COUNTER,
      "lock.ts": LOCK,
      "broken.ts": BROKEN,
      "unknown.ts": UNKNOWN,
    },
    size: { width: 1500, height: 900 },
  });
});
after(() => code?.close());

/** The stepper's page that shows a program of this name. */
async function stepperOf(title: string): Promise<Frame> {
  return code.until(`a stepper of ${title}`, async () => {
    for (const frame of code.page.frames()) {
      const head = frame.locator(".stephead h1");
      const named = await head.textContent({ timeout: 200 }).catch(() => undefined);
      if (named === title && (await frame.locator(".story").isVisible())) return frame;
    }
    return undefined;
  });
}

async function clickStep(file: string): Promise<Frame> {
  await code.openFile(file);
  await lens(code, /^\s*Step/)
    .first()
    .click();
  return stepperOf(file);
}

const card = (frame: Frame, thread: string) =>
  frame.locator(".card", { has: frame.locator("h3", { hasText: thread }) });

const story = (frame: Frame): Promise<string> => frame.locator(".story").innerText();

async function says(frame: Frame, pattern: RegExp): Promise<void> {
  let said = "";
  const saying = code.until(`the stepper to say ${pattern}`, async () => {
    said = await story(frame);
    return pattern.test(said);
  });
  await saying.catch((cause: unknown) => {
    throw new Error(`the stepper says "${said}", not ${pattern}`, { cause });
  });
}

/** Presses a thread's step button until it is about to do what matches. */
async function stepUntil(frame: Frame, thread: string, pattern: RegExp): Promise<void> {
  const button = card(frame, thread).locator(".step");
  await code.until(`${thread} to stand before ${pattern}`, async () => {
    const next = await button.innerText();
    if (pattern.test(next)) return true;
    await button.click();
    await code.page.waitForTimeout(100);
    return undefined;
  });
}

describe("stepping", () => {
  test("the lens opens the panel beside the editor and begins before main's first step", async () => {
    const frame = await clickStep("counter.ts");
    await says(frame, /Nothing has happened yet. Only main can go on/);
    const layout = await code.inHost(
      (api) =>
        api.window.tabGroups.all.map(({ viewColumn, tabs }) => [
          viewColumn,
          tabs.map(({ label }) => label),
        ]),
      null,
    );
    assert.ok(JSON.stringify(layout).includes('[2,["Step: counter.ts"]]'), JSON.stringify(layout));
  });

  test("every thread's line is drawn in the editor with its next operation, part after part", async () => {
    const frame = await stepperOf("counter.ts");
    await stepUntil(frame, "main", /start bob/);
    // From the click on, the keys are the panel's: the debugger that is told of each step does not take them away.
    for (const key of ["1", "2", "3"]) {
      const before = await story(frame);
      await code.page.keyboard.press(key);
      await code.until(`${key} to step`, async () => (await story(frame)) !== before);
    }
    const text = await code.inHost(
      (api) => api.window.visibleTextEditors[0].document.getText(),
      null,
    );
    assert.equal(text, COUNTER, "no key went into the source");
    await code.until("both reads beside their lines", async () => {
      const texts = await afterTexts(code);
      return ["alice", "bob"].every((name) => texts.includes(`${name}: read counter → 0`));
    });
    await card(frame, "bob").locator(".step").click();
    await code.until("the second part of bob's ++", async () =>
      (await afterTexts(code)).includes("bob: write counter ← 1"),
    );
    await code.screenshot("stepping");
  });

  test("a link leads to its line in the editor", async () => {
    const frame = await stepperOf("counter.ts");
    await frame.locator(".objects th .link").first().click();
    await code.until(
      "the cursor to stand where counter is made",
      async () => (await cursor(code)) === "counter.ts:2",
    );
  });

  test("the debugger shows the same run, and moves with the panel both ways", async () => {
    const frame = await stepperOf("counter.ts");
    const threads = () =>
      code.inHost(async (api) => {
        const session = api.debug.activeDebugSession;
        if (session?.type !== "threadloom") return [];
        const answer = (await session.customRequest("threads")) as {
          threads: readonly { name: string }[];
        };
        return answer.threads.map(({ name }) => name);
      }, null);
    await code.until("the debugger to know all threads", async () => {
      const names = (await threads()).join();
      return /main.*alice.*bob/.test(names);
    });
    const before = await frame.locator(".counts").innerText();
    await code.inHost(
      (api) => api.commands.executeCommand("workbench.action.debug.stepBack"),
      null,
    );
    await code.until("the panel to go back as well", async () => {
      return (await frame.locator(".counts").innerText()) !== before;
    });
    await frame.getByRole("button", { name: /^Redo/ }).click();
  });

  test("edits since are said, and lines of a changed file are not drawn", async () => {
    const frame = await stepperOf("counter.ts");
    const edit = (text: string) =>
      code.inHost(async (api, inserted) => {
        const editor = api.window.visibleTextEditors[0];
        await editor.edit((edit) => edit.insert(new api.Position(0, 0), inserted));
      }, text);
    await edit("\n");
    await frame.getByText("The file has changed since this began.").waitFor();
    await code.until("the words beside lines to go", async () =>
      (await afterTexts(code)).every((text) => !text.startsWith("bob")),
    );
    await code.inHost(async (api) => {
      const { document } = api.window.visibleTextEditors[0];
      await api.window.showTextDocument(document, { viewColumn: api.ViewColumn.One });
      await api.commands.executeCommand("undo");
    }, null);
    await frame.getByText("The file has changed since this began.").waitFor({ state: "detached" });
  });

  test("a panel that was hidden comes back where it was, and the run with it", async () => {
    const frame = await stepperOf("counter.ts");
    const before = await frame.locator(".counts").innerText();
    await code.inHost(async (api) => {
      const document = await api.workspace.openTextDocument({ content: "over it" });
      await api.window.showTextDocument(document, { viewColumn: api.ViewColumn.Two });
      await api.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }, null);
    const again = await stepperOf("counter.ts");
    await again.locator(".history .row").first().waitFor();
    assert.equal(await again.locator(".counts").innerText(), before);
    assert.ok((await again.locator(".history .row").count()) > 3);
  });

  test("closing the panel and ending the debugger leaves no process behind", async () => {
    await code.inHost(async (api) => {
      await api.debug.stopDebugging();
      const panels = api.window.tabGroups.all.flatMap(({ tabs }) => tabs);
      await api.window.tabGroups.close(panels.filter(({ label }) => label.startsWith("Step:")));
    }, null);
    await code.until("at most the warm runner to be left", () =>
      Promise.resolve(runnersOf(code.workspace).length <= 1),
    );
    assert.ok(!(await tabs(code)).includes("Step: counter.ts"));
    await code.until(
      "no words of threads beside lines",
      async () => (await afterTexts(code)).length === 0,
    );
  });
});

describe("beginning elsewhere", () => {
  test("a recorded run is stepped through in its own order, backwards too", async () => {
    await code.openFile("lock.ts");
    await clickTrace(code);
    await statusBar(code, /Ended · 2 threads/);
    const timeline = await TimelinePage.of(code, "lock.ts");
    await timeline.frame.getByRole("button", { name: "Step through" }).click();
    const frame = await stepperOf("lock.ts");
    await says(frame, /The run is over, and nothing went wrong/);
    await frame.locator(".printed .said", { hasText: "the guest has left" }).waitFor();
    const rows = await frame.locator(".history .row .did").allInnerTexts();
    assert.ok(rows.length > 5, rows.join("; "));
    await frame.getByRole("button", { name: /Back/ }).click();
    await code.until("what was undone to be faint", async () => {
      return (await frame.locator(".history .undone").count()) === 1;
    });
  });

  test("a program that does not compile is not begun, and says why", async () => {
    await code.openFile("broken.ts");
    await code.runCommand("Threadloom: Step");
    await code.notified(/TL6003: broken\.ts was not run/);
    assert.ok(!(await tabs(code)).includes("Step: broken.ts"));
  });

  test("what the compiler says of a program that was to be stepped through stands among the problems", async () => {
    await code.openFile("unknown.ts");
    await code.runCommand("Threadloom: Step");
    await problem(code, /^unknown\.ts:2 threadloom TL\d+ .*threadloom:nothing/);
  });
});
