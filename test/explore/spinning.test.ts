/** Which loops wait by looking, by their text. What comes of them is tested on whole programs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import ts from "typescript";
import { spins } from "../../src/compiler/twins/spins.ts";

function isSpin(text: string): boolean {
  const file = ts.createSourceFile("loop.js", text, ts.ScriptTarget.Latest, true);
  const loop = file.statements.find((one) => ts.isIterationStatement(one, false));
  assert.ok(loop !== undefined && ts.isIterationStatement(loop, false));
  return spins(loop, (call) => {
    const callee = call.expression.getText(file);
    return callee.startsWith("$") ? undefined : !callee.startsWith("own.");
  });
}

test("a loop that only looks waits", () => {
  assert.ok(isSpin("while (!flag.load()) {}"));
  assert.ok(isSpin("while (lock.compareExchange(0, 1) !== 0) $std.yieldNow();"));
  assert.ok(isSpin("for (;;) { const v = a.load(); if (v === 3) break; }"));
  assert.ok(isSpin("do { if ($.read(3, flag.v)) continue; } while (a.load() < 5);"));
  assert.ok(isSpin("while ((g = m.tryLock()) === undefined);"));
  assert.ok(isSpin("while (true) { let tries = 0; tries++; if (m.tryLock()) return; }"));
});

test("a loop that takes and gives back waits, whatever it does as it leaves", () => {
  assert.ok(
    isSpin("for (;;) { const g = a.lock(); if (b.tryLock()) { n++; log(); return; } g.unlock(); }"),
  );
  assert.ok(
    isSpin(
      "while (true) { flag.store(true); if (!other.load()) { log(); break; } flag.store(false); }",
    ),
  );
  assert.ok(!isSpin("while (true) { if (b.tryLock()) { n++; continue; } a.load(); }"));
  assert.ok(!isSpin("while (true) { for (;;) { n++; break; } a.load(); }"));
  assert.ok(!isSpin("while (true) { try { if (a.load()) { n++; f(); break; } } catch (e) {} }"));
});

test("a loop that counts, calls what may do anything, or makes something does not", () => {
  assert.ok(!isSpin("while (a.load() === 0) n++;"));
  assert.ok(!isSpin("for (let i = 0; i < 3; i++) if (m.tryLock()) break;"));
  assert.ok(!isSpin("while (!flag.load()) log();"));
  assert.ok(!isSpin("while (!flag.load()) list.push(1);"));
  assert.ok(!isSpin("while (!flag.load()) own.store(1);"));
  assert.ok(!isSpin("while (!flag.load()) state.seen = true;"));
  assert.ok(!isSpin("while (!flag.load()) new Thing();"));
  assert.ok(!isSpin("while ((last = a.load()) !== before) before = last;"));
  assert.ok(!isSpin("for (const x of list) a.load();"));
});
