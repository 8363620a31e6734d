/** Modules and names that belong to the process of the tests, and mean nothing in a program that is explored. */
import ts from "typescript";

const MODULES = /^(?:vitest|@vitest\/.+|@jest\/globals|node:test|bun:test|threadloom\/.+)$/;

/** What runners put among the globals where they are asked to, or always. */
const GLOBALS: ReadonlySet<string> = new Set([
  ...["expect", "test", "it", "describe", "suite", "jest", "vi"],
  ...["beforeEach", "afterEach", "beforeAll", "afterAll"],
]);

/** The module that a statement imports from, if it is one of a test runner. */
export function frameworkOf(statement: ts.Statement): string | undefined {
  const name = ts.isImportDeclaration(statement)
    ? textOf(statement.moduleSpecifier)
    : ts.isVariableStatement(statement)
      ? requiredBy(statement)
      : undefined;
  return name !== undefined && MODULES.test(name) ? name : undefined;
}

/** For a name that the file does not declare. */
export function globalFramework(name: string): string | undefined {
  return GLOBALS.has(name) ? "the test runner" : undefined;
}

function requiredBy({ declarationList }: ts.VariableStatement): string | undefined {
  for (const { initializer } of declarationList.declarations) {
    if (initializer === undefined || !ts.isCallExpression(initializer)) continue;
    const { expression, arguments: given } = initializer;
    if (ts.isIdentifier(expression) && expression.text === "require") return textOf(given[0]);
  }
  return undefined;
}

function textOf(node: ts.Expression | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}
