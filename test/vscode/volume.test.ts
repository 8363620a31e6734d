// A run of more than a million events, with its timeline open: it stays a picture that answers, and memory stays bounded.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { after, before, test } from "node:test";
import { Code } from "./driver.ts";
import { clickTrace, lens, recordings, statusBar } from "./editor.ts";
import { hostMemory, pageMemory } from "./processes.ts";
import { TimelinePage } from "./timeline.ts";

const THREADS = 4;
const ROUNDS = 140_000;
/** Each round locks and unlocks. */
const EVENTS = THREADS * ROUNDS * 2;

const BUSY = `// @threadloom
import { Mutex, spawn } from "threadloom:std";
const locks = [new Mutex(0), new Mutex(0), new Mutex(0), new Mutex(0)];
const workers = locks.map((own, index) =>
  spawn(() => {
    for (let i = 0; i < ${ROUNDS}; i++) {
      using guard = own.lock();
      guard.value++;
    }
  }, { name: \`worker \${index}\` }),
);
for (const worker of workers) worker.join();
`;

let code: Code;

before(async () => {
  code = await Code.start({
    workspace: { "busy.ts": BUSY },
    settings: { "threadloom.trace.timeLimit": 240_000 },
    size: { width: 1400, height: 860 },
  });
  await code.openFile("busy.ts");
  await lens(code, "Trace").first().waitFor();
});
after(() => code?.close());

test("a million events are drawn, told and gone through, and take no more memory than they need", async () => {
  await code.page.waitForTimeout(2000);
  const [host, page] = [hostMemory(code.workspace), pageMemory()];
  assert.ok(host > 0 && page > 0, "the processes are found");
  await clickTrace(code);
  await statusBar(code, /Ended/, 240_000);
  const timeline = await TimelinePage.of(code, "busy.ts");
  const head = await timeline.says(/Ended.* events/, 120_000);
  const events = Number(/([\d,]+) events/.exec(head)?.[1].replaceAll(",", ""));
  assert.ok(events > EVENTS, head);
  await timeline.frame.locator(".story .first").waitFor({ timeout: 120_000 });
  const { text } = await timeline.point("worker 2", /running|ran|\d/);
  assert.match(text, /worker 2/);
  await code.screenshot("million");

  const [file] = recordings(code);
  const megabytes = statSync(file).size / 1024 / 1024;
  const grown = { host: hostMemory(code.workspace) - host, page: pageMemory() - page };
  console.log(
    `${events} events, ${megabytes.toFixed(0)} MB; grown: host ${grown.host.toFixed(0)} MB, page ${grown.page.toFixed(0)} MB`,
  );
  // The host passes the file on in pieces, and examines it once in a thread of its own.
  assert.ok(grown.host < 100 + 12 * megabytes, `the extension host took ${grown.host} MB more`);
  assert.ok(grown.page < 150 + 12 * megabytes, `the page took ${grown.page} MB more`);
});
