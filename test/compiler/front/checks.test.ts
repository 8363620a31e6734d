import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createProject } from "../../../src/compiler/project/project.ts";
import { check, disk, load } from "./check.ts";

const STD =
  'import { spawn, scope, channel, syncChannel, Mutex, Condvar, AtomicI32, drop } from "threadloom:std";\n' +
  "spawn; scope; channel; syncChannel; Mutex; Condvar; AtomicI32; drop;\n";

suite("what cannot cross to another thread", () => {
  test("is named with its path, its kind and what to do, where it is captured", () => {
    check(
      `${STD}
const job = { id: 1, parts: { reply: Promise.resolve(2) } };
spawn(() => [|job|].id);
`,
      [
        {
          says: "TL1301 `captures.job.parts.reply` is a Promise, which cannot cross to another thread: its outcome comes only to the thread that made it. | Await it first",
          severity: "error",
          stops: true,
        },
      ],
    );
  });

  test("promises, generators in flight, iterators, guards, weak collections and native functions", () => {
    check(
      `${STD}
function* count() { yield 1; }
const promise = Promise.resolve(1);
const generator = count();
const iterator = [1].values();
const lock = new Mutex(0);
using guard = lock.lock();
const weak = new WeakMap<object, number>();
const print = console.log;
const bound = count.bind(null);
spawn(() => void [|promise|]);
spawn(() => void [|generator|]);
spawn(() => void [|iterator|]);
spawn(() => [|guard|].value);
spawn(() => [|weak|].has({}));
spawn(() => [|print|](1));
spawn(() => void [|bound|]());
spawn([|Math.random|]);
`,
      [
        "TL1301 captures.promise` is a Promise",
        "TL1301 captures.generator` is a generator",
        "TL1301 captures.iterator` is an iterator of an array",
        "TL1301 captures.guard` is a MutexGuard",
        "TL1301 captures.weak` is a WeakMap",
        "TL1301 `captures.print` is the native function log",
        "TL1301 captures.bound` is a bound function",
        "TL1301 `Math.random` is the native function random",
      ],
    );
  });

  test("is told of what a process's body captures and of what is sent to it: no handle leaves its memory", () => {
    check(
      `// @threadloom
import { channel, Mutex, Process, type Port } from "threadloom:std";
/** @shared */ let count = 0;
const lock = new Mutex({ names: ["a"] });
const [tx, rx] = channel<number>();
const job = { id: 1, reply: tx };
const table = new Map([["a", 1]]);
const use = () => lock.lock();
const work = (parent: Port<unknown, unknown>) => {
  count++;
  [|use|]();
  parent.send([[|job|].id, table]);
  parent.send([|new Mutex(0)|]);
};
rx;
const child = Process.spawn(work, { name: "child" });
Process.spawn((parent) => parent.send([|child|].pid));
child.send(table);
child.send([|[lock]|]);
`,
      [
        "TL1307 captures.lock (through use())` is a Mutex, which cannot cross to another process: another process has a memory of its own",
        "TL1307 captures.job.reply` is a Sender",
        "TL1307 value` is a Mutex",
        "TL1307 captures.child` is a Process",
        "TL1307 value[]` is a Mutex",
      ],
    );
  });

  test("ends of pipes move into a process, and not back", () => {
    check(
      `// @threadloom
import { pipe, Process } from "threadloom:std";
const [writer, reader] = pipe();
const child = Process.spawn<unknown, unknown>((parent) => {
  writer.write(Uint8Array.of(1));
  const [mine, rest] = pipe();
  parent.send([|rest|]);
  mine.close();
});
[|writer|].close();
child.send([reader]);
`,
      [
        "TL1307 `rest` is a PipeReader, which cannot cross to another process: ends of pipes move into a process from whoever has started it",
        "TL1302 `writer` has moved away: `spawn` in line 5 took it along",
      ],
    );
  });

  test("a process may write what it has captured, and shares nothing by that", () => {
    check(
      `// @threadloom
import { Process } from "threadloom:std";
let seen = 0;
const child = Process.spawn<number, number>((parent) => {
  for (;;) { seen += parent.recv(); parent.send(seen); }
});
child.kill();
`,
      [],
    );
  });

  test("is found through own functions that the thread calls", () => {
    const loaded = check(
      `${STD}
const reply = Promise.resolve(1);
function inner() { return void reply; }
const outer = () => inner();
spawn(() => { [|outer|](); });
`,
      ["TL1301 captures.reply (through outer(), inner())` is a Promise"],
    );
    const [diagnostic] = loaded!.diagnostics;
    assert.deepEqual(
      diagnostic?.related?.map(({ line, message }) => [line, message]),
      [
        [5, "`reply` is used here."],
        [4, "`reply` is declared here."],
      ],
    );
  });

  test("is found in fields of own classes, in this, in what is sent and in what a lock keeps", () => {
    check(
      `${STD}
class Job {
  #reply: Promise<number> = Promise.resolve(1);
  start() { spawn(() => [|this|].id()); }
  id() { return this.#reply; }
}
const job = new Job();
const [tx, rx] = channel<Job>();
tx.send([|job|]);
new Mutex([|{ job }|]);
rx;
`,
      [
        "TL1301 captures.this.#reply` is a Promise",
        "TL1301 job.#reply` is a Promise",
        "TL1301 value.job.#reply` is a Promise",
      ],
    );
  });

  test("is found in what references, collections and thread-locals are given", () => {
    check(
      `${STD}
import { AtomicRef, ThreadLocal } from "threadloom:std";
import { ConcurrentMap, ConcurrentQueue } from "threadloom:collections";
const reply = Promise.resolve(1);
const own = new Set([reply]);
own.add(reply);
const ref = new AtomicRef<unknown>([|reply|]);
ref.store([|reply|]);
ref.compareExchange(reply, [|reply|]);
new ConcurrentMap<unknown, unknown>().set(1, [|reply|]);
new ConcurrentQueue<unknown>().push([|reply|]);
new ThreadLocal(() => [|reply|]);
`,
      Array.from({ length: 6 }, () => "TL1301 is a Promise"),
    );
  });

  test("is a warning where it may not be there, and where the program catches", () => {
    check(
      `${STD}
const items: { handle?: Promise<number> }[] = [];
const one = Promise.resolve(1);
spawn(() => [|items|].length);
try { spawn(() => void [|one|]); } catch (error) { console.log(error); }
spawn(() => [|new Mutex(1).lock()|]);
`,
      [
        { says: "TL1301 captures.items[].handle` is a Promise", severity: "warning", stops: false },
        { says: "TL1301 captures.one", severity: "warning", stops: false },
        { says: "TL1301 result` is a MutexGuard", severity: "warning", stops: false },
      ],
    );
  });

  test("what is not known, not there yet, or made by the thread itself passes", () => {
    check(`${STD}
declare const anything: any;
declare const unknown: unknown;
function run(callback: () => void, promise: unknown) { spawn(() => { callback(); void promise; }); }
spawn(() => { void anything; void unknown; const p = Promise.resolve(1); void p; void later; });
spawn(async () => { await Promise.resolve(1); });
const later = Promise.resolve(1);
const condition = new Condvar(), n = new AtomicI32(), map = new Map([[1, new Date(0)]]);
class Plain { list = [1]; log() { console.log(this.list); } }
const plain = new Plain();
spawn(() => { condition.notifyAll(); n.load(); map.size; plain.log(); parseInt("1"); });
run; new Mutex(new Plain());
`);
  });
});

