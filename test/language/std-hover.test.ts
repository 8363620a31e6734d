import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import ts from "typescript";
import { readDeclarations } from "../../src/language/hover/declarations.ts";
import { stdHoverAt } from "../../src/language/hover/std-hover.ts";

const DECLARATIONS = readFileSync(new URL("../../src/std/types/std.d.ts", import.meta.url), "utf8");
const std = readDeclarations(DECLARATIONS)!;

/** What the hover at `‸` is about, `?` where the owner is a guess. */
function about(marked: string): string | undefined {
  const hover = stdHoverAt(marked.replace("‸", ""), marked.indexOf("‸"), std);
  if (!hover) return undefined;
  if (hover.module) return hover.module.name;
  const names = hover.declarations.map(({ owner, name }) => (owner ? `${owner}.${name}` : name));
  return names.join(" ") + (hover.guessed ? " ?" : "");
}

const IMPORT =
  'import { channel, Mutex, spawn, type Receiver, Condvar as Condition, current } from "threadloom:std";\n';

function check(program: string, expected: string | undefined) {
  assert.equal(about(IMPORT + program), expected, program);
}

test("a name that is imported is explained, wherever it stands", () => {
  check("sp‸awn(() => {});", "spawn");
  check("const a: Rec‸eiver<number> = b;", "Receiver");
  check("const c = new ‸Condition();", "Condvar");
  check("new Mut‸ex(0);", "Mutex.constructor Mutex");
  assert.equal(about('import { sp‸awn as start } from "threadloom:std";'), "spawn");
  assert.equal(about('import * as std from "threadloom:std";\nstd.spa‸wn(f);'), "spawn");
  assert.equal(about('import { spawn } from "threadloom‸:std";'), "threadloom:std");
});

test("what is not imported, or is no code, is not explained", () => {
  check("sle‸ep(1);", undefined);
  check('"spa‸wn";', undefined);
  check("// spa‸wn", undefined);
  check("({ spa‸wn: 1 });", undefined);
  assert.equal(about('import { spawn } from "other";\nspa‸wn();'), undefined);
  assert.equal(about("const spawn = 1;\nspa‸wn;"), undefined);
});

test("a member is known by how the thing before the dot was made", () => {
  check("const db = new Mutex<number[]>([]);\ndb.lo‸ck();", "Mutex.lock");
  check("const db = new Mutex(0);\nusing guard = db.lock();\nguard.val‸ue;", "MutexGuard.value");
  check("const [tx, rx] = channel<string>();\nrx.clo‸ne();", "Receiver.clone");
  check("const [tx, rx] = channel<string>();\ntx.clo‸ne();", "Sender.clone");
  check("spawn(() => { a.b(); }, { name: `x${1}` }).jo‸in();", "JoinHandle.join");
  check("current().na‸me;", "Thread.name");
  check("const { thread } = spawn(f);\nthread.i‸d;", "Thread.id");
  check(
    "function work(rx: Receiver<Map<string, number>>, n: number) { rx.clo‸ne(); }",
    "Receiver.clone",
  );
  check("const m = new Mutex();\nm.tryLock()?.unl‸ock();", "MutexGuard.unlock");
  check("const m = new Mutex();\nm\n  .lo‸ck();", "Mutex.lock");
  check("new Condition().wai‸t(g);", "Condvar.wait");
});

test("a member of what is surely something else is not explained", () => {
  check("const names = ['a'];\nnames.jo‸in();", undefined);
  check("const names = Array.from('ab');\nnames.jo‸in();", undefined);
  check("const db = new Mutex([]);\nusing g = db.lock();\ng.value.jo‸in();", undefined);
  check("const db = new Other();\ndb.lo‸ck();", undefined);
});

test("where the owner can't be known by name, all that it may be are offered, as a guess", () => {
  check("for (const handle of handles) handle.jo‸in();", "JoinHandle.join ?");
  check("handles[0].jo‸in();", "JoinHandle.join ?");
  const ends = ["Sender", "Receiver", "OneshotSender", "OneshotReceiver"];
  const others = ["WatchSender", "WatchReceiver", "BroadcastSender"];
  const drops = [...ends, ...others].map((end) => `${end}.drop`);
  check("function f(end) { end.dr‸op(); }", `${drops.join(" ")} ?`);
  check("console.lo‸g();", undefined);
});

test("every name and member that TypeScript finds in the declarations is found here, with its words", () => {
  const source = ts.createSourceFile("std.d.ts", DECLARATIONS, ts.ScriptTarget.Latest, true);
  const module = source.statements.find(ts.isModuleDeclaration)!;
  const seen: string[] = [];
  const take = (node: ts.Node & { name?: ts.Node }, owner?: string) => {
    const name = node.name?.getText(source) ?? "constructor";
    const found = owner ? std.members.get(owner)?.get(name) : std.exports.get(name);
    seen.push(owner ? `${owner}.${name}` : name);
    assert.ok(found, seen.at(-1));
    const written = node
      .getText(source)
      .replace(/^export |;$/g, "")
      .replace(/\s+/g, " ");
    const head = written.split(/ \{ (?=\/\*\*|$)| \{\}$/)[0].replace(/ extends .*/, "");
    const shown = found.signature.replace(/^\(\w+\) (?:new \w+|\w+\.)/, "");
    assert.ok(
      shown.includes(head.replace(/^(?:static |readonly |constructor)/, "")),
      `${found.signature} | ${head}`,
    );
    const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
    const first = ts.getTextOfJSDocComment(doc?.comment)?.split(/[\n{]/)[0] ?? "";
    if (first !== "") assert.ok(found.documentation.includes(first.trim()), found.documentation);
  };
  for (const statement of (module.body as ts.ModuleBlock).statements) {
    take(statement);
    if (!ts.isClassDeclaration(statement) && !ts.isInterfaceDeclaration(statement)) continue;
    for (const member of statement.members) {
      // What nobody can call is not told.
      const isPrivate = ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private;
      if (isPrivate === 0) take(member, statement.name!.text);
    }
  }
  assert.ok(seen.length > 60, `${seen.length} names`);
  assert.equal(
    seen.length,
    std.exports.size + [...std.members.values()].reduce((sum, { size }) => sum + size, 0),
  );
});

test("documentation reads as VS Code's TypeScript shows it", () => {
  const { documentation, signature } = std.exports.get("spawn")!;
  assert.match(signature, /^function spawn<T>\(body: \(\) => T/);
  assert.match(documentation, /^Starts a new thread that runs `body`/);
  assert.match(documentation, /\n\n\*@param\* `options` — `name` is what/);
  assert.match(documentation, /\n\n\*@throws\* — `NotSendError` when/);
  assert.match(documentation, /\n\n\*@example\*\n\n```ts\nimport \{/);
  assert.match(documentation, /\[Using threads to run code simultaneously\]\(https:\/\/doc\.rust/);
  assert.doesNotMatch(documentation, /\{@link/);
});
