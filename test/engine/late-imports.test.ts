/** Own files that only `import()` reaches: evaluated when it runs, once in each thread, on every engine. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { Control } from "../../src/protocol/run.ts";
import { Programs, type Ran } from "./native/fixture.ts";
import { outcomeOf } from "./outcome.ts";
import { Stepped } from "./stepping/stepped.ts";

const programs = new Programs();

const ENGINES = ["native", "one thread at a time", "green", "model"] as const;
const HEAD = `// @threadloom
import { Mutex, Process, spawn } from "threadloom:std";
`;

let folders = 0;
type Files = Readonly<Record<string, string>>;

/** Files in a folder of their own; the path of `main.ts`. */
function laid(files: Files): string {
  const folder = path.join(programs.folder, `late-${++folders}`);
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files))
    writeFileSync(path.join(folder, name), name === "main.ts" ? HEAD + text : text);
  return path.join(folder, "main.ts");
}

async function ranOn(engine: (typeof ENGINES)[number], main: string): Promise<Ran> {
  const control: Control = { kind: "random", seed: 7 };
  const isControlled = engine === "one thread at a time";
  const program = await programs.compileFile(main, isControlled ? "native" : engine);
  return programs.start(program, { timeLimitMs: 30_000, ...(isControlled ? { control } : {}) }).ran;
}

/** On every engine: what is printed. */
function prints(promise: string, files: Files, expected: readonly string[]): void {
  for (const engine of ENGINES)
    test(`${promise} (${engine})`, async () => {
      const { output, findings } = await ranOn(engine, laid(files));
      assert.deepEqual(output, expected, findings.map(({ message }) => message).join("\n"));
    });
}

const COUNTER = `console.log("evaluated");
export let count = 0;
export const up = () => ++count;
export default "late";
`;

prints(
  "a file is evaluated when it is first imported, after what the importing code goes on with",
  {
    "late.ts": COUNTER,
    "main.ts": `console.log("begun");
      const asked = import("./late.ts");
      console.log("asked");
      const late = await asked;
      late.up();
      const again = await import("./late.ts");
      console.log(late.default, again.count, again === late);`,
  },
  ["begun", "asked", "evaluated", "late 1 true"],
);

prints(
  "what is never imported is never evaluated, its threads and conditions neither",
  {
    "late.ts": `console.log("evaluated");
/** @shared */ export let n = 0;
/** @thread */ function never() { console.log("started"); }
// @final n === 1`,
    "main.ts": `if (Date.now() === 0) await import("./late.ts"); console.log("done");`,
  },
  ["done"],
);

prints(
  "the @thread functions of an imported file start when all top-level code has finished",
  {
    "late.ts": `/** @thread */ function worker() { console.log("started"); }`,
    "main.ts": `await import("./late.ts"); console.log("done");`,
  },
  ["done", "started"],
);

prints(
  "a file that throws rejects each import of it, and runs once",
  {
    "late.ts": `import "./first.ts"; console.log("evaluated"); export const x = 1; throw new Error("no good");`,
    "first.ts": `console.log("first");`,
    "main.ts": `for (let i = 0; i < 2; i++) await import("./late.ts").catch((error) => console.log(error.message));
      await import("./first.ts"); console.log("done");`,
  },
  ["first", "evaluated", "no good", "no good", "done"],
);

prints(
  "a file that is imported in both ways is evaluated before the program's own code",
  {
    "late.ts": COUNTER,
    "main.ts": `import { up } from "./late.ts";
      console.log("begun"); up(); console.log((await import("./late.ts")).count);`,
  },
  ["evaluated", "begun", "1"],
);

prints(
  "files that await are waited for by all who import them",
  {
    "late.ts": `import { first } from "./slow.ts"; export const value = first + 1; console.log("late");`,
    "slow.ts": `await new Promise((done) => setTimeout(done, 5)); console.log("slow"); export const first = 1;`,
    "main.ts": `const both = await Promise.all([import("./late.ts"), import("./slow.ts"), import("./late.ts")]);
      console.log(both[0].value, both[1].first, both[0] === both[2]);`,
  },
  ["slow", "late", "2 1 true"],
);

prints(
  "a thread evaluates for itself what nobody before it has, and others evaluate their own",
  {
    "late.ts": COUNTER,
    "main.ts": `const body = async () => { const late = await import("./late.ts"); late.up(); return (await import("./late.ts")).up(); };
      console.log(spawn(body).join());
      console.log(spawn(body).join());
      console.log((await import("./late.ts")).count);`,
  },
  ["evaluated", "2", "evaluated", "2", "evaluated", "0"],
);

