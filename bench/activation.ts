/** How long activating the extension takes by VS Code's own clock, beside the extensions that VS Code brings itself. */
import { Code } from "../test/vscode/driver.ts";
import { compared, median, type Row } from "./row.ts";

const ROUNDS = 5;
/** Registers providers, as ours does; loads nothing heavy. */
const PEER = { id: "vscode.configuration-editing", name: "Configuration Editing" };
const OURS = { id: "threadloom.threadloom", name: "Threadloom" };

/** Starts VS Code and reloads its window; takes about a minute. */
export async function run(): Promise<Row[]> {
  await using code = await Code.start({
    workspace: { "notes.txt": "no program here\n" },
    size: { width: 1280, height: 3000 }, // the list draws only what is in view, the slowest first
  });
  const ours: number[] = [];
  const peers: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await code.reload();
    // What VS Code does by itself after its start would be measured too.
    await code.page.waitForTimeout(2000);
    for (const { id } of [OURS, PEER]) {
      await code.inHost((api, wanted) => api.extensions.getExtension(wanted)!.activate(), id);
    }
    await code.runCommand("Developer: Show Running Extensions");
    ours.push(await reported(code, OURS.name));
    peers.push(await reported(code, PEER.name));
  }
  const row = {
    name: "activation: reading the bundle and making every feature",
    median: median(ours),
    unit: "ms",
    goal: "≤ 50 ms",
  } as const;
  return [compared(row, PEER.id, median(peers))];
}

/** What the list of running extensions says: `Activation: 12ms`. */
async function reported(code: Code, name: string): Promise<number> {
  const row = code.page.locator(".runtime-extensions-editor .monaco-list-row", { hasText: name });
  const text = await code.until(`the activation time of ${name}`, async () =>
    /Activation: (\d+)ms/.exec(await row.first().innerText()),
  );
  return Number(text[1]);
}
