import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { LIBRARY } from "../../src/std/library.ts";
import { samples } from "./samples.ts";

const root = path.join(import.meta.dirname, "../..");
const MODULES = Object.entries(LIBRARY).map(([specifier, exports]) => {
  const name = specifier.replace("threadloom:", "");
  return { name, exports, declarations: path.join(root, `src/std/types/${name}.d.ts`) };
});

/** What `tsc` says of these files, with the declarations beside them. */
function complaints(files: readonly string[], types: string[]): string[] {
  const program = ts.createProgram([...files, path.join(root, "src/std/types/std.d.ts")], {
    ...{ strict: true, noEmit: true, skipLibCheck: false, types, typeRoots: [] },
    lib: ["lib.esnext.d.ts"],
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    allowImportingTsExtensions: true,
  });
  return ts.getPreEmitDiagnostics(program).map((one) => {
    const text = ts.flattenDiagnosticMessageText(one.messageText, "\n");
    const where = one.file?.getLineAndCharacterOfPosition(one.start ?? 0);
    return `${path.basename(one.file?.fileName ?? "")}:${(where?.line ?? -1) + 1} ${text}`;
  });
}

test("the declarations need nothing but the language's own library", () => {
  assert.deepEqual(complaints([], []), []);
});

test("every sample in the documentation is valid for tsc", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "threadloom-samples-"));
  try {
    // Samples print and set timers; the declarations themselves need none of that.
    const globals = path.join(folder, "globals.d.ts");
    writeFileSync(
      globals,
      `declare const console: Record<"log" | "error", (...what: unknown[]) => void>;
       declare function setTimeout(callback: () => void, duration: number): unknown;
       declare function queueMicrotask(callback: () => void): void;`,
    );
    writeFileSync(path.join(folder, "package.json"), `{ "type": "module" }`);
    const files = samples().map(({ place, text }) => {
      const file = path.join(folder, `${place.replace(/[/:]/g, "-")}.ts`);
      writeFileSync(file, text);
      return file;
    });
    assert.ok(files.length > 25, `only ${files.length} samples were found`);
    assert.deepEqual(complaints([globals, ...files], []), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Its sample would hold a comment, and no comment can stand in one. */
const WITHOUT_SAMPLE = new Set(["snapshot"]);

for (const { name: module, exports, declarations } of MODULES) {
  test(`${module}: what is declared is what there is`, () => {
    const text = readFileSync(declarations, "utf8");
    const declared = [...text.matchAll(/^ {2}export (?:function|class) (\w+)/gm)].map(
      ([, name]) => name,
    );
    assert.deepEqual(declared.toSorted(), Object.keys(exports).toSorted());
  });

  test(`${module}: every exported name has a docstring with an example`, () => {
    const text = readFileSync(declarations, "utf8");
    const source = ts.createSourceFile("module.d.ts", text, ts.ScriptTarget.Latest, true);
    const body = source.statements.find(ts.isModuleDeclaration)?.body;
    assert.ok(body && ts.isModuleBlock(body));
    for (const statement of body.statements) {
      const name = (statement as ts.Statement & { name: ts.Identifier }).name.text;
      const nodes = [
        statement,
        ...(ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement)
          ? statement.members
          : []),
      ];
      for (const node of nodes) {
        assert.ok(ts.getJSDocCommentsAndTags(node).length > 0, `${name}: ${node.getText(source)}`);
      }
      const tags = nodes.flatMap((node) => ts.getJSDocTags(node));
      const hasExample = tags.some((tag) => tag.tagName.text === "example");
      assert.ok(hasExample || WITHOUT_SAMPLE.has(name), `${name} has no example`);
    }
  });
}
