/**
 * What we declare fits the contract that programs of others are written against (`fixtures/contract.d.ts`): every value of it is there with
 * a type that can stand for the contract's, every type has what the contract says. Names alone would not tell a parameter that
 * is missing, or a result that lost a member.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { LIBRARY } from "../../src/std/library.ts";

const CONTRACT = path.join(import.meta.dirname, "fixtures/contract.d.ts");
const TYPES = path.join(import.meta.dirname, "../../src/std/types");
const MODULES = Object.keys(LIBRARY).map((name) => name.replace("threadloom:", ""));

interface Declared {
  readonly name: string;
  readonly parameters: number;
}

/** The types that each module of the contract exports, with how many parameters they take. */
function declaredTypes(): Map<string, Declared[]> {
  const text = readFileSync(CONTRACT, "utf8");
  const { statements } = ts.createSourceFile(CONTRACT, text, ts.ScriptTarget.Latest, true);
  const found = new Map<string, Declared[]>();
  for (const module of statements.filter(ts.isModuleDeclaration)) {
    assert.ok(module.body !== undefined && ts.isModuleBlock(module.body));
    const types = module.body.statements.filter(
      (one) =>
        ts.isInterfaceDeclaration(one) ||
        ts.isClassDeclaration(one) ||
        ts.isTypeAliasDeclaration(one),
    );
    found.set(
      module.name.text.replace("contract:", ""),
      types.map(({ name, typeParameters }) => ({
        name: name!.text,
        parameters: typeParameters?.length ?? 0,
      })),
    );
  }
  return found;
}

/** What the compiler says of a file that imports both. */
function complaints(text: string): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), "threadloom-contract-"));
  try {
    const file = path.join(folder, "fits.ts");
    writeFileSync(file, text);
    const files = [...MODULES.map((name) => path.join(TYPES, `${name}.d.ts`)), CONTRACT, file];
    const program = ts.createProgram(files, {
      ...{ strict: true, noEmit: true, types: [] },
      // The contract speaks of `URL`, which every host has.
      lib: ["lib.esnext.d.ts", "lib.dom.d.ts"],
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    });
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const both = (module: string): string =>
  `import * as ours from "threadloom:${module}";\nimport * as theirs from "contract:${module}";\n`;

test("the contract has every module that there is", () => {
  assert.deepEqual([...declaredTypes().keys()].sort(), MODULES.toSorted());
});

for (const module of MODULES) {
  test(`threadloom:${module}: every function and class can stand for the contract's`, () => {
    const text = `${both(module)}export const fits: typeof theirs = ours;\n`;
    assert.deepEqual(complaints(text), []);
  });

  test(`threadloom:${module}: every type has what the contract says`, () => {
    const lines = (declaredTypes().get(module) ?? []).map(({ name, parameters }, index) => {
      const given = parameters === 0 ? "" : `<${Array(parameters).fill("string").join()}>`;
      return `export declare const our${index}: ours.${name}${given};\nexport const fits${index}: theirs.${name}${given} = our${index};`;
    });
    assert.deepEqual(complaints(`${both(module)}${lines.join("\n")}\n`), []);
  });
}

test("what does not fit is told", () => {
  const found = complaints(
    `${both("std")}export const wrong: typeof theirs.spawn = ours.sleep;\nexport type Gone = theirs.NoSuchName;\n`,
  );
  assert.equal(found.length, 2);
});
