/** What docs/testing.md shows is what happens: its files are a project, whose tests are run. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { setUpFor } from "../../src/testing/set-up-line.ts";
import { explore } from "../../src/testing/index.ts";
import type { ExploreOptions } from "../../src/testing/types/testing.d.ts";
import { projectWith } from "../testing/project.ts";

const page = readFileSync(path.join(import.meta.dirname, "../../docs/testing.md"), "utf8");
const files = Object.fromEntries(
  [...page.matchAll(/^```ts (\S+)\r?\n([^]*?)^```/gm)].map(([, name, text]) => [name, text]),
);

test("the tests on the page do what it says: what passes, what fails, and with which words", async () => {
  using project = projectWith({ "package.json": '{ "type": "module" }', ...files });
  const words = ["--import", "threadloom/register", "--test"];
  const { output } = await project.run([...words, ...Object.keys(files).filter(isTest)]);
  assert.match(output, /pass 2\n.*fail 1\n/);
  const shown = /^```text\r?\n([^]*?)^```/m.exec(page)?.[1] ?? "";
  for (const line of shown.split(/\r?\n/)) {
    // An ellipsis stands for the rest of a line, or for lines.
    const said = line
      .replace(/ ?….*$/, "")
      .replace(/^ExplorationError: /, "")
      .trim();
    assert.ok(output.includes(said), `${said}\n\n${output}`);
  }
});

test("the page has the set-up of each runner as errors tell it", () => {
  for (const runner of ["node", "vitest", "jest"] as const) {
    const { remedy = "" } = setUpFor("explore", runner, false);
    const [, ...lines] = /^[^`]*`([^`]+)`(?: and `([^`]+)`)?/.exec(remedy) ?? [];
    for (const line of lines) if (line !== undefined) assert.ok(page.includes(line), line);
  }
});

test("the page has every option, and no other", () => {
  const [, table = ""] = /^## Options\n\n\| option .*\n\|[- |]+\n((?:\|.*\n)+)/m.exec(page) ?? [];
  const names = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  assert.throws(
    () => explore("file:///a.ts", { other: 1 } as ExploreOptions),
    (error: Error) => {
      const [, known = ""] = /The options are (.*)\./.exec(error.message) ?? [];
      assert.deepEqual(names.sort(), known.split(", ").sort());
      return true;
    },
  );
});

function isTest(name: string): boolean {
  return name.endsWith(".test.ts");
}
