// What the editor shows of Threadloom: lenses, words after lines, problems, the status bar.
import { globSync } from "node:fs";
import path from "node:path";
import type { Locator } from "playwright-core";
import type * as vscode from "vscode";
import type { Code } from "./driver.ts";

/** Lenses by their words, as far as they are in sight: VS Code keeps hidden ones of lines that have been scrolled away. */
export function lens(code: Code, words: string | RegExp): Locator {
  return code.page.locator(".codelens-decoration a", { hasText: words }).filter({ visible: true });
}

/** Traces the program in the active editor by its lens. */
export async function clickTrace(code: Code): Promise<void> {
  const active = await code.inHost(
    (api) => api.window.activeTextEditor!.document.uri.toString(),
    null,
  );
  // An editor that changes its document keeps the old lenses for a moment: take those of this one.
  const end = JSON.stringify(active.replace(/^file:\/\//, "")); // its scheme is another one in the browser
  const editor = code.page.locator(`.monaco-editor[data-uri$=${end}]`);
  await editor
    .locator(".codelens-decoration a", { hasText: /^\s*Trace/ })
    .first()
    .click();
}

/** The text that decorations put after lines of the visible editors: it is no text of the page, but style. */
export function afterTexts(code: Code): Promise<string[]> {
  return code.page.locator(".monaco-editor .view-line").evaluateAll((lines) =>
    lines.flatMap((line) =>
      [...line.querySelectorAll("*")].flatMap((element) => {
        const { content } = getComputedStyle(element, "::after");
        const text = /^"(.+)"$/s.exec(content)?.[1];
        // VS Code styles with empty ones, too: what is unused, for instance, once TypeScript has found that out.
        return text === undefined ? [] : [text];
      }),
    ),
  );
}

/** `file:line source code message`, for every entry of the Problems view; lines count from 1. */
export function problems(code: Code): Promise<string[]> {
  return code.inHost(
    (api) =>
      api.languages.getDiagnostics().flatMap(([uri, entries]) =>
        entries.map(({ range, source, code, message }) => {
          const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
          const value = typeof code === "object" ? code.value : code;
          return `${name}:${range.start.line + 1} ${source} ${value} ${message}`;
        }),
      ),
    null,
  );
}

/** Waits for an entry of the Problems view. */
export function problem(code: Code, pattern: RegExp): Promise<string> {
  return code.until(`a problem ${pattern}`, async () =>
    (await problems(code)).find((one) => pattern.test(one)),
  );
}

/** Waits until our item in the status bar says so. */
export async function statusBar(code: Code, pattern: RegExp, timeout = 30_000): Promise<void> {
  const item = code.page.locator("#threadloom\\.threadloom\\.threadloom\\.run");
  let said = "";
  const waiting = code.until(
    `the status bar to say ${pattern}`,
    async () => {
      said = (await item.isVisible()) ? await item.innerText() : "";
      return pattern.test(said);
    },
    timeout,
  );
  await waiting.catch((cause: unknown) => {
    throw new Error(`the status bar says "${said}", not ${pattern}`, { cause });
  });
}

/**
 * Where the cursor of the active text editor is, as `file:line`; lines count from 1. While a panel has the focus, VS Code
 * knows no active text editor: then it is the one that is shown.
 */
export function cursor(code: Code): Promise<string> {
  return code.inHost((api) => {
    const editor = api.window.activeTextEditor ?? api.window.visibleTextEditors[0];
    if (!editor) return "";
    const { path } = editor.document.uri;
    return `${path.slice(path.lastIndexOf("/") + 1)}:${editor.selection.active.line + 1}`;
  }, null);
}

/** The words of the hover at a place of the active editor, once it has some; both count from 1. */
export function hoverAt(code: Code, line: number, column: number): Promise<string> {
  return code.until("a hover with words", () =>
    code.inHost(
      async (api, at) => {
        const { uri } = api.window.activeTextEditor!.document;
        const hovers = await api.commands.executeCommand<vscode.Hover[]>(
          "vscode.executeHoverProvider",
          uri,
          new api.Position(at.line - 1, at.column - 1),
        );
        return hovers
          .flatMap(({ contents }) => contents)
          .map((content) => (typeof content === "string" ? content : content.value))
          .join("\n");
      },
      { line, column },
    ),
  );
}

/** The labels of all tabs. */
export function tabs(code: Code): Promise<string[]> {
  return code.inHost(
    (api) => api.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label)),
    null,
  );
}

/** The recordings of this window, the oldest first. */
export function recordings(code: Code): string[] {
  const home = path.dirname(code.workspace);
  const pattern = "user/User/workspaceStorage/*/threadloom.threadloom/traces/*.tltrace";
  return globSync(pattern, { cwd: home })
    .map((file) => path.join(home, file))
    .sort();
}
