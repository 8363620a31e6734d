import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { createProject } from "../../../src/compiler/project/project.ts";
import type { Diagnostic } from "../../../src/protocol/program.ts";
import { load as loadAll, memoryHost, type Files, type Loaded } from "./check.ts";

/** Nothing in these programs is concurrent, and they say so. */
function others(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(({ code }) => code !== "TL1306");
}

function load(given: string | Files, entry?: string): Loaded {
  const { loaded, diagnostics } = loadAll(given, entry);
  return { loaded, diagnostics: others(diagnostics) };
}

function codes(given: string | Files, entry?: string): string[] {
  return load(given, entry).diagnostics.map(({ code, file, line, column }) =>
    [code, file.slice(file.lastIndexOf("/") + 1), line, column].join(" "),
  );
}

function order(files: Files): string[] {
  const { loaded, diagnostics } = load(files);
  assert.ok(loaded);
  assert.deepEqual(diagnostics, []);
  return loaded.files.map((file) => loaded.idOf(file).replace("/program/", ""));
}

suite("own files", () => {
  test("are evaluated after those that they import, cycles cut, each once", () => {
    assert.deepEqual(
      order({
        "/program/main.ts": 'import "./a.ts"; import { b } from "./b"; export * from "./c.mts"; b;',
        "/program/a.ts": 'import { b } from "./b.ts"; b;',
        "/program/b.ts": 'import "./main.ts"; export const b = 1;',
        "/program/c.mts": 'import "./d/index.js"; export const c = 1;',
        "/program/d/index.ts": 'export { e } from "../e.cts";',
        "/program/e.cts": "export const e = 1;",
      }),
      ["b.ts", "a.ts", "e.cts", "d/index.ts", "c.mts", "main.ts"],
    );
  });

  test("are those imported for a value, and those that import() and require() ask for", () => {
    assert.deepEqual(
      order({
        "/program/main.ts":
          'import type { A } from "./types.ts"; import { type B } from "./types.ts"; import { C } from "./types.ts";\n' +
          'import { used } from "./used.ts"; const late = () => import("./late.ts"); export type D = A | B | C; used; late;',
        "/program/types.ts":
          "export interface A { a: 1 } export type B = 1; export interface C { c: 1 }",
        "/program/used.ts": "export const used = 1;",
        "/program/late.ts": "export const late = 1;",
      }),
      ["used.ts", "late.ts", "main.ts"],
    );
  });

  test("are JavaScript, too", () => {
    assert.deepEqual(
      order({
        "/program/main.mjs": 'import { a } from "./a.js"; a;',
        "/program/a.js": "export const a = 1;",
      }),
      ["a.js", "main.mjs"],
    );
  });

  test("are found by the paths of the person's tsconfig.json", () => {
    assert.deepEqual(
      order({
        "/program/main.ts": 'import { a } from "@/a"; a;',
        "/program/lib/a.ts": "export const a = 1;",
        "/program/tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } }',
      }),
      ["lib/a.ts", "main.ts"],
    );
  });
});

