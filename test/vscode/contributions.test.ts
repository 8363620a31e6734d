// What the extension adds to VS Code besides tracing: examples, walkthrough, keys, types, explanations.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { COMMANDS, commandId, type CommandFacts } from "../../src/extension/contributions.ts";
import { Code } from "./driver.ts";
import { afterTexts, clickTrace, hoverAt, lens, statusBar } from "./editor.ts";
import { LOCK } from "./programs.ts";
import { TimelinePage } from "./timeline.ts";

let code: Code;

before(async () => {
  code = await Code.start({
    workspace: { "lock.ts": LOCK, "plain.ts": "export const a = 1;\n", "tsconfig.json": "{}\n" },
    size: { width: 1400, height: 860 },
  });
});
after(() => code?.close());

test("a first trace takes three clicks of the walkthrough", async () => {
  await code.inHost(
    (api) =>
      api.commands.executeCommand(
        "workbench.action.openWalkthrough",
        "threadloom.threadloom#firstTrace",
      ),
    null,
  );
  await code.page.getByText("See your threads").first().waitFor();
  await code.page.waitForTimeout(1500);
  await code.screenshot("walkthrough");
  await code.page.getByRole("button", { name: "Open the Example" }).click();
  await code.page.locator(".tab.active", { hasText: "Untitled-1" }).waitFor();
  await clickTrace(code);
  const timeline = await TimelinePage.of(code, "Untitled-1");
  await timeline.says(/Ended.*4 threads/);
  await code.screenshot("walkthrough-traced");
  // Whether one keeps another from the lock is chance; that main waits for them is not.
  const { x, y } = await timeline.point("main", /waits for/);
  await code.page.mouse.click(x, y);
  await timeline.frame.locator(".chain li").first().waitFor();
});

test("commands are offered where they make sense, and nowhere else", async () => {
  await code.openFile("plain.ts");
  assert.equal(await code.offersCommand("Threadloom: Trace"), false);
  assert.equal(await code.offersCommand("Threadloom: Go to Next Finding"), false);
  assert.equal(await code.offersCommand("Threadloom: Open an Example…"), true);
  await code.openFile("lock.ts");
  assert.equal(await code.offersCommand("Threadloom: Trace"), true);
  assert.equal(await code.offersCommand("Threadloom: Cancel Trace"), false);
});

test("a command that is called all the same says what is missing, and does no harm", async () => {
  await code.openFile("plain.ts");
  const run = (command: string, argument?: unknown) =>
    code.inHost((api, { command, argument }) => api.commands.executeCommand(command, argument), {
      command,
      argument,
    });
  await run("threadloom.cancelTrace", 42);
  await run("threadloom.openTimeline");
  await code.notified(/TL6005/);
  await run("threadloom.trace", { not: "a document" });
  await code.notified(/TL6002: plain\.ts is not a Threadloom program/);
  await run("threadloom.trace", 'command:"');
  await code.notified(/TL6006/);
});

test("our keys are nobody else's where they work", async () => {
  const text = await code.inHost(async (api) => {
    await api.commands.executeCommand("workbench.action.openDefaultKeybindingsFile");
    return api.window.activeTextEditor!.document.getText();
  }, null);
  const bindings = JSON.parse(text.replace(/^\s*\/\/.*$/gm, "")) as {
    key: string;
    command: string;
    when?: string;
  }[];
  for (const [name, facts] of Object.entries(COMMANDS) as [keyof typeof COMMANDS, CommandFacts][]) {
    if (!facts.key) continue;
    const same = bindings.filter(({ key }) => key === facts.key);
    assert.ok(
      same.some(({ command }) => command === commandId(name)),
      `${facts.key} is not bound`,
    );
    const others = same.filter(({ command, when }) => {
      // Shift+F5 stops a debugger, and ours is off while one is at work.
      const debugger_ = /inDebugMode|debugState|debugSession/.test(when ?? "");
      return command !== commandId(name) && !debugger_;
    });
    assert.deepEqual(others, [], facts.key);
  }
  await code.page.keyboard.press("Control+F4");
});

test("the key traces, too", async () => {
  await code.openFile("lock.ts");
  await lens(code, "Trace").first().waitFor();
  await code.page.locator('.monaco-editor[data-uri$="lock.ts"] .view-line').first().click();
  await code.page.keyboard.press("Shift+Alt+T");
  await statusBar(code, /Ended · 2 threads/);
});

test("lenses, words after lines and problems can be switched off, at once", async () => {
  await code.openFile("lock.ts");
  await code.until("the words after the line", async () => (await afterTexts(code)).length > 0);
  await code.setSettings({ "threadloom.decorations.enabled": false });
  await code.until("the words to go", async () => (await afterTexts(code)).length === 0);
  await code.setSettings({ "threadloom.codeLens.enabled": false });
  await code.until("the lens to go", async () => (await lens(code, "Trace").count()) === 0);
  await code.setSettings({
    "threadloom.decorations.enabled": null,
    "threadloom.codeLens.enabled": null,
  });
  await lens(code, "Trace").first().waitFor();
  await code.until("the words after the line", async () => (await afterTexts(code)).length > 0);
});

test("the words after a line have the rest in their hover, with a way to the timeline", async () => {
  await code.goTo(8, 40);
  await code.runCommand("Show or Focus Hover");
  const hover = code.page.locator(".monaco-hover", { hasText: "In the last run this line waited" });
  await hover.first().waitFor();
  assert.match(await hover.first().innerText(), /main\sheld\sit\sfor/);
  await code.screenshot("hover-in-source");
  await hover.getByText("Open the timeline").click();
  await TimelinePage.of(code, "lock.ts");
});

test("`threadloom:std` resolves without anything in the folder, and its hovers explain", async () => {
  await code.openFile("lock.ts");
  const hover = await hoverAt(code, 6, 17);
  assert.match(hover, /Starts a new thread/);
  assert.match(hover, /spawn/);
});

test("the entry for plain tsc is added to tsconfig.json, for the person to save", async () => {
  mkdirSync(path.join(code.workspace, "node_modules/@types/node"), { recursive: true });
  writeFileSync(
    path.join(code.workspace, "tsconfig.json"),
    '{\n  // mine\n  "compilerOptions": {\n    "strict": true\n  }\n}\n',
  );
  await code.openFile("tsconfig.json");
  await code.runCommand("Threadloom: Add threadloom:std to tsconfig.json");
  await code.notified(/Save the file/);
  await code.runCommand("File: Save");
  await code.until("the file to be saved", () =>
    readFileSync(path.join(code.workspace, "tsconfig.json"), "utf8").includes(
      '  // mine\n  "compilerOptions": {\n    "types": ["node", "threadloom"],\n    "strict": true\n',
    ),
  );
});

test("a code in Problems leads to its explanation", async () => {
  const text = await code.inHost(async (api) => {
    const uri = api.Uri.parse("threadloom-explain:/TL6001.md");
    const document = await api.workspace.openTextDocument(uri);
    return document.getText();
  }, null);
  assert.match(text, /^# TL6001/);
  assert.match(text, /trust/);
});
