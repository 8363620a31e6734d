// VS Code without Node beside it, as on vscode.dev: the extension begins by its `browser` entry, in a worker of the browser.
import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import type { Frame } from "playwright-core";
import { exampleFile } from "../examples/programs.ts";
import { Code } from "./driver.ts";
import { afterTexts, cursor, hoverAt, lens, problem } from "./editor.ts";
import { runnersOf } from "./processes.ts";
import { DEADLOCK, ENDLESS } from "./programs.ts";
import { TimelinePage } from "./timeline.ts";

const root = path.resolve(import.meta.dirname, "../..");
const FILES = {
  "main.ts": `// @threadloom
import { Mutex, spawn } from "threadloom:std";
import { work } from "./parts/work.ts";
const door = new Mutex(0);
const guest = spawn(() => { using held = door.lock(); work(held.value); }, { name: "guest" });
guest.join();
console.log("done", [1, { a: new Map([[1, 2]]) }]);
`,
  "work.ts": "export function work(n: number) { console.log(`worked on ${n}`); }\n",
  "packages.ts": `// @threadloom\nimport { readFileSync } from "node:fs";\nconsole.log(readFileSync);\n`,
  "deadlock.ts": DEADLOCK,
  "endless.ts": ENDLESS,
};

/** The first compilation loads TypeScript, on a machine that may have other things to do. */
const PATIENCE_MS = 90_000;

let code: Code;
before(async () => {
  const { "work.ts": work, ...files } = FILES;
  const examples = { "lost-update.ts": readFileSync(exampleFile("lost-update"), "utf8") };
  const workspace = { ...files, ...examples, "parts/work.ts": work };
  code = await Code.start({
    workspace,
    extension: "web",
    size: { width: 1500, height: 900 },
  });
  copyFileSync(`${root}/test/trace/golden/v1.tltrace`, `${code.workspace}/recorded.tltrace`);
});
after(() => code?.close());

async function click(file: string, what: RegExp): Promise<void> {
  await code.openFile(file);
  const path = JSON.stringify(`/${file}`);
  const editor = code.page.locator(`.monaco-editor[data-uri$=${path}]`);
  await editor.locator(".codelens-decoration a", { hasText: what }).first().click();
}

async function stepperOf(title: string): Promise<Frame> {
  return code.until(
    `a stepper of ${title}`,
    async () => {
      for (const frame of code.page.frames()) {
        const head = frame.locator(".stephead h1");
        const named = await head.textContent({ timeout: 200 }).catch(() => undefined);
        if (named === title && (await frame.locator(".story").isVisible())) return frame;
      }
      return undefined;
    },
    PATIENCE_MS,
  );
}

async function says(frame: Frame, pattern: RegExp): Promise<void> {
  let said = "";
  const saying = code.until(
    `the stepper to say ${pattern}`,
    async () => {
      said = await frame.locator(".story").innerText();
      return pattern.test(said);
    },
    PATIENCE_MS,
  );
  await saying.catch((cause: unknown) => {
    throw new Error(`the stepper says "${said}", not ${pattern}`, { cause });
  });
}

const step = (frame: Frame, thread: string) =>
  frame.locator(".card", { hasText: thread }).locator(".step");

/** While one of two debug sessions goes on, VS Code shows the source of the other, over whatever is there. */
async function endDebugging(): Promise<void> {
  await code.inHost((api) => api.debug.stopDebugging(), null);
  await code.page.locator(".debug-toolbar").waitFor({ state: "hidden" });
}

describe("tracing on the model engine", () => {
  test("a program of several files runs, is drawn, and says that it is modelled", async () => {
    await click("main.ts", /^\s*Trace/);
    const timeline = await TimelinePage.of(code, "main.ts", PATIENCE_MS);
    await timeline.says(/Ended.*2 threads.*modelled/, PATIENCE_MS);
    const lanes = await timeline.lanes();
    for (const name of ["main", "guest", "door"]) assert.ok(lanes.includes(name), lanes.join());
    await code.screenshot("web-trace");
  });

  test("the lens does not promise real threads", async () => {
    await code.openFile("main.ts");
    const titles = await lens(code, /Trace/).first().getAttribute("title");
    assert.match(titles ?? "", /model engine/);
  });

  test("what takes a process is not offered", async () => {
    await code.openFile("main.ts");
    await lens(code, /^\s*Step/)
      .first()
      .waitFor();
    assert.equal(await lens(code, /^\s*Explore/).count(), 0);
    assert.ok(!(await code.offersCommand("Threadloom: Explore")));
  });

  test("findings are in Problems", async () => {
    await click("deadlock.ts", /^\s*Trace/);
    await problem(code, /deadlock\.ts:\d+ threadloom: last run TL/);
  });

  test("what cannot be loaded is said at its import", async () => {
    await click("packages.ts", /^\s*Trace/);
    await problem(code, /^packages\.ts:2 threadloom TL1011 .*node:fs/);
  });

  test("a program that never ends is cancelled, and what it did stays", async () => {
    await click("endless.ts", /^\s*Trace/);
    const cancel = lens(code, /Cancel/).first();
    await cancel.waitFor({ timeout: PATIENCE_MS });
    await code.page.waitForTimeout(1000);
    await cancel.click();
    const timeline = await TimelinePage.of(code, "endless.ts", PATIENCE_MS);
    await timeline.says(/Cancelled/);
  });

  test("hovers explain the standard library", async () => {
    await code.openFile("main.ts");
    assert.match(await hoverAt(code, 2, 19), /Starts a new thread/);
  });
});

