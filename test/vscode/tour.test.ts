// The main job, as a person does it: open a program, click Trace, see what its threads did, go from picture to source
// and back.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Code } from "./driver.ts";
import { afterTexts, clickTrace, cursor, lens, problem, problems, statusBar } from "./editor.ts";
import { ANNOTATED, DEADLOCK, LOCK } from "./programs.ts";
import { TimelinePage } from "./timeline.ts";

let code: Code;
let timeline: TimelinePage;

before(async () => {
  code = await Code.start({
    workspace: {
      "lock.ts": LOCK,
      "annotated.ts": ANNOTATED,
      "deadlock.ts": DEADLOCK,
      "plain.ts": "export const a = 1;\n",
    },
    size: { width: 1400, height: 860 },
  });
});
after(() => code?.close());

describe("the first trace", () => {
  test("Trace stands above a program, and above no other file", async () => {
    await code.openFile("plain.ts");
    await code.openFile("annotated.ts");
    await lens(code, "Trace").first().waitFor();
    await code.until(
      "a lens for the head and for each thread",
      async () => (await lens(code, "Trace").count()) === 3,
    );
    await code.openFile("plain.ts");
    await code.page.waitForTimeout(500);
    assert.equal(await lens(code, "Trace").count(), 0);
  });

  test("a click runs the program and shows its lanes beside it", async () => {
    await code.openFile("lock.ts");
    await clickTrace(code);
    timeline = await TimelinePage.of(code, "lock.ts");
    await timeline.says(/Ended.*2 threads/);
    assert.deepEqual((await timeline.lanes()).slice(0, 3), ["main", "guest", "door"]);
    assert.equal(await cursor(code), "lock.ts:1", "the editor keeps the focus");
    await statusBar(code, /Ended · 2 threads/);
    await code.screenshot("trace-dark");
  });

  test("pointing at a band says what it is and why", async () => {
    const { text } = await timeline.point("guest", /blocked/);
    assert.match(text, /guest blocked on door/);
    assert.match(text, /lock\.ts:8/);
    await code.screenshot("hover");
  });

  test("opening a band goes to its line in the source, in the column where it is", async () => {
    await code.goTo(1);
    const { x, y } = await timeline.point("guest", /blocked/);
    await code.page.mouse.dblclick(x, y);
    // The chain behind it, in words.
    await timeline.frame
      .getByText(/main held door/)
      .first()
      .waitFor();
    await code.until("the line that waited", async () => (await cursor(code)) === "lock.ts:8");
    const columns = await code.inHost((api) => api.window.visibleTextEditors.length, null);
    assert.equal(columns, 1, "no second editor was opened");
  });

  test("the cursor in the source lights up the events of its line", async () => {
    await code.goTo(12);
    const lit = timeline.frame.locator(".status", { hasText: /lock\.ts:12/ });
    await lit.waitFor();
    assert.match(await lit.innerText(), /event/);
    await code.screenshot("cursor");
  });

  test("the line that started a thread says who it was, and leads to its lane", async () => {
    await code.openFile("lock.ts");
    const words = await code.until("the words after the line", async () =>
      (await afterTexts(code)).find((text) => text.startsWith("guest")),
    );
    assert.match(words, /^guest · \d+(\.\d+)?\sms, waited \d+(\.\d+)?\sms$/);
    await code.screenshot("spawned");
    await code.goTo(6, 40);
    await code.runCommand("Show or Focus Hover");
    const hover = code.page.locator(".monaco-hover", { hasText: "Started here in the last run" });
    await hover.getByText("show its lane").first().click();
    await timeline.frame
      .getByText(/main held door/)
      .first()
      .waitFor();
    await code.screenshot("spawned-lane");
  });

  test("the line that waited says how long and for whom, until it is edited", async () => {
    const words = await code.until("the words after the line", async () =>
      (await afterTexts(code)).find((text) => text.startsWith("waited")),
    );
    assert.match(words, /^waited \d+(\.\d+)?\sms · held by main$/);
    // What is typed goes to where the focus is: into the source again, not to the timeline.
    await code.openFile("lock.ts");
    await code.goTo(1);
    await code.page.keyboard.press("End");
    const colourOf = () =>
      code.page.locator(".monaco-editor .view-line").evaluateAll(
        (lines) =>
          lines
            .flatMap((line) => [...line.querySelectorAll("*")])
            .map((element) => getComputedStyle(element, "::after"))
            .find((style) => style.content.startsWith('"waited'))?.color,
      );
    const fresh = await colourOf();
    await code.page.keyboard.type(" ");
    await code.until("the words to be marked as old", async () => (await colourOf()) !== fresh);
    await code.page.keyboard.press("Backspace");
  });

  test("what the program prints is in the panel and in the Output view", async () => {
    await timeline.frame.getByRole("tab", { name: /Output/ }).click();
    await timeline.frame.getByText("the guest has left").waitFor();
    await code.runCommand("Threadloom: Show Program Output");
    const output = code.page.locator(".output-view .view-lines, .part.panel .view-lines");
    await output.filter({ hasText: "the guest has left" }).first().waitFor();
    await code.runCommand("View: Toggle Panel Visibility");
  });
});

describe("a run that goes wrong", () => {
  test("a deadlock is told in the panel, in the status bar and in Problems", async () => {
    await code.openFile("deadlock.ts");
    await clickTrace(code);
    const panel = await TimelinePage.of(code, "deadlock.ts");
    await panel.says(/Deadlock/);
    await panel.frame
      .locator(".pill.error", { hasText: /deadlock/i })
      .first()
      .waitFor();
    await statusBar(code, /Deadlock/);
    const entry = await problem(code, /deadlock\.ts:\d+ threadloom: last run TL/);
    assert.match(entry, /alice|bob/);
    const words = await code.until("the words after a line", async () =>
      (await afterTexts(code)).find((text) => text.includes("never got")),
    );
    assert.match(words, /^never got it · held by (bob|alice)$/);
    await code.screenshot("deadlock");
  });

  test("Go to Next Finding leads to its line", async () => {
    await code.openFile("deadlock.ts");
    await code.goTo(1);
    await code.runCommand("Threadloom: Go to Next Finding");
    await code.until("the finding's line", async () => /:(9|14)$/.test(await cursor(code)));
  });

  test("an edit takes the findings of the last run out of Problems", async () => {
    await code.inHost(async (api) => {
      const editor = api.window.activeTextEditor!;
      await editor.edit((edit) => edit.insert(new api.Position(0, 0), "\n"));
    }, null);
    await code.until("Problems to be empty", async () =>
      (await problems(code)).every((one) => !one.includes("threadloom: last run")),
    );
    await code.runCommand("File: Revert File");
  });
});
