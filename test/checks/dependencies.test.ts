// Every dependency stands with its reason in docs/dependencies.md.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const read = (name: string) =>
  readFileSync(path.resolve(import.meta.dirname, "../..", name), "utf8");

test("docs/dependencies.md lists the dependencies that there are", () => {
  const manifest = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;
  const wanted = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const rows = read("docs/dependencies.md").matchAll(/^\| (`[^|]+`) +\|/gm);
  const listed = [...rows].flatMap(([, names]) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
  assert.deepEqual(listed.sort(), wanted.sort());
});
