/**
 * What a file exports and what an import means, read off the text: each exported variable lives in one box of the file
 * that declares it, so an import leads, through any re-exports, to that file and that box.
 *
 * Left out: `export *` of an npm package, whose names the text does not tell. `export default name` of an imported name
 * stands for the variable, where ECMA-262 takes its value once.
 */
import ts from "typescript";
import type { LoadedProgram } from "./loaded.ts";
import { boundNames } from "./scopes/declare.ts";
import type { Binding, Scopes } from "./scopes/scope.ts";

export type Export =
  | { readonly kind: "local"; readonly binding: Binding }
  /** `export default expression`, or a default function or class without a name. */
  | { readonly kind: "value" }
  | { readonly kind: "from"; readonly specifier: string; readonly name: string }
  | { readonly kind: "namespace"; readonly specifier: string };

export interface Exports {
  readonly named: ReadonlyMap<string, Export>;
  /** Specifiers of `export * from`. */
  readonly stars: readonly string[];
  /** The name of the box that an exported variable lives in: the first that it is exported by. */
  readonly boxName: ReadonlyMap<Binding, string>;
}

export type Target =
  | { readonly kind: "box"; readonly file: ts.SourceFile; readonly name: string }
  | { readonly kind: "namespace"; readonly file: ts.SourceFile }
  | { readonly kind: "std"; readonly module: string; readonly name: string | undefined }
  | { readonly kind: "external"; readonly specifier: string; readonly name: string | undefined };

const isDefault = (node: ts.Node): boolean => hasModifier(node, ts.SyntaxKind.DefaultKeyword);

const hasModifier = (node: ts.Node, kind: ts.SyntaxKind): boolean =>
  ts.canHaveModifiers(node) &&
  ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) === true;

function readExports(scopes: Scopes): Exports {
  const named = new Map<string, Export>();
  const stars: string[] = [];
  const boxName = new Map<Binding, string>();
  const addLocal = (name: string, local: string): void => {
    const binding = scopes.module.bindings.get(local);
    if (binding === undefined) return; // a type
    named.set(name, { kind: "local", binding });
    if (binding.kind !== "import" && !boxName.has(binding)) boxName.set(binding, name);
  };
  for (const statement of scopes.file.statements) {
    if (ts.isExportDeclaration(statement)) {
      if (!statement.isTypeOnly) readExportDeclaration(statement, named, stars, addLocal);
    } else if (ts.isExportAssignment(statement)) {
      if (ts.isIdentifier(statement.expression) && isImported(statement.expression.text, scopes))
        addLocal("default", statement.expression.text);
      else named.set("default", { kind: "value" });
    } else if (hasModifier(statement, ts.SyntaxKind.ExportKeyword)) {
      if (ts.isVariableStatement(statement)) {
        for (const declaration of statement.declarationList.declarations)
          for (const name of boundNames(declaration.name)) addLocal(name.text, name.text);
      } else if (
        ts.isFunctionDeclaration(statement) ||
        ts.isClassDeclaration(statement) ||
        ts.isEnumDeclaration(statement) ||
        ts.isModuleDeclaration(statement)
      ) {
        if (statement.name === undefined) named.set("default", { kind: "value" });
        else addLocal(isDefault(statement) ? "default" : statement.name.text, statement.name.text);
      }
    }
  }
  return { named, stars, boxName };
}

const isImported = (name: string, scopes: Scopes): boolean =>
  scopes.module.bindings.get(name)?.kind === "import";

function readExportDeclaration(
  statement: ts.ExportDeclaration,
  named: Map<string, Export>,
  stars: string[],
  addLocal: (name: string, local: string) => void,
): void {
  const specifier =
    statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier)
      ? statement.moduleSpecifier.text
      : undefined;
  const clause = statement.exportClause;
  if (clause === undefined) {
    if (specifier !== undefined) stars.push(specifier);
  } else if (ts.isNamespaceExport(clause)) {
    if (specifier !== undefined) named.set(clause.name.text, { kind: "namespace", specifier });
  } else {
    for (const element of clause.elements) {
      if (element.isTypeOnly) continue;
      const local = (element.propertyName ?? element.name).text;
      if (specifier === undefined) addLocal(element.name.text, local);
      else named.set(element.name.text, { kind: "from", specifier, name: local });
    }
  }
}

