import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { findPrograms } from "../../src/cli/check/programs.ts";
import { sourceHash } from "../../src/cli/check/source-hash.ts";
import type { CompiledProgram } from "../../src/protocol/program.ts";
import { folderWith } from "./command.ts";

const PROGRAM = "// @threadloom\n";

function found(...places: string[]): readonly string[] {
  const programs = findPrograms(places);
  assert.ok("files" in programs);
  return programs.files;
}

test("a thousand programs in one folder are found, by their names, and each once", () => {
  using made = folderWith({});
  const { folder } = made;
  for (let index = 0; index < 1000; index++) {
    writeFileSync(path.join(folder, `p${String(index).padStart(4, "0")}.ts`), PROGRAM);
    writeFileSync(path.join(folder, `q${index}.ts`), `export const x = ${index};\n`);
  }
  const files = found(folder, path.join(folder, "p0500.ts"));
  assert.equal(files.length, 1000);
  assert.deepEqual(files, files.toSorted());
  assert.equal(path.basename(files[999]), "p0999.ts");
});

test("what is named is first, and need not say that it is a program", () => {
  using made = folderWith({ "a.ts": PROGRAM, "b.ts": PROGRAM, "plain.ts": "" });
  const at = (name: string) => path.join(made.folder, name);
  assert.deepEqual(found(at("plain.ts"), at("b.ts"), made.folder), [
    at("plain.ts"),
    at("b.ts"),
    at("a.ts"),
  ]);
});

for (const [what, text, is] of [
  ["its first line", "// @threadloom seed=1\nlet x;\n", true],
  ["behind #! and other comments", "#!/usr/bin/env x\n/* a */\n// @threadloom\n", true],
  ["behind code", "let x;\n// @threadloom\n", false],
  ["within a string", 'const x = "// @threadloom";\n', false],
  ["another word", "// @threadlooms\n", false],
] as const) {
  test(`a file ${is ? "is" : "is not"} a program that says so: ${what}`, () => {
    using made = folderWith({ "file.ts": text });
    const programs = findPrograms([made.folder]);
    assert.equal("files" in programs, is);
  });
}

test("a program in a folder of packages, or a hidden one, is nobody's that is checked", () => {
  using made = folderWith({});
  for (const folder of ["node_modules/p", ".git", "src/.cache", "src"]) {
    mkdirSync(path.join(made.folder, folder), { recursive: true });
    writeFileSync(path.join(made.folder, folder, "a.ts"), PROGRAM);
  }
  assert.deepEqual(found(made.folder), [path.join(made.folder, "src/a.ts")]);
});

test("the hash of a program is that of its texts, wherever they lie", () => {
  const program = (folder: string, text: string) =>
    ({
      entry: `${folder}/a.ts`,
      sources: [
        { file: `${folder}/a.ts`, text: "1" },
        { file: `${folder}/deep/b.ts`, text },
      ],
    }) as unknown as CompiledProgram;
  const hash = sourceHash(program("/one", "2"));
  assert.match(hash, /^[0-9a-f]{64}$/);
  assert.equal(sourceHash(program("/two/three", "2")), hash);
  assert.notEqual(sourceHash(program("/one", "3")), hash);
  const turned = program("/one", "2");
  const reversed = { ...turned, sources: turned.sources.toReversed() };
  assert.equal(sourceHash(reversed), hash);
});