suite("what comes from elsewhere", () => {
  test("instances of packages' classes with private state and packages' functions are refused, imports are not", () => {
    const { diagnostics } = load({
      "/program/main.ts": `import { spawn } from "threadloom:std";
import { Client, Plain, ping } from "lib";
const client = new Client();
const plain = new Plain();
const job = { client };
const call = ping;
spawn(() => job.client.send());
spawn(() => plain.name);
spawn(() => ping());
spawn(() => call());
spawn(ping);
`,
      "/program/node_modules/lib/package.json": '{ "name": "lib", "types": "index.d.ts" }',
      "/program/node_modules/lib/index.d.ts":
        "export declare class Client { #private; send(): void }\n" +
        "export declare class Plain { name: string }\nexport declare function ping(): void;",
    });
    assert.deepEqual(
      diagnostics.map(({ code, line, message }) => [code, line, message.split(",")[0]]),
      [
        ["TL1301", 7, "`captures.job.client` is an instance of Client"],
        ["TL1301", 10, "`captures.call` is the function ping of a package"],
        ["TL1301", 11, "`ping` is the function ping of a package"],
      ],
    );
  });

  test("of a package's class, #private state is named, in the classes that it extends as well", () => {
    const { diagnostics } = load({
      "/program/main.ts": `import { spawn } from "threadloom:std";
import { Client, Counter, Later, Plain, Session } from "lib";
const session = new Session(), later = new Later(async () => 1), plain = new Plain();
class Own extends Client { mine = 1; }
const own = new Own(), counter = new Counter();
spawn(() => session.send());
spawn(() => own.mine);
spawn(() => void later);
spawn(() => counter.up());
spawn(() => plain.name);
`,
      "/program/node_modules/lib/package.json": '{ "name": "lib", "types": "index.d.ts" }',
      "/program/node_modules/lib/counter.ts":
        "export class Counter { static #made = 0; #count = 0; up() { return ++this.#count + Counter.#made; } }",
      "/program/node_modules/lib/index.d.ts":
        'export { Counter } from "./counter.ts";\n' +
        "export declare class Client { #private; send(): void }\n" +
        "export declare class Session extends Client { id: string }\n" +
        "export declare class Later<T> extends Promise<T> { constructor(run: () => Promise<T>); }\n" +
        "export declare class Plain { static #private; private secret; name: string }",
    });
    assert.deepEqual(
      diagnostics
        .filter(({ code }) => code === "TL1301")
        .map(({ line, message }) => [line, message.split(", which cannot cross")[0]]),
      [
        [6, "`captures.session` is an instance of Session, which extends Client"],
        [7, "`captures.own` is an instance of Own, which extends Client"],
        [8, "`captures.later` is an instance of Later, which extends Promise"],
        [
          9,
          "`captures.counter.#count` is private state of an instance of Counter, a class of a package",
        ],
      ],
    );
  });

  test("sockets and handles of Node's own modules are refused", () => {
    const file = fileURLToPath(new URL("program.ts", import.meta.url));
    const text = `import { spawn } from "threadloom:std";
import { createServer, Socket } from "node:net";
import { open } from "node:fs/promises";
const socket = new Socket();
const timer = setTimeout(() => {}, 1);
const holder = { server: createServer() };
const handle = await open("x");
spawn(() => { socket.end(); });
spawn(() => { timer.ref(); });
spawn(() => { holder.server.close(); });
spawn(() => handle.close());
spawn(() => createServer());
spawn(() => { createServer(); });
`;
    const loading = createProject(disk).load(file, { [file]: text });
    assert.ok(loading.ok);
    assert.deepEqual(
      loading.loaded.diagnostics.map(({ code, line, message }) => [
        code,
        line,
        message.split(",")[0],
      ]),
      [
        ["TL1301", 8, "`captures.socket` is Node's Socket"],
        ["TL1301", 9, "`captures.timer` is Node's Timeout"],
        ["TL1301", 10, "`captures.holder.server` is Node's Server"],
        ["TL1301", 11, "`captures.handle` is Node's FileHandle"],
        ["TL1301", 12, "`result` is Node's Server"],
      ],
    );
  });
});

