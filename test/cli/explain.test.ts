import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { CATALOGUE } from "../../src/base/catalogue/index.ts";
import { explain } from "../../src/cli/explain.ts";
import { paintFor } from "../../src/cli/render/paint.ts";

const LOOK = { width: 60, colour: false, unicode: true };

test("a code is explained: the text, why, a sample set apart, and what to do", () => {
  const explained = explain("tl2006", LOOK, paintFor(LOOK));
  assert.ok("lines" in explained);
  const text = explained.lines.join("\n");
  assert.match(text, /^TL2006: /);
  assert.match(text, /^ {4}const own = tx\.clone\(\);$/m);
  assert.match(text, /^What to do: /m);
  assert.doesNotMatch(text, /```/);
});

test("every message can be explained, within the width", () => {
  for (const { code } of CATALOGUE.flatMap(({ messages }) => messages)) {
    const explained = explain(code, LOOK, paintFor({ colour: true }));
    assert.ok("lines" in explained);
    for (const line of explained.lines.map(stripVTControlCharacters)) {
      const fits = line.length <= 60 || line.startsWith("    ") || !line.trim().includes(" ");
      assert.ok(fits, line);
    }
  }
});

test("a code that is none is refused", () => {
  const explained = explain("TL9999", LOOK, paintFor(LOOK));
  assert.ok("complaint" in explained);
  assert.equal(explained.complaint.code, "TL5011");
});