suite("imports", () => {
  test("resolve to own files, modules of Threadloom, or what the runner loads", () => {
    const { loaded, diagnostics } = load({
      "/program/main.ts": `
import { spawn } from "threadloom:std";
import { own } from "./own";
import { pad } from "pad";
import { readFileSync } from "node:fs";
import data from "./data.json" with { type: "json" };
import native from "./native.node";
spawn; own; pad; readFileSync; data.x; native;
`,
      "/program/own.ts": "export const own = 1;",
      "/program/data.json": '{ "x": 1 }',
      "/program/native.node": "",
      "/program/node_modules/pad/package.json": '{ "name": "pad", "types": "index.d.ts" }',
      "/program/node_modules/pad/index.d.ts": "export declare function pad(): void;",
    });
    assert.ok(loaded);
    // Types of Node are not installed there, and a native module has none; neither stops the program.
    assert.deepEqual(
      diagnostics.map(({ code, line, stops }) => [code, line, stops]),
      [
        ["TS2591", 5, false],
        ["TS2307", 7, false],
      ],
    );
    const kinds = ["threadloom:std", "./own", "pad", "node:fs", "./data.json", "./native.node"].map(
      (specifier) => loaded.resolveImport(loaded.entry, specifier).kind,
    );
    assert.deepEqual(kinds, ["std", "own", "external", "external", "external", "external"]);
  });

  test("that lead nowhere, to a folder or to no code are errors at their place, all at once", () => {
    assert.deepEqual(
      codes({
        "/program/main.ts": `import "./missing.ts";
import { x } from "./folder";
import text from "./notes.txt";
import { y } from "threadloom:stdd";
export { z } from "../gone";
x; text; y;`,
        "/program/folder/other.ts": "export {};",
        "/program/notes.txt": "notes",
      }),
      [
        "TL1005 main.ts 1 8",
        "TL1007 main.ts 2 19",
        "TL1008 main.ts 3 18",
        "TL1009 main.ts 4 19",
        "TL1005 main.ts 5 19",
      ],
    );
  });

  test("of a file that cannot be read are errors at their place", () => {
    const files = new Map([
      ["/program/main.ts", 'import "./secret.ts";'],
      ["/program/secret.ts", ""],
    ]);
    const host = memoryHost(files);
    const project = createProject({
      ...host,
      readFile: (path) => (path.endsWith("secret.ts") ? undefined : host.readFile(path)),
    });
    const loading = project.load("/program/main.ts");
    assert.ok(loading.ok);
    assert.deepEqual(
      others(loading.loaded.diagnostics).map(({ code, line, column, stops }) => [
        code,
        line,
        column,
        stops,
      ]),
      [["TL1006", 1, 8, true]],
    );
  });

  test("lead somewhere once the file is there, and nowhere once it is gone", () => {
    const main = 'import { late } from "./late.ts"; late;';
    assert.deepEqual(codes(main), ["TL1005 main.ts 1 22"]);
    assert.deepEqual(
      codes({ "/program/main.ts": main, "/program/late.ts": "export const late = 1;" }),
      [],
    );
    assert.deepEqual(codes(main), ["TL1005 main.ts 1 22"]);
  });
});

suite("what cannot be loaded", () => {
  test("a missing file, a folder, a file of another kind", () => {
    assert.deepEqual(codes({ "/program/a.ts": "" }, "/program/b.ts"), ["TL1001 b.ts 1 1"]);
    assert.deepEqual(codes({ "/program/a.ts": "" }, "/program"), ["TL1003 program 1 1"]);
    assert.deepEqual(codes({ "/program/a.d.ts": "export {};" }), ["TL1004 a.d.ts 1 1"]);
    assert.deepEqual(codes({ "/program/readme.md": "# Hello" }), ["TL1004 readme.md 1 1"]);
  });

  test("syntax errors of every file stop the program, and are said at once", () => {
    const files = {
      "/program/main.ts": 'import "./a.ts"; import data from "./data.json";\nconst x = ;\ndata;',
      "/program/a.ts": "function (",
      "/program/data.json": '{ "x": }',
    };
    const { loaded, diagnostics } = load(files);
    assert.equal(loaded, undefined);
    assert.ok(diagnostics.every(({ stops, code }) => stops && code.startsWith("TS")));
    const wrong = new Set(diagnostics.map(({ file }) => file));
    assert.deepEqual([...wrong].sort(), [
      "/program/a.ts",
      "/program/data.json",
      "/program/main.ts",
    ]);
  });

  test("type errors are said and stop nothing", () => {
    const { loaded, diagnostics } = load("const x: number = 'text';\nx;");
    assert.ok(loaded);
    const [error, ...others] = diagnostics;
    assert.deepEqual(others, []);
    assert.deepEqual(
      [error?.code, error?.severity, error?.stops, error?.line, error?.column],
      ["TS2322", "error", false, 1, 7],
    );
  });

  test("a tsconfig.json that does not parse is pointed out and stops nothing", () => {
    const { loaded, diagnostics } = load({
      "/program/main.ts": "export {};",
      "/program/tsconfig.json": '{ "compilerOptions": { "strict": maybe, "wrong": true } }',
    });
    assert.ok(loaded);
    assert.ok(diagnostics.length > 0);
    assert.ok(diagnostics.every(({ file, stops }) => file === "/program/tsconfig.json" && !stops));
  });
});

