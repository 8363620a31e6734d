// What VS Code's language models find: the tools for coding agents, over the editor's own compiler and processes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { editorName, TOOL_NAMES, type ToolName } from "../../src/agents/names.ts";
import { ENDLESS, LOST } from "../cli/mcp/programs.ts";
import { Code } from "./driver.ts";
import { runnersOf } from "./processes.ts";

let code: Code;
before(async () => {
  code = await Code.start({
    workspace: {
      "lost.ts": LOST,
      "fine.ts": "// @threadloom\nconsole.log(1);\n",
      "endless.ts": ENDLESS,
    },
  });
});
after(() => code?.close());

/** What the tool answers in words; what it throws is thrown. */
const call = (name: ToolName, input: object) =>
  code.inHost(
    async (api, { name, input }) => {
      const options = { input, toolInvocationToken: undefined };
      const { content } = await api.lm.invokeTool(name, options);
      return content.map((part) => (part as { value: string }).value).join("\n");
    },
    { name: editorName(name), input },
  );

/** VS Code's question whether code of the person's shall run. */
const question = () =>
  code.page.locator(".monaco-dialog-box", { hasText: "Run code with Threadloom?" });

async function confirmed(name: ToolName, input: object, answer = "Yes"): Promise<string> {
  // Its failure is the caller's; until then nobody waits for it.
  const answered = call(name, input).then(
    (text) => () => text,
    (error: Error) => () => {
      throw error;
    },
  );
  await question().getByRole("button", { name: answer }).click();
  return (await answered)();
}

test("all tools are offered, with words for a model and what each takes", async () => {
  const names = await code.inHost((api) => api.lm.tools.map(({ name }) => name), null);
  for (const name of TOOL_NAMES) assert.ok(names.includes(editorName(name)), names.join());
  const schema = await code.inHost(
    (api, wanted) => api.lm.tools.find(({ name }) => name === wanted)?.inputSchema,
    editorName("check"),
  );
  assert.deepEqual((schema as { required: string[] }).required, ["path"]);
});

test("a program is checked, and its failing schedule replayed, as it is in the editor", async () => {
  const checked = await confirmed("check", { path: "lost.ts" });
  assert.match(checked, /^lost\.ts: assertion, where ok was expected/);
  const schedule = /^threadloom schedule 1\n[^`]*/m.exec(checked)![0];
  const replayed = await confirmed("replay", { path: "lost.ts", schedule });
  assert.match(replayed, /^lost\.ts: assertion/);
  // An edit that is not saved counts.
  await code.inHost(async (api) => {
    const [folder] = api.workspace.workspaceFolders!;
    const document = await api.workspace.openTextDocument(api.Uri.joinPath(folder.uri, "lost.ts"));
    const edit = new api.WorkspaceEdit();
    const whole = new api.Range(0, 0, document.lineCount, 0);
    const text = document.getText().replace("=== 2", ">= 1");
    edit.replace(document.uri, whole, text);
    await api.workspace.applyEdit(edit);
  }, null);
  assert.match(await confirmed("check", { path: "lost.ts" }), /^lost\.ts: ok/);
});

test("a session is begun, stepped and ended, and leaves no process", async () => {
  const begun = await confirmed("step", { action: "begin", path: "fine.ts" });
  const [, session] = /^Session (s\d+) on fine\.ts/.exec(begun)!;
  const stepped = await call("step", { action: "step", session });
  assert.match(stepped, /after 1 operation\./);
  const before = runnersOf(code.workspace).length;
  await call("step", { action: "end", session });
  await code.until("its process has gone", () => runnersOf(code.workspace).length < before);
});

test("what cannot be done is told to the model with code and remedy", async () => {
  await assert.rejects(confirmed("check", { path: "nowhere.ts" }), /TL5007/);
  await assert.rejects(call("step", { action: "undo", session: "s99" }), /TL5210/);
  assert.match(await call("explain", { about: "TL2153" }), /^# TL2153/);
});

test("nothing runs for whom the person refuses", async () => {
  const before = runnersOf(code.workspace).length;
  await assert.rejects(confirmed("trace", { path: "fine.ts" }, "Cancel"), /Cancel/);
  assert.equal(runnersOf(code.workspace).length, before);
});

test("a call that is cancelled is over at once, and the search with it", async () => {
  await code.inHost((api, name) => {
    const source = new api.CancellationTokenSource();
    const input = { path: "endless.ts", max_seconds: 600 };
    const calling = api.lm.invokeTool(
      name,
      { input, toolInvocationToken: undefined },
      source.token,
    );
    const state = globalThis as unknown as { cancel?: () => void; outcome?: string };
    state.cancel = () => source.cancel();
    calling.then(
      () => (state.outcome = "answered"),
      () => (state.outcome = "given up"),
    );
  }, editorName("check"));
  await question().getByRole("button", { name: "Yes" }).click();
  const before = new Map(runnersOf(code.workspace).map(({ pid, ticks }) => [pid, ticks]));
  const explorers = () =>
    runnersOf(code.workspace).filter(({ pid, ticks }) => ticks - (before.get(pid) ?? 0) > 100);
  await code.until("it explores", () => explorers().length > 0);
  const [{ pid }] = explorers();
  await code.inHost(() => (globalThis as unknown as { cancel: () => void }).cancel(), null);
  const outcome = () =>
    code.inHost(() => (globalThis as unknown as { outcome?: string }).outcome, null);
  await code.until("it is over", outcome);
  assert.equal(await outcome(), "given up");
  await code.until("the explorer has gone", () =>
    runnersOf(code.workspace).every((runner) => runner.pid !== pid),
  );
});

test("the server is offered to agents that look for servers, once it is wanted", async () => {
  const offered = async () => {
    // Answered first: the command ends when the list is closed.
    const list = "workbench.mcp.listServer";
    await code.inHost((api, list) => void api.commands.executeCommand(list), list);
    const rows = code.page.locator(".quick-input-widget .monaco-list-row");
    await rows.first().waitFor();
    const texts = await rows.allInnerTexts();
    await code.page.keyboard.press("Escape");
    return texts.some((text) => text.startsWith("Threadloom"));
  };
  assert.equal(await offered(), false);
  await code.inHost(async (api) => {
    await api.workspace.getConfiguration("threadloom").update("agents.offerServer", true, true);
  }, null);
  await code.until("it is offered", offered);
});
