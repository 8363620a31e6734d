/**
 * What a person waits for in VS Code: from the click on Trace to the first picture, and from an edit to the first event.
 * Times are those of the extension's log, and of the click that the bench makes, by one clock.
 */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { Code } from "../test/vscode/driver.ts";
import { clickTrace, lens, statusBar } from "../test/vscode/editor.ts";
import { LOCK } from "../test/vscode/programs.ts";
import { compared, median, type Row } from "./row.ts";

const COLD_ROUNDS = 3;
const WARM_ROUNDS = 9;
const CALM = 5000;
/** The longest wait for a line of the log. */
const PATIENCE = 60_000;

/** Starts VS Code once and reloads its window; takes about two minutes. */
export async function run(): Promise<Row[]> {
  await using code = await Code.start({ workspace: { "lock.ts": LOCK } });
  const cold: number[] = [];
  const empty: number[] = [];
  for (let round = 0; round < COLD_ROUNDS; round++) {
    if (round > 0) {
      await code.runCommand("View: Close All Editors");
      await code.reload();
    }
    await code.openFile("lock.ts");
    await lens(code, "Trace").first().waitFor();
    // VS Code's own start is not what is measured.
    await code.page.waitForTimeout(CALM);
    cold.push((await clickAndWait(code)).painted);
    await statusBar(code, /Ended/);
    empty.push(await openEmptyPanel(code));
  }
  await code.openFile("lock.ts");
  const warm: number[] = [];
  for (let round = 0; round < WARM_ROUNDS; round++) warm.push((await clickAndWait(code)).painted);
  const edited: number[] = [];
  for (let round = 0; round < WARM_ROUNDS; round++) {
    await code.inHost(async (api, text) => {
      const editor = api.window.activeTextEditor!;
      await editor.edit((edit) => edit.insert(new api.Position(15, 0), text));
    }, `// ${round}\n`);
    const { events } = await traceByCommand(code);
    edited.push(events);
  }
  const peer = "an empty webview opens";
  const emptyMs = median(empty);
  return [
    compared(
      {
        name: "click → first paint, first of a window",
        median: median(cold),
        unit: "ms",
        goal: "≤ 1 s",
      },
      peer,
      emptyMs,
    ),
    compared(
      { name: "click → first paint, warm", median: median(warm), unit: "ms", goal: "≤ 300 ms" },
      peer,
      emptyMs,
    ),
    { name: "edit → first event, warm", median: median(edited), unit: "ms", goal: "≤ 100 ms" },
  ];
}

interface Waited {
  /** Milliseconds from the click. */
  readonly events: number;
  readonly painted: number;
}

async function clickAndWait(code: Code): Promise<Waited> {
  const known = runs(code);
  const began = Date.now();
  await clickTrace(code);
  return waited(code, known, began);
}

/** Without the mouse, whose way through the browser is no part of an edit. */
async function traceByCommand(code: Code): Promise<Waited> {
  const known = runs(code);
  const began = await code.inHost((api) => {
    const now = Date.now();
    void api.commands.executeCommand("threadloom.trace");
    return now;
  }, null);
  return waited(code, known, began);
}

async function waited(code: Code, known: ReadonlySet<string>, began: number): Promise<Waited> {
  const found = await code.until(
    "the first picture",
    () => {
      const run = [...runs(code)].find((id) => !known.has(id));
      const events = run && timeOf(code, `${run}: the first events`);
      const painted = run && timeOf(code, `${run}: painted`);
      return events && painted ? { events: events - began, painted: painted - began } : undefined;
    },
    PATIENCE,
  );
  await statusBar(code, /Ended/);
  return found;
}

async function openEmptyPanel(code: Code): Promise<number> {
  return code.inHost(async (api) => {
    const began = performance.now();
    const shown = { viewColumn: api.ViewColumn.Two, preserveFocus: true };
    const panel = api.window.createWebviewPanel("empty", "Empty", shown, { enableScripts: true });
    const ready = new Promise((resolve) => panel.webview.onDidReceiveMessage(resolve));
    panel.webview.html = "<script>acquireVsCodeApi().postMessage('ready')</script>";
    await ready;
    const took = performance.now() - began;
    panel.dispose();
    return took;
  }, null);
}

/** The log of the window as it is now. */
function log(code: Code): string {
  const home = path.dirname(code.workspace);
  const files = globSync("user/logs/**/threadloom.threadloom/Threadloom.log", { cwd: home });
  return files.map((file) => readFileSync(path.join(home, file), "utf8")).join("");
}

function runs(code: Code): Set<string> {
  return new Set(Array.from(log(code).matchAll(/\] (\d{17}-\w{4}): \S*lock\.ts/g), ([, id]) => id));
}

/** `2026-11-21 13:59:10.727 [info] …`: the log writer of the tests' server writes UTC. */
function timeOf(code: Code, text: string): number | undefined {
  const line = log(code)
    .split("\n")
    .find((one) => one.includes(text));
  return line === undefined ? undefined : Date.parse(`${line.slice(0, 23).replace(" ", "T")}Z`);
}