suite("every kind of place", () => {
  test("untitled documents have their own name, and import from the current directory", () => {
    const files = new Map([["/program/own.ts", "export const own: string = 1;"]]);
    const project = createProject(memoryHost(files));
    const loading = project.load("untitled:Untitled-1", {
      "untitled:Untitled-1": 'import { own } from "./own.ts";\nconst n: number = own;\nn;',
    });
    assert.ok(loading.ok);
    assert.deepEqual(
      loading.loaded.files.map((file) => loading.loaded.idOf(file)),
      ["/program/own.ts", "untitled:Untitled-1"],
    );
    assert.deepEqual(
      others(loading.loaded.diagnostics).map(({ code, file }) => `${code} ${file}`),
      ["TS2322 /program/own.ts", "TS2322 untitled:Untitled-1"],
    );
  });

  test("unsaved text stands in for the file's, also in what is imported", () => {
    const files = new Map([
      ["/program/main.ts", 'import { a } from "./a.ts"; const n: number = a; n;'],
      ["/program/a.ts", "export const a = 1;"],
    ]);
    const project = createProject(memoryHost(files));
    const say = (overlays?: Files): number => {
      const loading = project.load("/program/main.ts", overlays);
      assert.ok(loading.ok);
      return others(loading.loaded.diagnostics).length;
    };
    assert.equal(say(), 0);
    assert.equal(say({ "/program/a.ts": 'export const a = "one";' }), 1);
    assert.equal(say(), 0);
  });

  test("Windows paths, with spaces, in either case of the drive and the file", () => {
    const files = new Map([
      ["C:/My Programs/main.ts", 'import { a } from "./Sub Folder/A.ts"; a;'],
      ["C:/My Programs/Sub Folder/A.ts", "export const a = 1;"],
    ]);
    const exact = memoryHost(files);
    const find = (path: string): string =>
      [...files.keys()].find((known) => known.toLowerCase() === path.toLowerCase()) ?? path;
    const project = createProject({
      ...exact,
      readFile: (path) => exact.readFile(find(path)),
      fileExists: (path) => exact.fileExists(find(path)),
      version: (path) => exact.version(find(path)),
      directoryExists: (path) =>
        exact.directoryExists(path) ||
        [...files.keys()].some((file) => file.toLowerCase().startsWith(`${path.toLowerCase()}/`)),
      caseSensitive: false,
      currentDirectory: "C:/My Programs",
    });
    for (const entry of ["C:\\My Programs\\main.ts", "c:\\my programs\\main.ts", "main.ts"]) {
      const loading = project.load(entry);
      assert.ok(loading.ok, entry);
      assert.deepEqual(others(loading.loaded.diagnostics), []);
      assert.equal(loading.loaded.files.length, 2);
    }
    const loading = project.load("C:\\My Programs\\main.ts", {
      "c:\\My Programs\\Sub Folder\\A.ts": "export const b = 1;",
    });
    assert.ok(loading.ok);
    assert.deepEqual(
      others(loading.loaded.diagnostics).map(({ code }) => code),
      ["TS2305"],
    );
  });

  test("CRLF, a byte order mark and names beyond ASCII do not move a place", () => {
    const text = "\uFEFF// größer\r\nconst zähler: string = 1;\r\nzähler;";
    assert.deepEqual(codes({ "/program/größe 1.ts": text }), ["TS2322 größe 1.ts 2 7"]);
  });

  test("a file of megabytes", () => {
    const line =
      "export const text = 'a long line of text, so that the file grows'; // @ nothing\n";
    const text = Array.from({ length: 30_000 }, (_, i) => line.replace("text", `text${i}`)).join(
      "",
    );
    const { loaded, diagnostics } = load(`${text}// @final text0 !== ""\n`);
    assert.ok(loaded && text.length > 2_000_000);
    assert.deepEqual(diagnostics, []);
    assert.equal(loaded.annotations.get(loaded.entry)?.finals.length, 1);
  });
});

suite("globals", () => {
  test("the console and the like are known without any configuration", () => {
    assert.deepEqual(
      codes(
        'console.log("x"); const t = setTimeout(() => {}, 1); clearTimeout(t); process.exit(new URL("a:b").href.length);\n' +
          "{ using d = { [Symbol.dispose]() {} }; d; }",
      ),
      [],
    );
  });

  test("with a configuration that names libraries without them, too", () => {
    assert.deepEqual(
      codes({
        "/program/main.ts": 'console.log("x"); { using d = { [Symbol.dispose]() {} }; d; }',
        "/program/tsconfig.json":
          '{ "compilerOptions": { "lib": ["es2020"], "target": "es2020", "noUnusedLocals": true } }',
      }),
      [],
    );
  });

  test("with the DOM's own declarations where the configuration has them", () => {
    assert.deepEqual(
      codes({
        "/program/main.ts": "console.log(document.title.length); setTimeout(() => {}, 1);",
        "/program/tsconfig.json": "{}",
      }),
      [],
    );
  });
});