export interface Resolver {
  readonly exportsOf: (file: ts.SourceFile) => Exports;
  /** Every name that a file exports, those of `export * from` an own file included. */
  readonly namesOf: (file: ts.SourceFile) => string[];
  /** What a file exports under a name. */
  readonly exportOf: (file: ts.SourceFile, name: string) => Target | undefined;
  /** What `import { name } from specifier` in `file` means; nothing if there is no such value. */
  readonly importOf: (
    file: ts.SourceFile,
    specifier: string,
    name: string | undefined,
    seen?: Set<string>,
  ) => Target | undefined;
}

export function makeResolver(
  loaded: LoadedProgram,
  scopesOf: (file: ts.SourceFile) => Scopes,
): Resolver {
  const known = new Map<ts.SourceFile, Exports>();
  const exportsOf = (file: ts.SourceFile): Exports => {
    const exports = known.get(file) ?? readExports(scopesOf(file));
    known.set(file, exports);
    return exports;
  };
  const importOf = (
    file: ts.SourceFile,
    specifier: string,
    name: string | undefined,
    seen = new Set<string>(),
  ): Target | undefined => {
    const resolved = loaded.resolveImport(file, specifier);
    switch (resolved.kind) {
      case "own":
        if (name === undefined) return { kind: "namespace", file: resolved.file };
        return exportOf(resolved.file, name, seen);
      case "std":
        return { kind: "std", module: resolved.name, name };
      case "external":
        return { kind: "external", specifier: resolved.specifier, name };
      case "missing":
        return { kind: "external", specifier, name };
    }
  };
  const exportOf = (
    file: ts.SourceFile,
    name: string,
    seen = new Set<string>(),
  ): Target | undefined => {
    const key = `${file.fileName}\0${name}`;
    if (seen.has(key)) return undefined; // a circle of re-exports exports nothing
    seen.add(key);
    const exports = exportsOf(file);
    const found = exports.named.get(name);
    if (found === undefined) {
      if (name === "default") return undefined;
      for (const specifier of exports.stars) {
        const target = importOf(file, specifier, name, seen);
        if (target !== undefined && target.kind !== "external") return target;
      }
      return undefined;
    }
    const here: Target = { kind: "box", file, name };
    switch (found.kind) {
      case "value":
        return here;
      case "namespace":
        return here;
      case "from": {
        const target = importOf(file, found.specifier, found.name, seen);
        return target?.kind === "external" ? here : target;
      }
      case "local": {
        const imported = importTarget(file, found.binding, importOf, seen);
        if (imported === undefined)
          return { kind: "box", file, name: exports.boxName.get(found.binding) ?? name };
        return imported.kind === "external" || imported.kind === "namespace" ? here : imported;
      }
    }
  };
  const namesOf = (file: ts.SourceFile, seen = new Set<ts.SourceFile>()): string[] => {
    if (seen.has(file)) return [];
    seen.add(file);
    const { named, stars } = exportsOf(file);
    const names = new Set(named.keys());
    for (const specifier of stars) {
      const from = loaded.resolveImport(file, specifier);
      if (from.kind !== "own") continue;
      for (const name of namesOf(from.file, seen)) if (name !== "default") names.add(name);
    }
    return [...names];
  };
  return { exportsOf, exportOf, importOf, namesOf };
}

/** What an imported name of `file` means; nothing for a name that is no import, or has no value. */
export function importTarget(
  file: ts.SourceFile,
  binding: Binding,
  importOf: (
    file: ts.SourceFile,
    specifier: string,
    name: string | undefined,
    seen?: Set<string>,
  ) => Target | undefined,
  seen?: Set<string>,
): Target | undefined {
  const declaration = binding.declarations[0];
  if (binding.kind !== "import" || declaration === undefined) return undefined;
  const specifier = specifierOf(declaration);
  if (specifier === undefined) return undefined;
  if (ts.isImportClause(declaration)) return importOf(file, specifier, "default", seen);
  if (ts.isImportSpecifier(declaration))
    return importOf(file, specifier, (declaration.propertyName ?? declaration.name).text, seen);
  return importOf(file, specifier, undefined, seen);
}

function specifierOf(declaration: ts.Node): string | undefined {
  if (ts.isImportEqualsDeclaration(declaration)) {
    const reference = declaration.moduleReference;
    return ts.isExternalModuleReference(reference) && ts.isStringLiteral(reference.expression)
      ? reference.expression.text
      : undefined;
  }
  let node: ts.Node | undefined = declaration;
  while (node !== undefined && !ts.isImportDeclaration(node)) node = node.parent;
  return node !== undefined && ts.isStringLiteral(node.moduleSpecifier)
    ? node.moduleSpecifier.text
    : undefined;
}