suite("what has moved", () => {
  test("is pointed out at its next use, with both places", () => {
    const loaded = check(
      `${STD}
const [tx, rx] = channel<number>();
spawn(() => tx.send(1));
[|tx|].send(2);
tx.send(3);
for (const n of rx) console.log(n);
`,
      [
        {
          says: "TL1302 `tx` has moved away: `spawn` in line 5 took it along. | Clone it before",
          stops: false,
        },
      ],
    );
    assert.deepEqual(
      loaded?.diagnostics[0]?.related?.map(({ line, column }) => [line, column]),
      [[5, 13]],
    );
  });

  test("also by being sent, and for receivers and join handles", () => {
    check(
      `${STD}
const [tx, rx] = channel<unknown>();
const handle = spawn(() => 1);
const other = spawn(() => handle.join());
tx.send(rx);
console.log([|handle|].isFinished, [|rx|].tryRecv());
other.join();
`,
      ["TL1302 handle", "TL1302 rx"],
    );
  });

  test("clones, disposal, new values, other branches and caught errors are no mistakes", () => {
    check(`${STD}
let [tx, rx] = channel<number>();
{ const theirs = tx.clone(); spawn(() => theirs.send(1)); }
tx.send(2);
spawn(() => tx.send(1));
drop(tx);
[tx, rx] = channel<number>();
const [a, b] = syncChannel<number>(1);
spawn(() => a.send(1));
try { a.send(2); } catch (error) { console.log(error); }
if (Math.abs(1) > 2) spawn(() => b.recv()); else b.recv();
rx;
`);
  });
});

