// Programs in every kind of document: not saved, never saved, oddly named, wrong, gone.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import type * as vscode from "vscode";
import { Code } from "./driver.ts";
import { clickTrace, cursor, lens, problem, problems, statusBar } from "./editor.ts";
import { ANNOTATED, LOCK } from "./programs.ts";
import { TimelinePage } from "./timeline.ts";

const ODD = "Übung 1 (Kopie)/größe & maß.ts";

let code: Code;

before(async () => {
  code = await Code.start({
    workspace: {
      [ODD]: LOCK,
      "windows.ts": `\uFEFF${LOCK.replaceAll("\n", "\r\n")}`,
      "broken.ts": "// @threadloom\nlet a = ;\nlet b = );\n",
      "unsaved.ts": ANNOTATED,
      "near-miss.ts": `${ANNOTATED}/** @thraed */ function carol() { counter++; }\n`,
      "main.ts": `// @threadloom\nimport { spawn } from "threadloom:std";\nimport { work } from "./part.ts";\nspawn(() => work(1)).join();\n`,
      "part.ts": "export function work(n: number) { console.log(`on disk ${n}`); }\n",
      "gone.ts": ANNOTATED,
    },
    size: { width: 1400, height: 860 },
  });
});
after(() => code?.close());

async function trace(name: string, head: RegExp): Promise<TimelinePage> {
  await code.openFile(name);
  await clickTrace(code);
  const timeline = await TimelinePage.of(code, path.basename(name));
  await timeline.says(head);
  return timeline;
}

/** Opens the place of the wait of `guest`, and tells where the cursor has gone. */
async function openWait(timeline: TimelinePage): Promise<string> {
  await code.goTo(1);
  const { x, y } = await timeline.point("guest", /blocked/);
  await code.page.mouse.dblclick(x, y);
  return code.until("the cursor to move", async () => {
    const at = await cursor(code);
    return at.endsWith(":1") ? undefined : at;
  });
}

describe("documents", () => {
  test("a path with spaces and letters of other languages is traced, and led back to", async () => {
    const timeline = await trace(ODD, /Ended.*2 threads/);
    assert.equal(await openWait(timeline), "größe & maß.ts:8");
  });

  test("a byte order mark and Windows' line ends change no line number", async () => {
    const timeline = await trace("windows.ts", /Ended.*2 threads/);
    assert.equal(await openWait(timeline), "windows.ts:8");
  });

  test("what was typed and not saved is what runs", async () => {
    await code.openFile("unsaved.ts");
    await code.inHost(async (api) => {
      const { activeTextEditor: editor } = api.window;
      const end = editor!.document.lineAt(editor!.document.lineCount - 1).range.end;
      await editor!.edit((edit) => edit.insert(end, "/** @thread */ function typed() {}\n"));
    }, null);
    const timeline = await trace("unsaved.ts", /Ended.*4 threads/);
    assert.ok((await timeline.lanes()).includes("typed"));
  });

  test("an unsaved file that the program imports is taken as it is typed, too", async () => {
    await code.openFile("part.ts");
    await code.inHost(async (api) => {
      const { activeTextEditor: editor } = api.window;
      const from = editor!.document.getText().indexOf("on disk");
      const at = editor!.document.positionAt(from);
      await editor!.edit((edit) => edit.replace(new api.Range(at, at.translate(0, 7)), "as typed"));
    }, null);
    const timeline = await trace("main.ts", /Ended.*2 threads/);
    await timeline.frame.getByRole("tab", { name: /Output/ }).click();
    await timeline.frame.getByText("as typed 1").waitFor();
  });

  test("a document that was never saved is traced, and led back to", async () => {
    await code.inHost(async (api, content) => {
      const document = await api.workspace.openTextDocument({ language: "typescript", content });
      await api.window.showTextDocument(document, api.ViewColumn.One);
    }, LOCK);
    await clickTrace(code);
    const timeline = await TimelinePage.of(code, "Untitled-1");
    await timeline.says(/Ended.*2 threads/);
    assert.equal(await openWait(timeline), "Untitled-1:8");
    await code.screenshot("untitled");
  });

  test("a file that was deleted from the disk while it is open is traced as it is shown", async () => {
    await code.openFile("gone.ts");
    await lens(code, "Trace").first().waitFor();
    await code.inHost((api) => api.commands.executeCommand("workbench.action.keepEditor"), null);
    rmSync(path.join(code.workspace, "gone.ts"));
    await code.page.waitForTimeout(500);
    await code.inHost((api) => api.commands.executeCommand("threadloom.trace"), null);
    const timeline = await TimelinePage.of(code, "gone.ts");
    await timeline.says(/Ended.*3 threads/);
  });
});

describe("programs with mistakes", () => {
  test("every mistake is listed at once, in Problems and in the panel, and nothing runs", async () => {
    await code.openFile("broken.ts");
    await clickTrace(code);
    await problem(code, /^broken\.ts:2 /);
    await problem(code, /^broken\.ts:3 /);
    await statusBar(code, /Not run/);
    const timeline = await TimelinePage.of(code, "broken.ts");
    await timeline.frame.locator(".problems").waitFor();
    await code.screenshot("problems");
    await timeline.frame.locator(".problems button", { hasText: ":3" }).first().click();
    await code.until("the mistake's line", async () => (await cursor(code)) === "broken.ts:3");
  });

  test("once it is mended, Trace works and the problems are gone", async () => {
    await code.openFile("broken.ts");
    await code.inHost(async (api, text) => {
      const editor = api.window.activeTextEditor!;
      const whole = new api.Range(0, 0, editor.document.lineCount, 0);
      await editor.edit((edit) => edit.replace(whole, text));
    }, ANNOTATED);
    await trace("broken.ts", /Ended.*3 threads/);
    assert.deepEqual(
      (await problems(code)).filter((one) => /^broken\.ts:\d+ threadloom TL/.test(one)),
      [],
    );
  });

  test("a near miss of an annotation is underlined, with a quick fix that mends it", async () => {
    await code.openFile("near-miss.ts");
    await clickTrace(code);
    await problem(code, /^near-miss\.ts:5 threadloom TL\d+ .*@thraed/);
    await code.inHost(async (api) => {
      const { document } = api.window.activeTextEditor!;
      const actions = await api.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        document.uri,
        new api.Range(4, 0, 4, 20),
      );
      const fix = actions.find(({ title }) => title === "Change to @thread");
      if (!fix) throw new Error(`offered: ${actions.map(({ title }) => title).join(", ")}`);
      await api.workspace.applyEdit(fix.edit!);
    }, null);
    await code.page.locator(".view-line", { hasText: "@thread */ function carol" }).waitFor();
  });
});