describe("stepping", () => {
  test("a lost update is made by hand, taken back, and run to its end", async () => {
    await click("lost-update.ts", /^\s*Step/);
    const frame = await stepperOf("lost-update.ts");
    await says(frame, /Only main can go on/);
    await code.until("alice and bob to stand before their reads", async () => {
      const [alice, bob] = [step(frame, "alice"), step(frame, "bob")];
      const ready = await Promise.all([alice, bob].map(async (one) => (await one.count()) > 0));
      if (ready.every(Boolean)) return true;
      await step(frame, "main").click({ timeout: 500 });
      await code.page.waitForTimeout(200);
      return undefined;
    });
    const words = async (text: string) =>
      code.until(`${text} beside its line`, async () => (await afterTexts(code)).includes(text));
    const until = async (thread: string, next: RegExp) =>
      code.until(`${thread} to stand before ${next}`, async () => {
        if (next.test(await step(frame, thread).innerText())) return true;
        await step(frame, thread).click({ timeout: 500 });
        await code.page.waitForTimeout(200);
        return undefined;
      });
    await until("alice", /write counter ← 1/);
    await until("bob", /write counter ← 1/);
    await words("bob: write counter ← 1");
    await code.screenshot("web-step");
    const counts = frame.locator(".counts");
    const before = await counts.innerText();
    await frame.getByRole("button", { name: /^Back/ }).click();
    await code.until("to be a step back", async () => (await counts.innerText()) !== before);
    await words("bob: read counter → 0");
    await frame.getByRole("button", { name: /^Redo/ }).click();
    await code.until("to be there again", async () => (await counts.innerText()) === before);
    await frame.getByRole("button", { name: /^Continue/ }).click();
    await says(frame, /over|counter === 20000/);
    await code.screenshot("web-step-end");
  });

  test("an endless loop is paused, and goes back to where it began", async () => {
    await endDebugging();
    await click("endless.ts", /^\s*Step/);
    await says(await stepperOf("endless.ts"), /Only main can go on/);
    const press = (name: RegExp, next: RegExp) =>
      code.until(
        `${name} to be pressed, and ${next} to be there`,
        async () => {
          const frame = await stepperOf("endless.ts");
          const pressed = frame.getByRole("button", { name });
          if ((await pressed.count()) > 0) await pressed.click({ timeout: 2000 });
          await frame.getByRole("button", { name: next }).waitFor({ timeout: 5000 });
          return true;
        },
        PATIENCE_MS,
      );
    await press(/^Continue/, /^Pause/);
    await says(await stepperOf("endless.ts"), /It goes on: \d+ steps/);
    await press(/^Pause/, /^Continue/);
    const frame = await stepperOf("endless.ts");
    await frame.getByRole("button", { name: /To the beginning/ }).click();
    await says(frame, /Only main can go on/);
  });
});

describe("VS Code's own debugger", () => {
  test("F5 stops at a breakpoint, and steps back from it", async () => {
    await endDebugging();
    await code.openFile("deadlock.ts");
    await code.goTo(12);
    // The host knows of it before the editor does.
    await code.page.locator("#status\\.editor\\.selection", { hasText: "Ln 12" }).waitFor();
    await code.page.keyboard.press("F9");
    await code.page.locator(".codicon-debug-breakpoint").first().waitFor();
    await code.page.keyboard.press("F5");
    await code.choose("Threadloom"); // there are other debuggers for TypeScript
    const standsAt = (line: number) =>
      code.until(
        `to stand at deadlock.ts:${line}`,
        async () => {
          const marks = await code.page.locator(".debug-top-stack-frame-line").count();
          return marks > 0 && (await cursor(code)) === `deadlock.ts:${line}`;
        },
        PATIENCE_MS,
      );
    await standsAt(3);
    await code.page.keyboard.press("F5");
    await standsAt(12);
    await code.screenshot("web-debug");
    const back = code.page.locator(".debug-toolbar").getByRole("button", { name: /Step Back/ });
    await back.click();
    await code.until("to stand before it", async () => (await cursor(code)) !== "deadlock.ts:12");
    await code.page.keyboard.press("Shift+F5");
    await code.page.locator(".debug-toolbar").waitFor({ state: "hidden" });
  });
});

describe("recordings", () => {
  test("a .tltrace opens in the viewer", async () => {
    await code.openFile("recorded.tltrace");
    const timeline = await TimelinePage.of(code, "recorded.tltrace", PATIENCE_MS);
    await timeline.says(/threads/, PATIENCE_MS);
    assert.ok((await timeline.lanes()).length > 1);
    await code.screenshot("web-viewer");
  });

  test("no process was started for any of this", () => {
    assert.deepEqual(runnersOf(code.workspace), []);
  });
});