suite("writes to copies", () => {
  test("are warnings with the way to share", () => {
    check(
      `${STD}
let counter = 0;
const list: number[] = [];
const table = new Map<string, number>();
const point = { x: 1 };
function count() { [|counter += 1|]; }
spawn(() => { [|counter++|]; [|list.push(1)|]; [|table.set("a", 1)|]; [|point.x = 2|]; count(); }).join();
console.log(counter, list, table, point);
`,
      [
        { says: "TL1303 `counter` is a copy in this thread", severity: "warning" },
        { says: "TL1303 counter", severity: "warning", stops: false },
        "TL1303 list",
        "TL1303 table",
        "TL1303 point",
      ],
    );
  });

  test("of a @thread, too; shared variables, locks and variables of its own are no copies", () => {
    check(
      `${STD}
/** @shared */ let shared = 0;
let plain = 0;
const lock = new Mutex({ n: 0, list: [1] });
const holder = { lock };
function own() { let n = 0; n++; return n; }
/** @thread */ function alice() {
  shared++;
  [|plain++|];
  using guard = lock.lock();
  guard.value.n++;
  guard.value.list.push(1);
  holder.lock.lock().value.n = 2;
  const list = [own()];
  list.push(1);
}
console.log(plain, shared);
`,
      [{ says: "TL1303 plain", fixed: "  plain++;" }],
    );
  });
});

suite("what is not modelled", () => {
  test("shared buffers, workers, processes, other locks", () => {
    check(
      `${STD}
// @ts-expect-error
import { Worker } from [|"node:worker_threads"|];
// @ts-expect-error
import { Mutex as Other } from [|"async-mutex"|];
// @ts-expect-error
import * as children from [|"child_process"|];
const buffer = [|new SharedArrayBuffer(8)|];
[|Atomics.add|](new Int32Array(buffer), 0, 1);
Worker; Other; children;
`,
      [
        "TL1304 node:worker_threads",
        "TL1304 async-mutex",
        "TL1304 child_process",
        "TL1304 SharedArrayBuffer",
        "TL1304 Atomics.add",
      ],
    );
  });

  test("clocks and chance are remarks; names of one's own are not meant", () => {
    check(
      `${STD}
[|Date.now|]();
[|performance.now|]();
[|Math.random|]();
[|new Date()|];
new Date(0);
{ const Atomics = { add(n: number) { return n; } }; Atomics.add(1); const Date = { now() {} }; Date.now(); }
`,
      ["Date.now()", "performance.now()", "Math.random()", "new Date()"].map((what) => ({
        says: `TL1305 ${what} differs`,
        severity: "information" as const,
        stops: false,
      })),
    );
  });
});

suite("programs without anything concurrent", () => {
  test("say so", () => {
    check('// [|@threadloom|]\nimport { Mutex } from "threadloom:std";\nnew Mutex(0);', [
      { says: "TL1306", severity: "warning", stops: false },
    ]);
  });

  test("threads, @thread functions and tasks are concurrent, in any own file", () => {
    check('// @threadloom\nimport { spawn as go } from "threadloom:std";\ngo(() => 1);');
    check("// @threadloom\n/** @thread */ function f() {}");
    check("// @threadloom\nasync function f() {}\nf();");
    const { diagnostics } = load({
      "/program/main.ts": '// @threadloom\nimport "./threads.ts";',
      "/program/threads.ts": 'import * as std from "threadloom:std";\nstd.spawn(() => 1);',
    });
    assert.deepEqual(diagnostics, []);
  });
});
