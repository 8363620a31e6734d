/** The runners that people have, on projects as people have them: what passes, what fails, and what is printed of it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { projectWith, type Ran, runner } from "./project.ts";

const COUNTER = `// @threadloom
/** @shared */ let counter = 0;
/** @thread */ function alice() { counter++; }
/** @thread */ function bob() { counter++; }
// @final counter === 2
`;

/** A function that passes, a file, a function and a structure that fail. `HERE` is what URLs are relative to. */
function tests(head: string, here: string): string {
  return `${head}
import { explore, linearizable } from "threadloom/testing";
import { assert, Mutex, spawn } from "threadloom:std";

class Account {
  readonly total = new Mutex(0);
}
function add(account: Account, n: number): void {
  using guard = account.total.lock();
  guard.value += n;
}

test("a file fails", () => {
  explore(new URL("./counter.ts", ${here}));
});

test("a function passes", () => {
  const most: number = 2;
  const { complete, outcomes } = explore(() => {
    const account = new Account();
    for (const thread of [1, most].map((n) => spawn(() => add(account, n)))) thread.join();
    using guard = account.total.lock();
    console.log(guard.value);
  });
  same([complete, outcomes.map(({ output }) => output)], [true, ["3"]]);
});

test("a function fails", () => {
  explore(() => {
    const one = new Mutex(0);
    const other = new Mutex(0);
    const thread = spawn(() => {
      using first = other.lock();
      using second = one.lock();
    }, { name: "crosswise" });
    using first = one.lock();
    using second = other.lock();
    assert(true);
  });
});

test("a structure fails", () => {
  linearizable({
    create: () => new Mutex(0),
    operations: {
      add: (total) => {
        const before = total.lock();
        const value = before.value;
        before.unlock();
        using after = total.lock();
        after.value = value + 1;
        return value;
      },
    },
  });
});
`;
}

/** Three fail, one passes, and what is printed leads to the lines and to the same failure again. */
function holds({ status, output }: Ran, file: string): void {
  assert.equal(status, 1, output);
  assert.match(output, /counter\.ts: assertion, where ok was expected/);
  assert.match(output, /What happened\s+1\. alice reads `counter` → 0 \(counter\.ts:3\)/);
  assert.match(
    output,
    /threadloom replay counter\.schedule counter\.ts\s+threadloom schedule 1\s+main: 3 steps/,
  );
  assert.match(output, new RegExp(`${file}:30:11: deadlock, where ok was expected`));
  assert.match(output, new RegExp(`crosswise waits for .one. at ${file}:35, held by main`));
  assert.match(output, /hand it to `explore` as the option `schedule`:\s+threadloom schedule 1/);
  assert.match(output, new RegExp(`${file}:44:16: assertion, where ok was expected`));
  assert.match(output, /The calls\s+caller-1 +├─+ add\(\) = 0 ─+┤\s+caller-2 +├─+ add\(\) = 0 ─+┤/);
}

describe("runners", { concurrency: 1 }, () => {
  test("node:test, with the hooks that one word on the command line registers", async () => {
    const head = 'import test from "node:test";\nimport { deepEqual as same } from "node:assert";';
    using project = projectWith({
      "package.json": '{ "type": "module" }',
      "counter.ts": COUNTER,
      "a.test.ts": tests(head, "import.meta.url"),
    });
    const ran = await project.run(["--import", "threadloom/register", "--test", "a.test.ts"]);
    holds(ran, "a.test.ts");
    assert.match(ran.output, /pass 1\n.*fail 3\n/);
  });

  test("node:test of a Node whose hooks have a thread of their own", async () => {
    const hooks = "./node_modules/threadloom/dist/register-hooks.mjs";
    using project = projectWith({
      "package.json": '{ "type": "module" }',
      "hooks.mjs": `import { register } from "node:module";
register("${hooks}", import.meta.url);`,
      "a.test.mjs": `import test from "node:test";
