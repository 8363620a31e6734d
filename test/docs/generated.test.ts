import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pages } from "../../scripts/docs.mjs";

for (const { name, filepath, text } of await pages()) {
  test(`${name} is what the code says (else: node scripts/docs.mjs)`, () => {
    assert.equal(readFileSync(filepath, "utf8").replaceAll("\r\n", "\n"), text);
  });
}
