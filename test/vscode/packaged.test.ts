// The main job with the package that people install, in a folder that has nothing but a program.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Code } from "./driver.ts";
import { clickTrace, cursor, hoverAt, problems, statusBar } from "./editor.ts";
import { LOCK } from "./programs.ts";
import { TimelinePage } from "./timeline.ts";

let code: Code;

before(async () => {
  code = await Code.start({ workspace: { "lock.ts": LOCK }, extension: "packaged" });
});
after(() => code?.close());

test("the package traces a program, and shows it", async () => {
  await code.openFile("lock.ts");
  await clickTrace(code);
  const timeline = await TimelinePage.of(code, "lock.ts");
  await timeline.says(/Ended.*2 threads/);
  assert.deepEqual((await timeline.lanes()).slice(0, 3), ["main", "guest", "door"]);
  await statusBar(code, /Ended · 2 threads/);
  const { x, y } = await timeline.point("guest", /blocked/);
  await code.page.mouse.dblclick(x, y);
  await code.until("the line that waited", async () => (await cursor(code)) === "lock.ts:8");
  await code.screenshot("packaged");
});

test("`threadloom:std` is known, and no line is red", async () => {
  assert.match(await hoverAt(code, 6, 17), /Starts a new thread/);
  assert.deepEqual(await problems(code), []);
});

test("what VS Code loads at activation is small, and has no TypeScript in it", async () => {
  const { size, compiler } = await code.inHost(async (api) => {
    const { extensionUri } = api.extensions.getExtension("threadloom.threadloom")!;
    const bytes = await api.workspace.fs.readFile(
      api.Uri.joinPath(extensionUri, "dist/extension.cjs"),
    );
    const text = new TextDecoder().decode(bytes);
    return { size: bytes.length, compiler: text.includes("createLanguageServiceSourceFile") };
  }, null);
  assert.equal(compiler, false);
  assert.ok(size < 300_000, `${size} bytes`);
});
