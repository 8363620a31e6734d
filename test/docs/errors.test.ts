import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { errorsPage } from "../../scripts/errors.mjs";

test("docs/errors.md is what the catalogue says (else: node scripts/errors.mjs)", () => {
  const page = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
  assert.equal(page.replaceAll("\r\n", "\n"), errorsPage());
});
