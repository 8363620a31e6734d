// Inlay hints that say what crosses to another thread, while one types.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Code } from "./driver.ts";

const PROGRAM = `// @threadloom
import { channel, Mutex, spawn } from "threadloom:std";
const total = new Mutex(0);
const [tx, rx] = channel<string>();
const names = ["ada", "ben"];
spawn(() => {
  using guard = total.lock();
  guard.value += names.length;
  for (const name of names) tx.send(name);
});
for (const name of rx) console.log(name);
`;

let code: Code;

before(async () => {
  code = await Code.start({ workspace: { "crossing.ts": PROGRAM, "plain.ts": "export {};\n" } });
});
after(() => code?.close());

/** All hints of ours in a file, as VS Code asks for them. */
function hints(file: string): Promise<readonly string[]> {
  return code.inHost(async (api, name) => {
    const [found] = await api.workspace.findFiles(name);
    const document = await api.workspace.openTextDocument(found);
    const whole = new api.Range(0, 0, document.lineCount, 0);
    const all = await api.commands.executeCommand<{ label: unknown; position: { line: number } }[]>(
      "vscode.executeInlayHintProvider",
      document.uri,
      whole,
    );
    return all.map(({ label, position }) => {
      const said = typeof label === "string" ? label : (label as { value: string }[])[0].value;
      return `${position.line + 1} ${said}`;
    });
  }, file);
}

const saying = (wanted: readonly string[]): Promise<unknown> =>
  code.until(`the hints ${wanted.join("; ")}`, async () => {
    const said = await hints("crossing.ts");
    return said.join() === wanted.join() ? said : undefined;
  });

test("a spawn says what moves, is copied and is shared, and follows what one types", async () => {
  await code.openFile("crossing.ts");
  await saying(["6 moves tx · copies names · shares total:"]);
  const shown = code.page.locator(".view-line", { hasText: /moves\stx/ });
  await shown.first().waitFor();
  await code.screenshot("crossing-hints");
  await code.inHost(async (api) => {
    const edit = new api.WorkspaceEdit();
    const { document } = api.window.activeTextEditor!;
    const line = document.lineAt(7);
    edit.delete(document.uri, line.rangeIncludingLineBreak);
    edit.replace(document.uri, document.lineAt(8).range, "  tx.send(String(guard.value));");
    await api.workspace.applyEdit(edit);
  }, null);
  await saying(["6 moves tx · shares total:"]);
});

test("they can be switched off, and are not in files that are no programs", async () => {
  await code.setSettings({ "threadloom.inlayHints.enabled": false });
  await saying([]);
  await code.setSettings({ "threadloom.inlayHints.enabled": null });
  await saying(["6 moves tx · shares total:"]);
  assert.deepEqual(await hints("plain.ts"), []);
});
