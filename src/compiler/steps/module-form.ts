/**
 * The form of a module: imports become references, exports become boxes, and the person's statements the body of
 * `$m.main`, headed by what the engine asks of a module (bodies of its threads, conditions, what its variables hold).
 *
 * That body is a block whose original is the source file: to later steps it is the module's scope.
 */
import ts from "typescript";
import { TRANSFORM_MESSAGES } from "../../base/catalogue/transform.ts";
import type { Target } from "../exports.ts";
import type { Module } from "../module.ts";
import { boxOf, memberOf, setDefault } from "../references.ts";
import { conditionExpression } from "./conditions.ts";
import { constantEnum } from "./enums.ts";
import type { Step } from "./step.ts";

const { factory } = ts;

export const moduleForm: Step = {
  name: "module form",
  does: "puts top-level code into `$m.main`, and imports and exports into boxes",
  transform: (module) => () => (file) => {
    const main = [...setUp(module), ...file.statements.flatMap((one) => topLevel(one, module))];
    const body = ts.setOriginalNode(module.build.block(main), file);
    const mainFunction = factory.createFunctionExpression(
      module.scopes.awaits ? [factory.createModifier(ts.SyntaxKind.AsyncKeyword)] : undefined,
      undefined,
      undefined,
      undefined,
      [],
      undefined,
      body,
    );
    const { assign, statement } = module.build;
    const define = statement(assign(module.build.module("main"), mainFunction));
    return factory.updateSourceFile(file, [
      ...importConstants(module),
      ...constantEnums(module),
      define,
    ]);
  },
};

/** `const $std = $.std("threadloom:std")`, `const $x0 = $m.external(0)`: at hand in every function of the module. */
function importConstants(module: Module): ts.Statement[] {
  const { build, names, stds, externals } = module;
  for (const binding of module.scopes.module.bindings.values()) {
    const target = module.target(binding);
    if (target === undefined || binding.references.length === 0) continue;
    if (target.kind === "std") stds.of(target.module);
    if (target.kind === "external") externals.of(target.specifier);
  }
  return [
    ...stds.items.map((name, index) =>
      build.constant(names.std(index), build.callRuntime("std", build.text(name))),
    ),
    ...externals.items.map((_, index) =>
      build.constant(names.external(index), build.callModule("external", build.number(index))),
    ),
  ];
}

/** Enums of constants are made where the module is defined: every thread has them. */
function constantEnums(module: Module): ts.Statement[] {
  return [...module.constantEnums].map(({ declarations, name }) =>
    module.build.constant(name, constantEnum(module, declarations[0] as ts.EnumDeclaration)),
  );
}

function setUp(module: Module): ts.Statement[] {
  const { build, annotations } = module;
  const statements = reExports(module);
  const put = (list: string, index: number, value: ts.Expression): void => {
    const slot = factory.createElementAccessExpression(build.module(list), build.number(index));
    statements.push(build.statement(build.assign(slot, build.arrow([], value))));
  };
  annotations.threads.forEach(({ declaration }, index) => {
    const binding = ts.isIdentifier(declaration.name!)
      ? module.scopes.bindingOf.get(declaration.name)
      : undefined;
    if (binding !== undefined) put("threads", index, module.use(binding));
  });
  [...annotations.finals, ...annotations.invariants].forEach((condition, index) =>
    put("conditions", index, conditionExpression(module, condition)),
  );
  const roots = findRoots(module);
  if (roots !== undefined) statements.push(roots);
  return statements;
}

/**
 * `$m.roots`: what the module's variables hold. Asked for at any time, so variables that are not initialised yet end
 * the list: they are initialised in the order of the text.
 */
function findRoots(module: Module): ts.Statement | undefined {
  const { build, names } = module;
  const list = names.fresh("r");
  const pushes: ts.Statement[] = [];
  for (const binding of module.scopes.module.bindings.values()) {
    if (binding.kind !== "variable" && binding.kind !== "var") continue;
    if (binding.literal !== undefined || module.shared.has(binding)) continue;
    pushes.push(
      build.statement(build.call(build.get(build.id(list), "push"), [module.use(binding)])),
    );
  }
  if (pushes.length === 0) return undefined;
  const body = build.block([
    build.constant(list, factory.createArrayLiteralExpression()),
    factory.createTryStatement(
      build.block(pushes),
      factory.createCatchClause(undefined, build.block([])),
      undefined,
    ),
    factory.createReturnStatement(build.id(list)),
  ]);
  return build.statement(build.assign(build.module("roots"), build.arrow([], body)));
}

