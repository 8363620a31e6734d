import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { BUNDLES } from "../../scripts/build.mjs";
import { startTsServer, type TsServer } from "./tsserver.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = `import { Mutex, spawn } from "threadloom:std";
const db = new Mutex([1]);
spawn(() => { using guard = db.lock(); guard.value.push(2); }).join();
`;

const UNIMPORTING =
  "// @threadloom\n/** @shared */ let counter = 0;\n/** @thread */ function work() { counter++; }\n";

suite("the plugin of TypeScript's server", () => {
  let folder: string;
  let server: TsServer;

  before(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), "threadloom plugin ")));
    const plugin = path.join(folder, "extension/node_modules/threadloom-ts-plugin");
    await mkdir(plugin, { recursive: true });
    const bundle = BUNDLES.find(({ out }) => out === "ts-plugin/index.js");
    assert.ok(bundle);
    await esbuild.build({
      ...bundle.options,
      bundle: true,
      absWorkingDir: root,
      entryPoints: [bundle.entry],
      outfile: path.join(plugin, "index.js"),
    });
    await writeFile(
      path.join(plugin, "package.json"),
      '{ "name": "threadloom-ts-plugin", "version": "1.0.0", "main": "index.js", "type": "commonjs" }',
    );
    await cp(path.join(root, "src/std/types"), path.join(plugin, "types"), { recursive: true });
    await mkdir(path.join(folder, "empty"));
    await mkdir(path.join(folder, "configured/src"), { recursive: true });
    const config = {
      compilerOptions: { target: "es2022", lib: ["es2022"], module: "nodenext", strict: true },
    };
    await writeFile(path.join(folder, "configured/tsconfig.json"), JSON.stringify(config));
    for (const name of ["alice", "bob"]) {
      await writeFile(path.join(folder, `configured/src/${name}.ts`), UNIMPORTING);
    }
    server = startTsServer(path.join(folder, "extension"), "threadloom-ts-plugin");
  });

  after(async () => {
    await server[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  /** Opens a text under a name, and gives what the server says is wrong with it. */
  async function open(
    name: string,
    fileContent: string,
  ): Promise<{ code: number; text: string }[]> {
    const file = path.join(folder, name);
    await writeFile(file, fileContent);
    // As VS Code does: all files of an opened folder are in one project.
    const projectRootPath = path.join(folder, name.split("/")[0]);
    server.notify("open", { file, fileContent, scriptKindName: "TS", projectRootPath });
    const problems = [
      await server.request("syntacticDiagnosticsSync", { file }),
      await server.request("semanticDiagnosticsSync", { file }),
    ];
    return (problems as { code: number; text: string }[][]).flat();
  }

  for (const place of ["empty", "configured/src"]) {
    test(`a program has no red line in ${place === "empty" ? "an empty folder" : "a folder with a configuration of its own"}`, async () => {
      assert.deepEqual(await open(`${place}/fine.ts`, PROGRAM), []);
    });
  }

  test("types are real: a wrong use is found", async () => {
    const [error, ...others] = await open(
      "empty/wrong.ts",
      `${PROGRAM}db.lock().value.push("text");\n`,
    );
    assert.equal(error?.code, 2345);
    assert.deepEqual(others, []);
  });

  test("a module of ours that there is not stays unknown", async () => {
    const [error] = await open("empty/unknown.ts", 'import { x } from "threadloom:nothing";\nx;\n');
    assert.equal(error?.code, 2307);
  });

  test("hovers tell the signature and the documentation", async () => {
    await open("empty/hover.ts", PROGRAM);
    const file = path.join(folder, "empty/hover.ts");
    const hover = (await server.request("quickinfo", { file, line: 3, offset: 2 })) as {
      displayString: string;
      documentation: string;
    };
    assert.match(hover.displayString, /spawn<void>\(body: \(\) => void.*JoinHandle<void>/s);
    assert.match(JSON.stringify(hover.documentation), /Starts a new thread/);
  });

  test("definitions lead to the declarations beside the plugin", async () => {
    await open("empty/definition.ts", PROGRAM);
    const file = path.join(folder, "empty/definition.ts");
    const [definition] = (await server.request("definition", { file, line: 2, offset: 17 })) as {
      file: string;
    }[];
    assert.equal(
      definition?.file,
      path.join(folder, "extension/node_modules/threadloom-ts-plugin/types/std.d.ts"),
    );
    const [module] = (await server.request("definition", { file, line: 1, offset: 35 })) as {
      file: string;
    }[];
    assert.equal(module?.file, definition?.file);
  });

  test("completions know what there is to import", async () => {
    await open("empty/complete.ts", 'import {  } from "threadloom:std";\n');
    const file = path.join(folder, "empty/complete.ts");
    const { entries } = (await server.request("completionInfo", { file, line: 1, offset: 10 })) as {
      entries: { name: string }[];
    };
    const names = entries.map(({ name }) => name);
    for (const name of ["spawn", "Mutex", "channel"]) assert.ok(names.includes(name), name);
  });

  test("imports of a person's own files go on as they were", async () => {
    await open("configured/src/own.ts", "export const own = 1;\n");
    assert.deepEqual(
      await open(
        "configured/src/uses.ts",
        `import { own } from "./own.js";\n${PROGRAM}own;\nexport const n: number = own;\n`,
      ),
      [],
    );
  });

  test("two programs without imports may call things alike, in one folder", async () => {
    for (const place of ["empty", "configured/src"]) {
      assert.deepEqual(await open(`${place}/alice.ts`, UNIMPORTING), []);
      assert.deepEqual(await open(`${place}/bob.ts`, `#!/usr/bin/env node\n${UNIMPORTING}`), []);
      assert.deepEqual(await open(`${place}/alice.ts`, UNIMPORTING), [], "once the other is there");
    }
  });

  test("a program stays one while it is edited, and no longer than it says so", async () => {
    const file = path.join(folder, "empty/alice.ts");
    const problems = async () => {
      const found = await server.request("semanticDiagnosticsSync", { file });
      return (found as { code: number }[]).map(({ code }) => code);
    };
    const change = (line: number, offset: number, endOffset: number, insertString: string) =>
      server.notify("change", { file, line, offset, endLine: line, endOffset, insertString });
    await open("empty/bob.ts", UNIMPORTING);
    await open("empty/alice.ts", UNIMPORTING);
    change(3, 42, 42, "counter++; ");
    assert.deepEqual(await problems(), []);
    change(1, 1, 15, "// nothing");
    await open("empty/script.ts", "let counter = 1;\n");
    assert.ok((await problems()).includes(2451), "a script now, as the other one is");
    change(1, 1, 11, "// @threadloom");
    assert.deepEqual(await problems(), []);
  });

  test("files that are no programs stay what TypeScript takes them for", async () => {
    await open("empty/one.ts", "const everywhere = 1;\n");
    assert.deepEqual(await open("empty/two.ts", "everywhere.toFixed();\n"), []);
    const late = await open("empty/late.ts", "let a = 1;\n// @threadloom\nconst everywhere = a;\n");
    assert.deepEqual(
      late.map(({ code }) => code),
      [2451],
    );
  });
});
