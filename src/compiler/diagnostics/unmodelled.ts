/** What the engines neither see nor control: named at its place, never silently passed over. */
import ts from "typescript";
import { CHECK_MESSAGES as MESSAGES } from "../../base/catalogue/compiler-checks.ts";
import { symbolOf } from "./captures.ts";
import { reportAt, type Checking } from "./checking.ts";

const LOCKS = "Use Mutex, Semaphore or Condvar of threadloom:std.";
const THREADS = "Start threads by spawn of threadloom:std.";
const PROCESSES =
  "What another process does is its own; wait for its end outside of what is to be explored.";

type Instead = readonly [what: string, instead: string];

const LOCK_PACKAGES =
  "async-mutex async-lock await-lock await-semaphore async-sema semaphore semaphore-async-await locks mutexify rwlock " +
  "async-rwlock p-limit p-queue p-mutex proper-lockfile @sapphire/async-queue live-mutex";
const THREAD_PACKAGES = "multithreading threads workerpool piscina tinypool comlink";

/** By the specifier, without `node:`. */
const MODULES: ReadonlyMap<string, Instead> = new Map<string, Instead>([
  ["worker_threads", ["workers of node:worker_threads", THREADS]],
  ["cluster", ["processes of node:cluster", PROCESSES]],
  ["child_process", ["processes of node:child_process", PROCESSES]],
  ...LOCK_PACKAGES.split(" ").map((name): [string, Instead] => [
    name,
    [`the locks and queues of ${name}`, LOCKS],
  ]),
  ...THREAD_PACKAGES.split(" ").map((name): [string, Instead] => [
    name,
    [`the threads of ${name}`, THREADS],
  ]),
]);

const CLOCK = "To wait, use sleep or a channel; for order in time, joins and conditions.";
const CHANCE =
  "Use random() or choose(n) of threadloom:std: they are explored, recorded and replayed.";

/** Members of globals. */
const OUTSIDE: ReadonlyMap<string, string> = new Map([
  ["Date.now", CLOCK],
  ["performance.now", CLOCK],
  ["process.hrtime", CLOCK],
  ["process.uptime", CLOCK],
  ["Math.random", CHANCE],
  ["crypto.randomUUID", CHANCE],
  ["crypto.getRandomValues", CHANCE],
]);

const MEMORY = "Use a @shared variable, an atomic or a Mutex.";
const MADE: ReadonlyMap<string, Instead> = new Map([
  ["SharedArrayBuffer", ["memory of a SharedArrayBuffer", MEMORY]],
  ["Worker", ["a Worker of one's own", THREADS]],
  ["SharedWorker", ["a SharedWorker", THREADS]],
  ["BroadcastChannel", ["a BroadcastChannel", "Use channel() of threadloom:std."]],
]);

export function checkUnmodelled(checking: Checking): void {
  for (const file of checking.files) {
    for (const statement of file.statements) checkImport(statement, checking);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node)) checkCall(node, checking);
      else if (ts.isNewExpression(node)) checkNew(node, checking);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
}

function checkImport(statement: ts.Statement, checking: Checking): void {
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return;
  const { moduleSpecifier } = statement;
  if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) return;
  const typesOnly = ts.isImportDeclaration(statement)
    ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
    : statement.isTypeOnly;
  if (!typesOnly) checkModule(moduleSpecifier, checking);
}

function checkModule(specifier: ts.StringLiteralLike, checking: Checking): void {
  const found = MODULES.get(specifier.text.replace(/^node:/, ""));
  if (!found) return;
  const [what, instead] = found;
  reportAt(specifier, checking, MESSAGES.unmodelled, { what, instead }, { severity: "warning" });
}

function checkCall(call: ts.CallExpression, checking: Checking): void {
  const callee = call.expression;
  if (
    callee.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(callee) && callee.text === "require")
  ) {
    const [argument] = call.arguments;
    if (argument && ts.isStringLiteralLike(argument)) checkModule(argument, checking);
    return;
  }
  if (!ts.isPropertyAccessExpression(callee)) return;
  const { expression: object, name } = callee;
  if (ts.isPropertyAccessExpression(object) && object.name.text === "hrtime") {
    checkOutside(object, `${object.getText()}.${name.text}`, checking);
    return;
  }
  if (!ts.isIdentifier(object)) return;
  if (object.text === "Atomics" && isGlobal(object, checking)) {
    const values = {
      what: `Atomics.${name.text} on a buffer of one's own`,
      instead: "Use AtomicI32, AtomicI64 or AtomicBool of threadloom:std.",
    };
    reportAt(callee, checking, MESSAGES.unmodelled, values, { severity: "warning" });
    return;
  }
  checkOutside(callee, `${object.text}.${name.text}`, checking);
}

function checkOutside(callee: ts.PropertyAccessExpression, what: string, checking: Checking): void {
  const object = callee.expression;
  const instead = OUTSIDE.get(`${object.getText()}.${callee.name.text}`);
  if (instead === undefined || !ts.isIdentifier(object) || !isGlobal(object, checking)) return;
  reportAt(
    callee,
    checking,
    MESSAGES.outside,
    { what: `${what}()`, instead },
    { severity: "information" },
  );
}

function checkNew(made: ts.NewExpression, checking: Checking): void {
  const { expression: of, arguments: given } = made;
  if (!ts.isIdentifier(of)) return;
  if (of.text === "Date" && !given?.length && isGlobal(of, checking)) {
    const values = { what: "new Date()", instead: CLOCK };
    reportAt(made, checking, MESSAGES.outside, values, { severity: "information" });
    return;
  }
  const found = MADE.get(of.text);
  if (!found || !isGlobal(of, checking)) return;
  const [what, instead] = found;
  reportAt(made, checking, MESSAGES.unmodelled, { what, instead }, { severity: "warning" });
}

/** Not declared in a file of the person's; what is not declared at all is a global, too. */
function isGlobal(name: ts.Identifier, { checker, isOwn }: Checking): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) {
    // An import: `performance` of node:perf_hooks is the global one; other names are told by their modules.
    return name.text === "performance" || name.text === "process" || name.text === "crypto";
  }
  const declaration = symbolOf(name, checker)?.declarations?.[0];
  return !declaration || !isOwn(declaration.getSourceFile());
}
