/** Which engine runs a program: the one that is asked for, else the one that can play what the file names. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import type { RunJson } from "../../src/analysis/run-json.ts";
import { TraceReader } from "../../src/trace/reader.ts";
import { threadloom } from "./command.ts";

const folder = mkdtempSync(path.join(tmpdir(), "threadloom-engine-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function program(head: string): string {
  const file = path.join(folder, `${head.replaceAll(/\W/g, "-")}.ts`);
  writeFileSync(file, `// @threadloom ${head}\nconsole.log("here");\n`);
  return file;
}

const engineOf = async (...words: string[]): Promise<string> => {
  const { stdout } = await threadloom(["trace", ...words, "--json"]);
  return (JSON.parse(stdout) as RunJson).engine;
};

test("real threads run what names no model, and what they can play", async () => {
  assert.equal(await engineOf(program("")), "native");
  assert.equal(await engineOf(program("model=parallel")), "native");
});

test("the model runs what real threads cannot play, and whatever it is asked for", async () => {
  assert.equal(await engineOf(program("model=timesliced quantum=3")), "model");
  assert.equal(await engineOf(program("model=cooperative")), "model");
  assert.equal(await engineOf(program(""), "--engine", "model"), "model");
});

test("real threads refuse what they cannot play", async () => {
  const file = program("model=cooperative cores=1");
  const { status, stdout } = await threadloom(["trace", file, "--engine", "native", "--json"]);
  assert.equal(status, 2);
  assert.match(stdout, /TL5010/);
});

test("the model that is asked for is played, whatever the file names", async () => {
  const file = program("model=cooperative quantum=7");
  const trace = path.join(folder, "asked.tltrace");
  const words = ["trace", file, "--model", "parallel", "--cores", "3", "-o", trace];
  const { status } = await threadloom(words);
  assert.equal(status, 0);
  const reader = new TraceReader();
  reader.push(readFileSync(trace));
  const { model, cores } = reader.trace.head!;
  assert.deepEqual({ model, cores }, { model: "parallel", cores: 3 });
});
