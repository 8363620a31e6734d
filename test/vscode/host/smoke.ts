// Inside the extension host, here and in desktop VS Code (test/electron): Threadloom is installed and starts.
import assert from "node:assert/strict";
import * as vscode from "vscode";

export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension("threadloom.threadloom");
  assert.ok(extension, "Threadloom is installed");
  await extension.activate();
  assert.equal(extension.isActive, true);

  const document = await vscode.workspace.openTextDocument({
    language: "typescript",
    content: "// @threadloom\n",
  });
  assert.equal(document.lineCount, 2);
}
