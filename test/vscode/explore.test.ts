// Exploring in VS Code: the lens, what it finds in Problems, the page with the result, the stepper on the failing schedule,
// and the Test Explorer.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import type { Frame } from "playwright-core";
import type * as vscode from "vscode";
import { Code } from "./driver.ts";
import { lens, problem, problems, tabs } from "./editor.ts";

const COUNTER = `// @threadloom
/** @shared */ let counter = 0;
/** @thread */ function alice() { counter++; }
/** @thread */ function bob() { counter++; }
// @final counter === 2
`;
const FINE = `// @threadloom
// @expect ok
import { Mutex, spawn } from "threadloom:std";
const total = new Mutex(0);
const handles = [1, 2].map((n) => spawn(() => { using guard = total.lock(); guard.value += n; }));
for (const handle of handles) handle.join();
using guard = total.lock();
console.log(guard.value);
`;
/** So many orders that nobody waits for the end. */
const HUGE = `// @threadloom
import { AtomicI32, spawn } from "threadloom:std";
const number = new AtomicI32(0);
const body = () => { for (let i = 0; i < 12; i++) number.store(number.load() + 1); };
const handles = [spawn(body), spawn(body), spawn(body)];
for (const handle of handles) handle.join();
`;
const MISTAKEN = COUNTER.replace("// @threadloom", "// @threadloom\n// @expect deadlock");

let code: Code;

before(async () => {
  code = await Code.start({
    workspace: {
      "counter.ts": COUNTER,
      "huge.ts": HUGE,
      "tests/fine.ts": FINE,
      "tests/raced.ts": COUNTER.replace("// @threadloom", "// @threadloom\n// @expect race"),
      "tests/mistaken.ts": MISTAKEN,
    },
    size: { width: 1500, height: 900 },
  });
});
after(() => code?.close());

/** The page that tells of exploring a program of this name; while it goes on, its head is another. */
function pageOf(title: string, head = `${title}, explored`): Promise<Frame> {
  return code.until(`the page of ${title}`, async () => {
    for (const frame of code.page.frames()) {
      const said = frame.locator(".exploration h1");
      const named = await said.textContent({ timeout: 200 }).catch(() => undefined);
      if (named === head) return frame;
    }
    return undefined;
  });
}

async function says(frame: Frame, pattern: RegExp): Promise<void> {
  let said = "";
  const saying = code.until(`the page to say ${pattern}`, async () => {
    said = await frame.locator(".story").innerText();
    return pattern.test(said);
  });
  await saying.catch((cause: unknown) => {
    throw new Error(`the page says "${said}", not ${pattern}`, { cause });
  });
}

/** The titles of the code actions at a line. */
const actionsAt = (line: number): Promise<string[]> =>
  code.inHost(async (api, at) => {
    const { uri } = api.window.visibleTextEditors[0].document;
    const actions = await api.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      new api.Range(at - 1, 0, at - 1, 100),
    );
    return actions.map(({ title }) => title);
  }, line);

/** Runs the code action of this title at a line. */
const act = (line: number, title: string): Promise<void> =>
  code.inHost(
    async (api, { line, title }) => {
      const { uri } = api.window.visibleTextEditors[0].document;
      const actions = await api.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        uri,
        new api.Range(line - 1, 0, line - 1, 100),
      );
      const { command } = actions.find((one) => one.title === title)!;
      const [reference] = (command?.arguments ?? []) as readonly unknown[];
      await api.commands.executeCommand(command!.command, reference);
    },
    { line, title },
  );

/** The rows of the Test Explorer, as a screen reader says them. */
const testRows = (): Promise<string[]> =>
  code.page
    .locator(".test-explorer .monaco-list-row")
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label") ?? ""));

async function testRow(pattern: RegExp): Promise<void> {
  let rows: string[] = [];
  const waiting = code.until(`a test ${pattern}`, async () => {
    rows = await testRows();
    return rows.some((row) => pattern.test(row));
  });
  await waiting.catch((cause: unknown) => {
    throw new Error(`the Test Explorer has ${rows.join("; ")}, not ${pattern}`, { cause });
  });
}

