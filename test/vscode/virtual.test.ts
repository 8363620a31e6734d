// A folder that is on no disk: programs of one file are traced as any other, and what can't be done is said.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { Code } from "./driver.ts";
import { afterTexts, clickTrace, cursor, hoverAt, problem, problems } from "./editor.ts";
import { DEADLOCK, LOCK } from "./programs.ts";
import { TimelinePage } from "./timeline.ts";

const FILES = {
  "lock.ts": LOCK,
  "deadlock.ts": DEADLOCK,
  "main.ts": `// @threadloom\nimport { spawn } from "threadloom:std";\nimport { work } from "./part.ts";\nspawn(() => work(1)).join();\n`,
  "part.ts": "export function work(n: number) { console.log(n); }\n",
};

let code: Code;

before(async () => {
  process.env.THREADLOOM_TEST_MEMFS = JSON.stringify(FILES);
  const folder = path.join(import.meta.dirname, "stand-ins/memfs");
  code = await Code.start({ workspace: {}, extensions: [{ folder }] });
  await code.openFolder("memfs:/project");
  await code.openFile("lock.ts");
});
after(() => code?.close());

test("hovers explain what TypeScript can't resolve there", async () => {
  assert.match(await hoverAt(code, 6, 17), /function spawn<T>.*Starts a new thread/s);
  assert.deepEqual(await problems(code), []);
});

test("a program of one file is traced, led back to, and spoken of beside its lines", async () => {
  await clickTrace(code);
  const timeline = await TimelinePage.of(code, "lock.ts");
  await timeline.says(/Ended.*2 threads/);
  const words = await code.until("the words after the line", async () =>
    (await afterTexts(code)).find((text) => text.startsWith("waited")),
  );
  assert.match(words, /held by main$/);
  await code.goTo(1);
  const { x, y } = await timeline.point("guest", /blocked/);
  await code.page.mouse.dblclick(x, y);
  await code.until("the line that waited", async () => (await cursor(code)) === "lock.ts:8");
  await code.screenshot("virtual");
});

test("findings are in Problems", async () => {
  await code.openFile("deadlock.ts");
  await clickTrace(code);
  await problem(code, /deadlock\.ts:\d+ threadloom: last run TL/);
});

test("a program of several files is not run, and it is said why", async () => {
  await code.openFile("main.ts");
  await clickTrace(code);
  await code.notified(/main\.ts lies in a virtual folder.*Put all of the program into one file/);
  await problem(code, /^main\.ts:3 threadloom TL/);
  await code.screenshot("virtual-import");
});
