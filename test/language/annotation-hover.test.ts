import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  annotationHoverAt,
  readAnnotationWords,
} from "../../src/language/hover/annotation-hover.ts";

const words = readAnnotationWords(
  readFileSync(new URL("../../docs/annotations.md", import.meta.url), "utf8"),
);

function check(marked: string, expected: RegExp | undefined) {
  const hover = annotationHoverAt(marked.replace("‸", ""), marked.indexOf("‸"), words);
  if (expected === undefined) assert.equal(hover, undefined, marked);
  else assert.match(hover?.text ?? "", expected, marked);
}

test("each annotation is explained by its section of the documentation", () => {
  check("// @thread‸loom\nlet a;", /marks it as a program/);
  check("// @expec‸t race", /makes the program a test/);
  check("/** @sh‸ared */ let a = 0;", /lives in shared memory/);
  check("/** @shared @guarded‸By m */ let a = 0;", /every access must hold the lock/);
  check("/**\n * Works.\n * @thr‸ead x2\n */\nfunction f() {}", /started as a thread/);
  check("// @‸final a === 2", /must hold when all threads have ended/);
  check("//  @invarian‸t a < 2", /after every\s+step/);
  check("work(); // @label‸ here", /a mark with that text/);
  assert.equal(words.size, 8);
});

test("other tags, other places and other comments are nobody's annotations", () => {
  check("/** @par‸am a */", undefined);
  check("// see @sha‸red", undefined);
  check("/* @sha‸red */", undefined);
  check("// @sha‸red", undefined);
  check('"@sha‸red"', undefined);
  check("// @final‸ly", undefined);
  check("// @final a =‸== 2", undefined);
});
