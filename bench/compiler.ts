/**
 * From an edit to a compiled program, against what TypeScript's own language service takes to check the same edit again.
 *
 *     node bench/compiler.ts
 *
 * The program has a hundred lines of threads, locks and channels. Each round changes a number in it; both sides see the
 * same texts in turn, with the same libraries (those of a folder without configuration or packages).
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { createCompilerClient } from "../src/compiler/client.ts";
import { createNodeHost } from "../src/compiler/node-host.ts";
import { NODE_GLOBALS, NODE_GLOBALS_PATH } from "../src/compiler/project/globals.ts";
import { createProject } from "../src/compiler/project/project.ts";
import { createService } from "../src/compiler/service.ts";
import { compared, median, type Row } from "./row.ts";

const ROUNDS = 40;
const root = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** A hundred lines, of which one changes. */
function program(round: number): string {
  const station = (n: number): string => `
const queue${n} = syncChannel<Parcel>(${n + 2});
const ledger${n} = new Mutex(new Ledger("station ${n}"));
function work${n}(from: Receiver<Parcel>) {
  for (const parcel of from) {
    using ledger = ledger${n}.lock();
    ledger.value.enter(parcel.weight);
    if (parcel.weight > ${round}) console.log(\`heavy: \${parcel.id}\`);
  }
}
const worker${n} = spawn(() => work${n}(queue${n}[1]), { name: "worker ${n}" });
`;
  return `// @threadloom
import { assert, Mutex, spawn, syncChannel, type Receiver } from "threadloom:std";
interface Parcel { id: number; weight: number }
class Ledger {
  #entries: number[] = [];
  constructor(readonly name: string) {}
  enter(weight: number) { this.#entries.push(weight); }
  get total() { return this.#entries.reduce((sum, weight) => sum + weight, 0); }
}
/** @shared */ let delivered = 0;
${Array.from({ length: 7 }, (_, n) => station(n)).join("")}
for (let id = 0; id < 10; id++) queue0[0].send({ id, weight: id * 2 });
delivered += 10;
queue0[0].drop();
worker0.join();
using ledger = ledger0.lock();
assert(ledger.value.total === 90);
// @final delivered === 10
`;
}

/**
 * The median milliseconds of each kind of work, all of them in every round, so that what else the machine does hits them
 * alike. Without the first few rounds, in which the optimizer still learns.
 */
function medians(works: readonly ((text: string) => void)[]): number[] {
  const took: number[][] = works.map(() => []);
  for (let round = 0; round < ROUNDS + 10; round++) {
    const text = program(round);
    for (const [index, work] of works.entries()) {
      const began = performance.now();
      work(text);
      if (round >= 10) took[index].push(performance.now() - began);
    }
  }
  return took.map(median);
}

/** What an editor does after each key: the same file's diagnostics again. */
function languageService(file: string): (text: string) => void {
  const texts = new Map([[NODE_GLOBALS_PATH, NODE_GLOBALS]]);
  let version = 0;
  const options: ts.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.Preserve,
    lib: ["lib.esnext.d.ts"],
    types: [],
    skipLibCheck: true,
  };
  const read = (name: string): string | undefined => texts.get(name) ?? ts.sys.readFile(name);
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [root("src/std/types/std.d.ts"), NODE_GLOBALS_PATH, file],
    getScriptVersion: (name) => (name === file ? String(version) : "0"),
    getScriptSnapshot(name) {
      const text = read(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => path.dirname(file),
    getDefaultLibFileName: () => root("node_modules/typescript/lib/lib.esnext.d.ts"),
    fileExists: (name) => texts.has(name) || ts.sys.fileExists(name),
    readFile: read,
  });
  return (text) => {
    texts.set(file, text);
    version++;
    const found =
      service.getSyntacticDiagnostics(file).length + service.getSemanticDiagnostics(file).length;
    if (found > 0) throw new Error("the program of the benchmark is wrong");
  };
}

/** Measures; takes some fifteen seconds. */
export async function run(): Promise<Row[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "threadloom-bench-"));
  const file = path.join(folder, "program.ts");
  try {
    const host = createNodeHost({
      currentDirectory: folder,
      libraryFolder: root("node_modules/typescript/lib"),
      declarationsFolder: root("src/std/types"),
    });
    const service = createService(host);
    const project = createProject(host);
    const same = program(0);
    const unchanged = createService(host);
    const [recheck, warm, loading, again] = medians([
      languageService(file),
      (text) => {
        const compilation = service.compile(file, { [file]: text });
        if (!compilation.ok) throw new Error(JSON.stringify(compilation.diagnostics));
      },
      (text) => project.load(file, { [file]: text }),
      () => unchanged.compile(file, { [file]: same }),
    ]);

    const peer = "language service, re-check";
    return [
      compared(
        { name: "compile: warm, edited", median: warm, unit: "ms", goal: "<= 2 ×" },
        peer,
        recheck,
      ),
      compared(
        { name: "compile: loading and checks alone", median: loading, unit: "ms" },
        peer,
        recheck,
      ),
      compared(
        { name: "compile: warm, nothing changed", median: again, unit: "ms" },
        peer,
        recheck,
      ),
      ...(await throughTheClient(file)),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As the faces see it: a worker thread that starts cold, then edits. */
async function throughTheClient(file: string): Promise<Row[]> {
  const client = createCompilerClient();
  const began = performance.now();
  await client.compile(file, { [file]: program(0) });
  const cold = performance.now() - began;
  const took: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const edited = performance.now();
    await client.compile(file, { [file]: program(round) });
    took.push(performance.now() - edited);
  }
  await client.dispose();
  return [
    { name: "compile: cold, with the worker's start", median: cold, unit: "ms" },
    { name: "compile: warm, through the client", median: median(took.slice(10)), unit: "ms" },
  ];
}

if (import.meta.main) console.log(JSON.stringify(await run(), null, 2));
