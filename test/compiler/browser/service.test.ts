// The compiler over files that are fetched round by round, as the worker of a browser has it.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { fetchingCompiler } from "../../../src/compiler/browser/fetching.ts";
import type { Wanted } from "../../../src/compiler/browser/virtual-files.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const textsOf = (folder: string, isOne: (name: string) => boolean) =>
  readdirSync(path.join(root, folder))
    .filter(isOne)
    .map((name) => [name, readFileSync(path.join(root, folder, name), "utf8")] as const);
const LIBRARY = Object.fromEntries([
  ...textsOf("node_modules/typescript/lib", (name) => /^lib.*\.d\.ts$/.test(name)),
  ...textsOf("src/std/types", (name) => name.endsWith(".d.ts")),
]);

const FOLDER = "vscode-vfs://github/owner/repo";

/** Compiles `main.ts` of a repository with these files. */
async function compile(disk: Readonly<Record<string, string>>) {
  const wants: Wanted[] = [];
  const names = Object.keys(disk).map((name) => `${FOLDER}/${name}`);
  const compiler = fetchingCompiler(LIBRARY, (wanted) => {
    wants.push(wanted);
    return Promise.resolve({
      folders: wanted.folders.map((folder) => {
        const below = names.filter((name) => name.startsWith(`${folder}/`));
        const entries = below.map((name) => name.slice(folder.length + 1).split("/"));
        const listing = entries.map(
          ([name, ...rest]) => [name, rest.length > 0 ? "folder" : "file"] as const,
        );
        return [folder, below.length > 0 ? listing : undefined] as const;
      }),
      files: wanted.files.map((file) => [file, disk[file.slice(FOLDER.length + 1)]] as const),
    });
  });
  const entry = `${FOLDER}/main.ts`;
  const overlays = { [entry]: disk["main.ts"] };
  const compilation = await compiler.compile({ entry, overlays, form: "model", root: FOLDER });
  return { compilation, wants };
}

test("a program of several files is compiled, and speaks of them by their names", async () => {
  const { compilation } = await compile({
    "main.ts": `// @threadloom\nimport { spawn } from "threadloom:std";\nimport { work } from "./deep/part.ts";\nspawn(() => work(1)).join();\n`,
    "deep/part.ts": `import { log } from "../log";\nexport function work(n: number) { log(n); }\n`,
    "log.ts": "export const log = (n: number) => console.log(n);\n",
  });
  assert.ok(compilation.ok, JSON.stringify(compilation.diagnostics));
  assert.deepEqual(compilation.program.modules.map(({ id }) => id).sort(), [
    `${FOLDER}/deep/part.ts`,
    `${FOLDER}/log.ts`,
    `${FOLDER}/main.ts`,
  ]);
  assert.deepEqual(compilation.diagnostics, []);
});

test("an import that leads nowhere is said with the name that the person knows", async () => {
  const { compilation } = await compile({ "main.ts": `// @threadloom\nimport "./gone.ts";\n` });
  assert.equal(compilation.ok, false);
  const [{ code, message, file, line }] = compilation.diagnostics;
  assert.deepEqual([code, file, line], ["TL1005", `${FOLDER}/main.ts`, 2]);
  assert.ok(message.includes(`${FOLDER}/gone.ts`), message);
});

test("packages, modules of Node's and JSON are refused at their import", async () => {
  const { compilation } = await compile({
    "main.ts": `// @threadloom\nimport { readFileSync } from "node:fs";\nimport chalk from "chalk";\nimport data from "./data.json";\nconsole.log(readFileSync, chalk, data);\n`,
    "data.json": "{}",
    "node_modules/chalk/index.js": "export default 1;",
  });
  assert.equal(compilation.ok, false);
  const refused = compilation.diagnostics.filter(({ code }) => code === "TL1011");
  assert.deepEqual(
    refused.map(({ line }) => line),
    [2, 3, 4],
  );
});

test("a tsconfig.json is taken up as on a desktop", async () => {
  const text = `// @threadloom\nconst list: number[] = [];\nconst first: number = list[0];\nconsole.log(first);\n`;
  const loose = await compile({ "main.ts": text });
  const strict = await compile({
    "main.ts": text,
    "tsconfig.json": `{ "compilerOptions": { "strict": true, "noUncheckedIndexedAccess": true } }`,
  });
  assert.deepEqual(
    loose.compilation.diagnostics.filter(({ code }) => code === "TS2322"),
    [],
  );
  assert.equal(strict.compilation.diagnostics.filter(({ code }) => code === "TS2322").length, 1);
});
