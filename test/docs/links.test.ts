import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { parseCommandLine } from "../../src/cli/arguments.ts";

const root = path.join(import.meta.dirname, "../..");
const pages = globSync(["*.md", "docs/*.md", "examples/*.md"], { cwd: root }).sort();

for (const page of pages) {
  const text = readFileSync(path.join(root, page), "utf8");

  test(`every link in ${page} leads somewhere`, () => {
    for (const [, target = ""] of text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      assert.ok(existsSync(path.join(root, path.dirname(page), target)), target);
    }
  });

  test(`every command line in ${page} is one`, () => {
    // The first line of a schedule is no command.
    for (const [, line = ""] of text.matchAll(/^ *threadloom (?!schedule 1$)([^#\n]*)/gm)) {
      const request = parseCommandLine(line.trim().split(/\s+/));
      assert.notEqual(request.kind, "refused", line);
    }
  });
}
