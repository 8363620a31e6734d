/** Which loops wait by looking, by their text. What comes of them is tested on whole programs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import ts from "typescript";
import { spins } from "../../src/compiler/twins/spins.ts";

/** What its turns give new values to, as text; undefined: it is no such loop. */
function given(text: string): string[] | undefined {
  const file = ts.createSourceFile("loop.js", text, ts.ScriptTarget.Latest, true);
  const loop = file.statements.find((one) => ts.isIterationStatement(one, false));
  assert.ok(loop !== undefined && ts.isIterationStatement(loop, false));
  const isOfStd = (call: ts.CallExpression): boolean | undefined => {
    const callee = call.expression.getText(file);
    const isOwn = callee.startsWith("own.") || !callee.includes(".");
    return /^\$\w*\.\w+$/.test(callee) ? undefined : !isOwn;
  };
  const isAccessor = ({ name }: ts.PropertyAccessExpression): boolean => name.text === "setter";
  const functionOf = ({ expression }: ts.CallExpression) =>
    file.statements
      .filter(ts.isFunctionDeclaration)
      .find((one) => one.name?.text === expression.getText(file));
  const printer = ts.createPrinter();
  return spins(loop, { isOfStd, isAccessor, functionOf })?.map((one) =>
    printer.printNode(ts.EmitHint.Expression, one, file),
  );
}

const isSpin = (text: string): boolean => given(text)?.length === 0;

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
  assert.equal(given("while (a.load() === 0) n++;"), undefined);
  assert.ok(!isSpin("for (let i = 0; i < 3; i++) if (m.tryLock()) break;"));
  assert.ok(!isSpin("while (!flag.load()) log();"));
  assert.ok(!isSpin("while (!flag.load()) list.push(1);"));
  assert.ok(!isSpin("while (!flag.load()) own.store(1);"));
  assert.ok(!isSpin("while (!flag.load()) state.seen = true;"));
  assert.ok(!isSpin("while (!flag.load()) new Thing();"));
  assert.ok(!isSpin("while ((last = a.load()) !== before) before = last;"));
  assert.ok(!isSpin("for (const x of list) a.load();"));
});

test("what turns give new values to is named, so that one can tell whether it is as it was", () => {
  assert.deepEqual(given("while (!r.done) r = h.joinFor(1);"), ["r"]);
  assert.deepEqual(given("while (!a.load()) if (m.tryLock()) n++;"), ["n"]);
  assert.deepEqual(given("do { this.seen = a.load(); } while (!this.seen);"), ["this?.seen"]);
  assert.deepEqual(given("while (!s.a.b) s.a.b = a.load();"), ["s?.a?.b"]);
  assert.deepEqual(given("while (true) { const g = m.lock(); g.value = 1; g.unlock(); }"), []);
  assert.deepEqual(
    given("while (true) { const g = $u.add($.at(3, m).lock()); g.value.n = 1; }"),
    [],
  );
});

test("what cannot be named, or runs code, or counts with each turn is no such loop", () => {
  assert.equal(given("while (!a.load()) list[0] = 1;"), undefined);
  assert.equal(given("while (!a.load()) { const o = f; o.n = 1; }"), undefined);
  assert.equal(given("while (!a.load()) s.setter = 1;"), undefined);
  assert.equal(given("while (s.setter < 3) $std.yieldNow();"), undefined);
  assert.equal(given("for (let i = 0; i < 3; i++) m.lock();"), undefined);
  assert.equal(given("while (i < 3) { m.lock(); i += 1; }"), undefined);
  assert.equal(given("while (i < 3) i = next;"), undefined);
});

test("a loop may call functions that do nothing but look, and no others", () => {
  assert.ok(
    isSpin("while (!isUp()) {} function isUp() { const up = flag.load(); return up > 1; }"),
  );
  assert.ok(
    isSpin(
      "while (!all()) {} function all() { return one(); } function one() { return a.load(); }",
    ),
  );
  assert.ok(!isSpin("while (!isUp()) {} function isUp() { asked++; return flag.load(); }"));
  assert.ok(!isSpin("while (!isUp()) {} function isUp() { return isUp() || flag.load(); }"));
  assert.ok(!isSpin("while (!isUp()) {} async function isUp() { return flag.load(); }"));
});
