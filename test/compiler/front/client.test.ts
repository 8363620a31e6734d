import assert from "node:assert/strict";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, suite, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { createCompilerClient, type CompilerClient } from "../../../src/compiler/client.ts";

const PROGRAM = `// @threadloom
import { spawn } from "threadloom:std";
spawn(() => 1).join();
`;

let folder: string;

before(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), "threadloom client ")));
});

after(() => rm(folder, { recursive: true }));

suite("the compiler's client", () => {
  let client: CompilerClient;
  before(() => {
    client = createCompilerClient({ currentDirectory: folder });
  });
  after(() => client.dispose());

  test("compiles a file of the disk, and unsaved text in its place", async () => {
    const file = path.join(folder, "my program.ts");
    await writeFile(file, PROGRAM);
    const saved = await client.compile(file);
    assert.ok(saved.ok, JSON.stringify(saved.diagnostics));
    assert.equal(saved.program.entry, file);
    const unsaved = await client.compile(file, {
      [file]: `${PROGRAM}const n: number = "text";\nn;\n`,
    });
    assert.ok(unsaved.ok);
    assert.deepEqual(
      unsaved.diagnostics.map(({ code }) => code),
      ["TS2322"],
    );
  });

  test("compiles a document that was never saved", async () => {
    const compilation = await client.compile("untitled:Untitled-1", {
      "untitled:Untitled-1": PROGRAM,
    });
    assert.ok(compilation.ok);
    assert.equal(compilation.program.entry, "untitled:Untitled-1");
  });

  test("says what is wrong with files as the disk has them", async () => {
    await mkdir(path.join(folder, "folder.ts"));
    const utf16 = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from("const größe: string = 1;\r\ngröße;", "utf16le"),
    ]);
    await writeFile(path.join(folder, "utf16.ts"), utf16);
    const codes = async (name: string): Promise<string[]> => {
      const { diagnostics } = await client.compile(path.join(folder, name));
      return diagnostics.map(({ code, line, column }) => `${code} ${line}:${column}`);
    };
    assert.deepEqual(await codes("missing.ts"), ["TL1001 1:1"]);
    assert.deepEqual(await codes("folder.ts"), ["TL1003 1:1"]);
    assert.equal((await codes("utf16.ts"))[0], "TS2322 1:7");
  });

  test("takes up a file that was changed, and one that was deleted, since the last time", async () => {
    const file = path.join(folder, "changing.ts");
    await writeFile(file, PROGRAM);
    assert.ok((await client.compile(file)).ok);
    await writeFile(file, `${PROGRAM}const = 1;\n`);
    assert.ok(!(await client.compile(file)).ok);
    await rm(file);
    const gone = await client.compile(file);
    assert.deepEqual(
      gone.diagnostics.map(({ code }) => code),
      ["TL1001"],
    );
  });

  test("rejects at once when it is cancelled, and goes on with the others", async () => {
    const entry = "untitled:Untitled-2";
    const cancel = new AbortController();
    const cancelled = client.compile(entry, { [entry]: PROGRAM }, cancel.signal);
    const other = client.compile(entry, { [entry]: PROGRAM });
    cancel.abort();
    await assert.rejects(cancelled, { name: "AbortError" });
    assert.ok((await other).ok);
    await assert.rejects(client.compile(entry, {}, AbortSignal.abort()), { name: "AbortError" });
  });
});

test("the client brings no TypeScript along", async () => {
  const { metafile } = await esbuild.build({
    entryPoints: [fileURLToPath(new URL("../../../src/compiler/client.ts", import.meta.url))],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
  });
  const inputs = Object.keys(metafile.inputs);
  assert.ok(inputs.some((file) => file.endsWith("client.ts")));
  assert.deepEqual(
    inputs.filter((file) => file.includes("typescript")),
    [],
  );
});

suite("a compiler that fails", () => {
  /** A worker that does what its requests' entries say. */
  async function brokenWorker(): Promise<URL> {
    const file = path.join(folder, "broken.mjs");
    await writeFile(
      file,
      `import { parentPort } from "node:worker_threads";
       parentPort.on("message", ({ request, entry }) => {
         if (entry === "exit") process.exit(3);
         if (entry === "throw") throw new Error("out of luck");
         if (entry === "loop") for (;;);
         if (entry === "fail") return parentPort.postMessage({ type: "failed", request, reason: "a mistake" });
         parentPort.postMessage({ type: "compiled", request, compilation: { ok: false, diagnostics: [] } });
       });`,
    );
    return pathToFileURL(file);
  }

  test("says so in the compilation, and is started anew by the next request", async () => {
    const client = createCompilerClient({ worker: await brokenWorker() });
    for (const [entry, reason] of [
      ["exit", "its thread ended"],
      ["throw", "out of luck"],
      ["fail", "a mistake"],
    ] as const) {
      const broken = await client.compile(entry);
      assert.equal(broken.ok, false);
      const [diagnostic] = broken.diagnostics;
      assert.equal(diagnostic?.code, "TL1010");
      assert.ok(diagnostic.message.includes(reason), diagnostic.message);
      assert.deepEqual((await client.compile("fine")).diagnostics, []);
    }
    await client.dispose();
  });

  test("does not hold up others when a cancelled request never ends", async () => {
    const client = createCompilerClient({ worker: await brokenWorker(), patienceMs: 50 });
    const cancel = new AbortController();
    const stuck = client.compile("loop", {}, cancel.signal);
    const other = client.compile("fine");
    cancel.abort();
    await assert.rejects(stuck, { name: "AbortError" });
    assert.deepEqual((await other).diagnostics, []);
    await client.dispose();
  });

  test("rejects what is under way, and what comes later, once it is disposed of", async () => {
    const client = createCompilerClient({ worker: await brokenWorker() });
    const stuck = client.compile("loop");
    const rejected = assert.rejects(stuck, /disposed/);
    await client.dispose();
    await rejected;
    await assert.rejects(client.compile("fine"), /disposed/);
    await client.warm();
  });
});
