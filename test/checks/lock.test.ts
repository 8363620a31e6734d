// The lock must install everywhere: npm writes an incomplete one when it updates it on top of installed
// packages of one platform, and `npm ci` refuses that on the next machine.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = path.resolve(import.meta.dirname, "../../package-lock.json");
const { packages } = JSON.parse(readFileSync(lock, "utf8")) as { packages: Record<string, Entry> };

/** Whether Node would find the package `name` from the one in `folder`. */
function isFound(name: string, folder: string): boolean {
  if (packages[`${folder}/node_modules/${name}`.replace(/^\//, "")]?.version) return true;
  if (folder === "") return false;
  const parent = folder.lastIndexOf("/node_modules/");
  return isFound(name, parent < 0 ? "" : folder.slice(0, parent));
}

test("the lock names no registry, and a hash for every package", () => {
  for (const [folder, { resolved, integrity }] of Object.entries(packages)) {
    assert.equal(resolved, undefined, folder);
    if (folder !== "") assert.ok(integrity, folder);
  }
});

test("the lock has what other platforms need", () => {
  const missing = Object.entries(packages).flatMap(([folder, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isFound(name, folder)),
  );
  assert.deepEqual(missing, [], "write it anew: rm package-lock.json && npm i --package-lock-only");
});
