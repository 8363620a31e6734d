/** What is assumed of `std` when a program is compiled holds for the twins that the build gives it. */
import assert from "node:assert/strict";
import { globSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { STD_NEVER_STOPS, STD_READS_THAT_STOP } from "../../src/compiler/twins/std-names.ts";
import { twinStd } from "../../src/compiler/twins/std.ts";

const root = path.resolve(import.meta.dirname, "../..");
const files = globSync("src/std/**/*.ts", { cwd: root })
  .filter((file) => !file.endsWith(".d.ts"))
  .map((file) => path.join(root, file));
const std = twinStd(files, "./runtime.ts");

/** Functions of the top level, and members of classes, that may stop. */
const stopping = new Set<string>();
const known = new Set<string>();
/** What programs import stands outside of it. */
const inTasks = new Set<string>();
/** Of other modules than `threadloom:std`, whose names mean something else. */
const OTHERS = /\/std\/(async|actors)\//;
for (const file of std.files) {
  for (const statement of file.statements) {
    if (ts.isFunctionDeclaration(statement)) note(statement.name!.text, statement);
    if (!ts.isClassDeclaration(statement)) continue;
    note(`new ${statement.name!.text}`, statement);
    for (const member of statement.members)
      if (member.name !== undefined && ts.isIdentifier(member.name))
        note(`${statement.name!.text}.${member.name.text}`, member);
  }
}

function note(name: string, node: ts.Node): void {
  if (OTHERS.test(node.getSourceFile().fileName) && !name.startsWith("new ")) return;
  known.add(name);
  if (node.getSourceFile().fileName.includes("/std/tasks/")) inTasks.add(name);
  if (std.effects.stops(node)) stopping.add(name);
}

test("what is said never to stop has no twin", () => {
  for (const name of STD_NEVER_STOPS) {
    assert.ok(known.has(name), `${name} is none of std's`);
    assert.ok(!stopping.has(name), `${name} may stop`);
  }
});

test("no constructor of std stops: `new Mutex()` is a plain call", () => {
  assert.deepEqual(
    [...stopping].filter((name) => name.startsWith("new ") && !inTasks.has(name)),
    [],
  );
});

test("exactly the properties that are read by an operation are read as such", () => {
  const read = new Set<string>();
  for (const file of std.files)
    for (const statement of file.statements)
      if (ts.isClassDeclaration(statement))
        for (const member of statement.members)
          if (ts.isGetAccessor(member) && std.effects.stops(member))
            read.add((member.name as ts.Identifier).text);
  assert.deepEqual([...read].sort(), [...STD_READS_THAT_STOP].sort());
});

test("every blocking operation has a twin", () => {
  const blocking =
    "Mutex.lock ValueGuard.unlock RwLock.read Semaphore.acquire Barrier.wait Latch.wait park choose Sender.send Receiver.recv JoinHandle.join Condvar.wait sleep yieldNow spawn scope";
  for (const name of blocking.split(" ")) assert.ok(stopping.has(name), name);
});
