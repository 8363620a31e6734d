/** What docs/linearizability.md shows is what happens: its program is checked, its test is run. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { projectWith } from "../testing/project.ts";

const page = readFileSync(path.join(import.meta.dirname, "../../docs/linearizability.md"), "utf8");
const files = Object.fromEntries(
  [...page.matchAll(/^```ts (\S+)\r?\n([^]*?)^```/gm)].map(([, name, text]) => [name, text]),
);

const plain = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

test("the program on the page fails with the words that the page shows", async () => {
  using project = projectWith(files);
  const cli = "node_modules/threadloom/dist/cli.mjs";
  const { status, output } = await project.run([cli, "check", "counter.ts"]);
  assert.equal(status, 1, output);
  const [, shown = ""] = /^```text\r?\n([^]*?)^ +…\r?\n```/m.exec(page) ?? [];
  assert.ok(plain(output).includes(plain(shown.slice(0, shown.indexOf("The calls")))), output);
  for (const line of shown.slice(shown.indexOf("The calls")).split("\n")) {
    assert.ok(output.includes(line.trim()), `${line}\n\n${output}`);
  }
});

test("the test on the page passes", async () => {
  using project = projectWith({ "package.json": '{ "type": "module" }', ...files });
  const words = ["--import", "threadloom/register", "--test", "map.test.ts"];
  const { status, output } = await project.run(words);
  assert.equal(status, 0, output);
  assert.match(output, /pass 1\n/);
});
