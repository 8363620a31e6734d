import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { samples } from "../../docs/samples.ts";
import { EXAMPLE_FILES } from "../../examples/programs.ts";
import { load } from "./check.ts";

test("examples are loaded without an error, and only those about one thread say that nothing is concurrent", () => {
  assert.ok(EXAMPLE_FILES.size > 0);
  for (const [name, file] of EXAMPLE_FILES) {
    const { diagnostics } = load(readFileSync(file, "utf8"));
    const worth = diagnostics.filter(({ severity }) => severity !== "information");
    const said = worth.map(({ code, line }) => `${code} ${line}`);
    assert.deepEqual(said, name === "mutex" ? ["TL1306 1"] : [], file);
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
