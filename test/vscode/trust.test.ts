// A folder that nobody has trusted yet: nothing runs, everything else works.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Code } from "./driver.ts";
import { clickTrace, hoverAt, lens, problems, statusBar } from "./editor.ts";
import { runnersOf } from "./processes.ts";
import { LOCK } from "./programs.ts";

let code: Code;

before(async () => {
  code = await Code.start({ workspace: { "lock.ts": LOCK }, trust: "restricted" });
  await code.openFile("lock.ts");
});
after(() => code?.close());

test("the lens is there, and says that it asks for trust", async () => {
  await lens(code, "Trace (asks for trust)").first().waitFor();
});

test("a click runs nothing and says why, with the way to trust the folder", async () => {
  await lens(code, "Trace").first().click();
  const toast = await code.notification(/TL6001/);
  await code.screenshot("untrusted");
  assert.deepEqual(runnersOf(code.workspace), []);
  const panels = await code.inHost(
    (api) => api.window.tabGroups.all.flatMap(({ tabs }) => tabs.length),
    null,
  );
  assert.deepEqual(panels, [1]);
  await toast.getByRole("button", { name: "Manage Trust" }).click();
  await code.page
    .getByText("You are in Restricted Mode")
    .or(code.page.getByText("In a Restricted Window"))
    .first()
    .waitFor();
});

test("a tool that runs code is refused to a language model without asking; one that explains answers", async () => {
  const call = (name: string, input: object) =>
    code.inHost(
      async (api, { name, input }) => {
        const options = { input, toolInvocationToken: undefined };
        return (await api.lm.invokeTool(name, options)).content.length;
      },
      { name, input },
    );
  await assert.rejects(call("threadloom_trace", { path: "lock.ts" }), /TL6001/);
  assert.deepEqual(runnersOf(code.workspace), []);
  assert.equal(await call("threadloom_explain", { about: "annotations" }), 1);
});

test("annotations are coloured, and no line is red: VS Code's own TypeScript waits for trust, too", async () => {
  await code.openFile("lock.ts");
  const head = code.page.locator(".view-line", { hasText: "@threadloom" }).first();
  const colourOf = (text: string) =>
    head
      .locator("span span", { hasText: text })
      .first()
      .evaluate((element) => getComputedStyle(element).color);
  assert.notEqual(await colourOf("@threadloom"), await colourOf("//"));
  assert.deepEqual(await problems(code), []);
});

test("hovers explain imports, members and annotations, out of our own declarations", async () => {
  await code.openFile("lock.ts");
  assert.match(await hoverAt(code, 6, 17), /function spawn<T>.*Starts a new thread/s);
  assert.match(await hoverAt(code, 8, 24), /Mutex\.lock\(\).*Blocks until the lock is free/s);
  assert.match(await hoverAt(code, 11, 7), /Receiver\.recv\(\).*Blocks until there is a message/s);
  assert.match(await hoverAt(code, 1, 6), /marks it as a program/);
  await code.goTo(8, 24);
  await code.runCommand("Show or Focus Hover");
  await code.page.locator(".monaco-hover", { hasText: "Blocks until the lock" }).first().waitFor();
  await code.screenshot("untrusted-hover");
});

test("once the folder is trusted, the same lens traces", async () => {
  await code.runCommand("Workspaces: Manage Workspace Trust");
  await code.page.getByRole("button", { name: "Trust", exact: true }).first().click();
  await code.until("trust", () => code.inHost((api) => api.workspace.isTrusted, null));
  await code.openFile("lock.ts");
  await clickTrace(code);
  await statusBar(code, /Ended · 2 threads/);
});

test("where TypeScript is at work it explains the same names, and nobody says them twice", async () => {
  // The tests' server starts it only in a window that is trusted from the beginning.
  await code.reload();
  await code.openFile("lock.ts");
  const hover = await code.until("TypeScript's own hover", async () => {
    const words = await hoverAt(code, 6, 17);
    return /^(?!.*loading).*import spawn/s.test(words) ? words : undefined;
  });
  assert.equal(hover.split("Starts a new thread").length, 2, hover);
});
