// VS Code starts with Threadloom in it, as built and as packaged, and opens a program.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { Code } from "./driver.ts";

const PROGRAM = `// @threadloom
/** @shared */ let counter = 0;
/** @thread */ function alice() { counter++; }
`;

for (const extension of ["linked", "packaged"] as const) {
  describe(`VS Code with the ${extension} extension`, () => {
    let code: Code;
    before(async () => {
      code = await Code.start({ workspace: { "counter.ts": PROGRAM }, extension });
    });
    after(() => code?.close());

    test("opens a program", async () => {
      await code.openFile("counter.ts");
      const text = await code.page.locator(".monaco-editor .view-lines").innerText();
      assert.match(text.replaceAll("\u00a0", " "), /@threadloom/);
      await code.goTo(2, 5);
      await code.page.locator(".statusbar", { hasText: "Ln 2, Col 5" }).waitFor();
      assert.equal(existsSync(await code.screenshot(`smoke-${extension}`)), true);
    });

    test("takes commands, themes and a reload", async () => {
      await code.runCommand("View: Toggle Word Wrap");
      assert.equal(await code.offersCommand("View: There Is No Such Command"), false);
      await code.setTheme("high contrast light");
      await code.reload();
      await code.page.locator(".tab", { hasText: "counter.ts" }).waitFor();
      const theme = await code.inHost((vscode) => vscode.window.activeColorTheme.kind, null);
      assert.equal(theme, 4, "the high contrast light theme");
    });

    test("runs a suite in the extension host", () => code.runSuite("test/vscode/host/smoke.ts"));
  });
}

test("an untrusted folder stays untrusted, asked for or not", async () => {
  for (const trust of ["restricted", "prompt"] as const) {
    await using code = await Code.start({ workspace: { "a.ts": "" }, extension: "none", trust });
    const dialog = code.page.locator(".monaco-dialog-box", { hasText: "trust the authors" });
    if (trust === "prompt") await dialog.waitFor();
    else assert.equal(await dialog.count(), 0);
    assert.equal(await code.inHost((vscode) => vscode.workspace.isTrusted, null), false);
  }
});

test("closing VS Code leaves nothing behind", async () => {
  const code = await Code.start({ workspace: { "a.ts": "" }, extension: "none" });
  const { workspace } = code;
  assert.equal(readFileSync(`${workspace}/a.ts`, "utf8"), "");
  await code.close();
  assert.equal(existsSync(workspace), false);
});