describe("exploring", () => {
  test("the lens explores; its line, Problems and the page tell what came of it", async () => {
    await code.openFile("counter.ts");
    await lens(code, /^\s*Explore/)
      .first()
      .click();
    await problem(code, /counter\.ts:5 threadloom: explored TL2154 .*counter === 2/);
    await lens(code, /Assertion failed: found in \d+ executions?/)
      .first()
      .waitFor();
    const page = await pageOf("counter.ts");
    await says(page, /An assertion can fail: found in \d+ executions?/);
    await page.locator(".finding", { hasText: "does not hold" }).waitFor();
    await code.screenshot("explored");
  });

  test("the stepper opens on the failing schedule by a code action", async () => {
    assert.ok((await actionsAt(5)).includes("Step through this failure"));
    await act(5, "Step through this failure");
    await code.until("the stepper at the end of the failing run", async () => {
      for (const frame of code.page.frames()) {
        const story = frame.locator(".stepper .story");
        const said = await story.innerText({ timeout: 200 }).catch(() => "");
        if (/does not hold/.test(said)) return true;
      }
      return undefined;
    });
    assert.ok((await tabs(code)).includes("Step: counter.ts"));
    await code.screenshot("explored-stepped");
  });

  test("the schedule is kept beside the program, and the page explores again", async () => {
    await act(5, "Save the schedule of this failure");
    await code.notified(/Kept as counter\.schedule/);
    const file = path.join(code.workspace, "counter.schedule");
    assert.match(readFileSync(file, "utf8"), /^threadloom schedule 1\n# counter\.ts: assertion/);
    await code.runCommand("Threadloom: Show What Exploring Found");
    const page = await pageOf("counter.ts");
    await page.getByRole("button", { name: "Explore again" }).click();
    await says(page, /An assertion can fail: found in \d+ executions?\./);
  });

  test("an edit starts nothing again: lens, page and Problems say that it is about before", async () => {
    const type = (text: string) =>
      code.inHost(async (api, inserted) => {
        const editor = api.window.visibleTextEditors[0];
        await editor.edit((edit) => edit.insert(new api.Position(0, 0), inserted));
      }, text);
    await type("\n");
    await lens(code, /before the last edit: Assertion failed/)
      .first()
      .waitFor();
    const page = await pageOf("counter.ts");
    await page.getByText("The program has been edited since").waitFor();
    assert.deepEqual(
      (await problems(code)).filter((one) => one.includes("explored")),
      [],
    );
    await code.inHost(async (api) => {
      const { document } = api.window.visibleTextEditors[0];
      await api.window.showTextDocument(document, { viewColumn: api.ViewColumn.One });
      await api.commands.executeCommand("undo");
    }, null);
    await page.getByText("The program has been edited since").waitFor({ state: "detached" });
    await problem(code, /counter\.ts:5 threadloom: explored TL2154/);
  });
});

describe("a search without an end in sight", () => {
  test("has live figures in the page, the status bar and a notification", async () => {
    await code.openFile("huge.ts");
    await lens(code, /^\s*Explore/)
      .first()
      .click();
    const page = await pageOf("huge.ts", "Exploring huge.ts");
    const executions = page.locator(".figures dd").first();
    const number = async () => Number((await executions.innerText()).replaceAll(",", ""));
    await executions.waitFor();
    const first = await number();
    await code.until("the figures to grow", async () => (await number()) > first);
    const item = code.page.locator("#threadloom\\.threadloom\\.threadloom\\.exploration");
    assert.match(await item.innerText(), /executions? · \d+ outcomes? .*\/s/);
    await code.notified(/Exploring huge\.ts/);
    await code.screenshot("exploring");
  });

  test("is stopped by its lens, says what it has, and proves nothing", async () => {
    await lens(code, /Stop exploring/)
      .first()
      .click();
    await lens(code, /Stopped after [\d,]+ executions/)
      .first()
      .waitFor();
    await says(await pageOf("huge.ts"), /^▲\s+Stopped after [\d,]+ executions: nothing has failed/);
  });
});

describe("the Test Explorer", () => {
  test("lists every program with an expectation, none without", async () => {
    await code.inHost((api) => api.commands.executeCommand("workbench.view.testing.focus"), null);
    await testRow(/tests/);
    await code.page.locator(".test-explorer .monaco-list-row", { hasText: "tests" }).click();
    await code.page.keyboard.press("ArrowRight");
    await code.inHost((api) => api.commands.executeCommand("testing.runAll"), null);
    await testRow(/fine\.ts.*Passed/);
    await testRow(/raced\.ts.*Passed/);
    await testRow(/mistaken\.ts.*Failed/);
    assert.ok(!(await testRows()).some((row) => row.includes("counter.ts")));
    await code.screenshot("explored-tests");
  });

  test("debugging a test steps through the schedule that fails", async () => {
    await code.page.locator(".test-explorer .monaco-list-row", { hasText: "mistaken.ts" }).click();
    await code.inHost(async (api) => {
      const uri = api.Uri.joinPath(api.workspace.workspaceFolders![0].uri, "tests/mistaken.ts");
      await api.window.showTextDocument(uri, { viewColumn: api.ViewColumn.One });
      await api.commands.executeCommand("testing.debugCurrentFile");
    }, null);
    await code.until("a stepper of mistaken.ts", async () =>
      (await tabs(code)).includes("Step: mistaken.ts"),
    );
  });

  test("a test that is run continuously is explored again when its file is saved", async () => {
    await code.inHost((api) => api.commands.executeCommand("workbench.view.testing.focus"), null);
    const row = code.page.locator(".test-explorer .monaco-list-row", { hasText: "mistaken.ts" });
    await row.hover();
    await row.getByRole("button", { name: /Continuous/ }).click();
    await code.inHost(async (api) => {
      const uri = api.Uri.joinPath(api.workspace.workspaceFolders![0].uri, "tests/mistaken.ts");
      const document = await api.workspace.openTextDocument(uri);
      const editor = await api.window.showTextDocument(document);
      const { length } = "// @expect deadlock";
      const range = new api.Range(1, 0, 1, length);
      await editor.edit((edit) => edit.replace(range, "// @expect assertion"));
      await document.save();
    }, null);
    await testRow(/mistaken\.ts expects assertion \(Passed\)/);
  });
});

describe("after a reload of the window", () => {
  test("the page is there again, says that nothing is known, and explores with a click", async () => {
    await code.openFile("counter.ts");
    await code.runCommand("Threadloom: Explore");
    await says(await pageOf("counter.ts"), /An assertion can fail/);
    await code.reload();
    const page = await pageOf("counter.ts", "counter.ts");
    await page.getByText("Nothing is known of counter.ts").waitFor();
    await page.getByRole("button", { name: "Explore again" }).click();
    await says(await pageOf("counter.ts"), /An assertion can fail/);
  });
});