prints(
  "a thread takes what is evaluated where it is spawned: locks are the same, plain data is a copy",
  {
    "late.ts": `import { Mutex } from "threadloom:std"; import { deep } from "./deep.ts";
      console.log("evaluated"); export const lock = new Mutex(0); export let n = 1; export const up = () => { n++; return deep(); };`,
    "deep.ts": `console.log("deep"); let calls = 0; export const deep = () => ++calls;`,
    "main.ts": `const late = await import("./late.ts");
      late.up();
      const body = async () => {
        const { lock, up } = await import("./late.ts");
        const { deep } = await import("./deep.ts");
        { using guard = lock.lock(); guard.value += 5; }
        return [up(), deep(), (await import("./late.ts")).n];
      };
      console.log(spawn(body).join());
      console.log(spawn(() => late.up()).join());
      using guard = late.lock.lock();
      console.log(guard.value, late.n);`,
  },
  ["deep", "evaluated", "[ 2, 3, 3 ]", "2", "5 2"],
);

prints(
  "a file that leads back to the entry does not evaluate the entry again in another thread",
  {
    "late.ts": `import { lock } from "./main.ts"; export const take = () => { using guard = lock.lock(); return ++guard.value; };`,
    "main.ts": `export const lock = new Mutex(0);
      console.log("begun");
      console.log(spawn(async () => (await import("./late.ts")).take()).join());
      using guard = lock.lock();
      console.log(guard.value);`,
  },
  ["begun", "1", "1"],
);

prints(
  "top-level code of a file blocks as any other does, and what it imports of Node is there",
  {
    "late.ts": `import { channel, spawn } from "threadloom:std"; import { posix } from "node:path";
      const [tx, rx] = channel<string>();
      spawn(() => tx.send(posix.join("a", "b")));
      export const got = rx.recv();`,
    "main.ts": `console.log((await import("./late.ts")).got);
      console.log(spawn(async () => (await import("./late.ts")).got).join());`,
  },
  ["a/b", "a/b"],
);

prints(
  "a missing package rejects the import of the file that needs it, and nothing else",
  {
    "late.ts": `import nothing from "no-such-package"; console.log(nothing);`,
    "main.ts": `console.log("begun"); await import("./late.ts").catch((error) => console.log(error.code));`,
  },
  ["begun", "ERR_MODULE_NOT_FOUND"],
);

test("what a file exports that cannot cross keeps a function from crossing that may import it", async () => {
  const main = laid({
    "late.ts": `export const promise = Promise.resolve(1);`,
    "main.ts": `await import("./late.ts");
      try { spawn(async () => { await import("./late.ts"); }); } catch (error) { console.log((error as Error).message); }`,
  });
  for (const engine of ENGINES) {
    const [line] = (await ranOn(engine, main)).output;
    assert.match(line, /import\('late\.ts'\).*promise.*TL2100/);
  }
});

test("a process evaluates for itself, and takes what is evaluated where it is spawned", async () => {
  const main = laid({
    "late.ts": COUNTER,
    "main.ts": `const body = async (parent: { send(value: unknown): void }) => { parent.send((await import("./late.ts")).up()); };
      for (let i = 0; i < 2; i++) {
        const child = Process.spawn<never, number>(body);
        console.log(child.recv());
        child.wait();
        (await import("./late.ts")).up();
      }`,
  });
  for (const engine of ["native", "model"] as const)
    assert.deepEqual((await ranOn(engine, main)).output, ["evaluated", "1", "evaluated", "2"]);
});

test("a recorded run with late files is replayed on the model engine as it was", async () => {
  const main = laid({
    "late.ts": `import { AtomicI32 } from "threadloom:std"; export const n = new AtomicI32(0); console.log("evaluated");`,
    "main.ts": `const late = await import("./late.ts");
      const bodies = [1, 2, 3].map((by) => spawn(async () => { (await import("./late.ts")).n.fetchAdd(by); }));
      for (const body of bodies) body.join();
      console.log(late.n.load());`,
  });
  const started = programs.start(await programs.compileFile(main, "native"));
  const ran = await started.ran;
  assert.deepEqual(ran.output, ["evaluated", "6"]);
  const control: Control = { kind: "trace", path: started.tracePath };
  const again = await programs.start(await programs.compileFile(main, "model"), { control }).ran;
  assert.deepEqual(again.scheduleProblems, []);
  assert.deepEqual(outcomeOf(again).outcome, outcomeOf(ran).outcome);
});

test("steps forwards and backwards through a late file agree", async () => {
  for (const form of ["debug", "native"] as const) {
    const stepped = await Stepped.of(
      {
        "main.ts": `${HEAD}const late = await import("./late.ts"); console.log(late.count);`,
        "late.ts": COUNTER,
      },
      { form },
    );
    const seen: string[] = [];
    while (stepped.thread("main").state !== "ended") {
      seen.push(JSON.stringify(stepped.state.threads));
      await stepped.step("main");
    }
    for (const expected of seen.toReversed()) {
      await stepped.ask({ kind: "undo" });
      assert.equal(JSON.stringify(stepped.state.threads), expected);
    }
  }
});
