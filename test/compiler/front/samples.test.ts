import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { samples } from "../../docs/samples.ts";
import { load } from "./check.ts";

const examples = path.join(import.meta.dirname, "../../../examples");

test("examples are loaded without an error, and only those about one thread say that nothing is concurrent", () => {
  const found = globSync("*.ts", { cwd: examples });
  assert.ok(found.length > 0);
  for (const file of found) {
    const { diagnostics } = load(readFileSync(path.join(examples, file), "utf8"));
    const said = diagnostics.map(({ code, line }) => `${code} ${line}`);
    assert.deepEqual(said, file === "mutex.ts" ? ["TL1306 1"] : [], file);
  }
});

test("the programs in our pages are loaded without an error", () => {
  const programs = samples();
  assert.ok(programs.length > 0);
  for (const { place, text } of programs) {
    const { loaded, diagnostics } = load(text);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    assert.ok(loaded, place);
    assert.deepEqual(errors, [], place);
  }
});