import { explore } from "threadloom/testing";
import { assert, Mutex } from "threadloom:std";
test("one", () => explore(() => { using guard = new Mutex(1).lock(); assert(guard.value === 1); }));
test("two", () => explore(() => { using guard = new Mutex(1).lock(); assert(guard.value === 2); }));`,
    });
    const { output } = await project.run(["--import", "./hooks.mjs", "--test", "a.test.mjs"]);
    assert.match(output, /pass 1\n.*fail 1\n/);
    assert.match(output, /a\.test\.mjs:5:27: assertion, where ok was expected/);
  });

  for (const pool of ["threads", "forks"]) {
    test(`Vitest, with the plugin, in its ${pool}`, async () => {
      const head =
        'import { expect, test } from "vitest";\nconst same = (a, b) => expect(a).toEqual(b);';
      using project = projectWith({
        "package.json": '{ "type": "module" }',
        "vitest.config.ts": `import threadloom from "threadloom/vite";
export default { plugins: [threadloom()], test: { testTimeout: 60_000 } };`,
        "counter.ts": COUNTER,
        "a.test.ts": tests(head, "import.meta.url"),
      });
      const ran = await project.run([runner("vitest/vitest.mjs"), "run", "--pool", pool]);
      holds(ran, "a.test.ts");
      assert.match(ran.output, /Tests {2}3 failed \| 1 passed/);
      assert.match(ran.output, /❯ counter\.ts:5:11\n/, "the line to blame is shown");
    });
  }

  test("Jest, with the transformer, in CommonJS", async () => {
    const head =
      'import { pathToFileURL } from "node:url";\nconst same = (a, b) => expect(a).toStrictEqual(b);';
    using project = projectWith({
      "package.json": JSON.stringify({
        jest: { transform: { "\\.[cm]?[jt]sx?$": "threadloom/jest" } },
      }),
      "counter.ts": COUNTER,
      "a.test.ts": tests(head, "pathToFileURL(__filename)"),
      "b.test.js": `const { explore } = require("threadloom/testing");
const { pathToFileURL } = require("node:url");
test("another file of the same process", () => {
  const url = new URL("./counter.ts", pathToFileURL(__filename));
  expect(() => explore(url)).toThrow(/assertion, where ok was expected/);
});`,
    });
    const ran = await project.run([runner("jest/bin/jest.js"), "--runInBand"]);
    holds(ran, "a.test.ts");
    assert.match(ran.output, /Tests: +3 failed, 2 passed, 5 total/);
  });

  test("Jest, with ES modules, and another transformer behind ours", async () => {
    const head =
      'import { test, expect } from "@jest/globals";\nconst same = (a, b) => expect(a).toStrictEqual(b);';
    using project = projectWith({
      "package.json": JSON.stringify({
        type: "module",
        jest: {
          extensionsToTreatAsEsm: [".ts"],
          transform: { "\\.ts$": ["threadloom/jest", { transformer: "./strip.cjs" }] },
        },
      }),
      "strip.cjs": `const { stripTypeScriptTypes } = require("node:module");
exports.process = (text) => ({ code: stripTypeScriptTypes(text) });`,
      "counter.ts": COUNTER,
      "a.test.ts": tests(head, "import.meta.url"),
    });
    const words = ["--experimental-vm-modules", runner("jest/bin/jest.js")];
    holds(await project.run(words), "a.test.ts");
  });

  test("without the transform, each runner is told the line that it needs", async () => {
    const closure =
      'import { explore } from "threadloom/testing";\ntest("one", () => explore(() => {}));';
    using project = projectWith({
      "package.json": '{ "type": "module" }',
      "n.mjs": `import test from "node:test";\n${closure}`,
      "v.test.ts": `import { test } from "vitest";\n${closure}`,
    });
    const node = await project.run(["--test", "n.mjs"]);
    assert.match(node.output, /TL8205: .*\n.*--import threadloom\/register --test/);
    const vitest = await project.run([runner("vitest/vitest.mjs"), "run"]);
    assert.match(vitest.output, /TL8205: .*\n.*plugins: \[threadloom\(\)\]/);
    using plain = projectWith({
      "package.json": "{}",
      "j.test.js":
        'const { explore } = require("threadloom/testing");\ntest("one", () => explore(() => {}));',
    });
    const jest = await plain.run([runner("jest/bin/jest.js")]);
    assert.match(jest.output, /TL8205: [^]*transform: \{ .*: "threadloom\/jest" \}/);
  });
});