/** Names exported a second time, or for another file: the same box under this file's name. */
function reExports(module: Module): ts.Statement[] {
  const { build, file, resolver } = module;
  const statements: ts.Statement[] = [];
  for (const name of resolver.namesOf(file)) {
    const target = exportTarget(module, name);
    if (target === undefined) continue;
    const box = build.get(build.module("boxes"), name);
    if (target.kind !== "box")
      statements.push(build.statement(build.assign(build.get(box, "v"), memberOf(module, target))));
    else if (target.file !== file || target.name !== name)
      statements.push(build.statement(build.assign(box, boxOf(module, target))));
  }
  for (const [binding, name] of module.exports.boxName)
    if (module.constantEnums.has(binding)) {
      const box = build.get(build.get(build.module("boxes"), name), "v");
      statements.push(build.statement(build.assign(box, build.id(binding.name))));
    }
  for (const statement of file.statements) reportStar(statement, module);
  return statements;
}

/** What an exported name stands for, one step on. */
function exportTarget(module: Module, name: string): Target | undefined {
  const { file, resolver, exports } = module;
  const own = exports.named.get(name);
  switch (own?.kind) {
    case "from":
      return resolver.importOf(file, own.specifier, own.name);
    case "namespace":
      return resolver.importOf(file, own.specifier, undefined);
    case "local":
      return module.target(own.binding) ?? resolver.exportOf(file, name);
    case "value":
    case undefined:
      return resolver.exportOf(file, name);
  }
}

function reportStar(statement: ts.Statement, module: Module): void {
  if (!ts.isExportDeclaration(statement) || statement.exportClause !== undefined) return;
  const specifier = statement.moduleSpecifier;
  if (specifier === undefined || !ts.isStringLiteral(specifier) || statement.isTypeOnly) return;
  if (module.loaded.resolveImport(module.file, specifier.text).kind !== "external") return;
  const range = { pos: statement.getStart(module.file), end: statement.end };
  module.report(TRANSFORM_MESSAGES.starExport, { specifier: specifier.text }, range, "warning");
}

function topLevel(statement: ts.Statement, module: Module): ts.Statement[] {
  const { build } = module;
  if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return [];
  if (ts.isImportEqualsDeclaration(statement)) {
    return ts.isExternalModuleReference(statement.moduleReference)
      ? []
      : [withoutExport(statement)];
  }
  if (ts.isEnumDeclaration(statement)) {
    const binding = module.scopes.bindingOf.get(statement.name);
    if (binding !== undefined && module.constantEnums.has(binding)) return [];
  }
  if (ts.isExportAssignment(statement)) {
    const binding = ts.isIdentifier(statement.expression)
      ? module.scopes.module.bindings.get(statement.expression.text)
      : undefined;
    if (binding?.kind === "import") return [];
    return [at(statement, build.statement(setDefault(module, statement.expression)))];
  }
  if (ts.isClassDeclaration(statement) && statement.name === undefined) {
    const value = factory.createClassExpression(
      statement.modifiers?.filter(ts.isDecorator),
      undefined,
      statement.typeParameters,
      statement.heritageClauses,
      statement.members,
    );
    return [
      build.statement(setDefault(module, at(statement, ts.setOriginalNode(value, statement)))),
    ];
  }
  return [withoutExport(statement)];
}

const at = <T extends ts.Node>(range: ts.Node, node: T): T => ts.setTextRange(node, range);

function withoutExport<T extends ts.Statement>(statement: T): T {
  if (!ts.canHaveModifiers(statement)) return statement;
  const all: readonly ts.ModifierLike[] = statement.modifiers ?? [];
  const kept = all.filter(
    ({ kind }) => kind !== ts.SyntaxKind.ExportKeyword && kind !== ts.SyntaxKind.DefaultKeyword,
  );
  if (kept.length === all.length) return statement;
  return factory.replaceModifiers(statement, kept as ts.Modifier[]) as ts.Statement as T;
}
