/** SEMANTICS, "@shared": every access is one event, and what stands in shared memory is one for all threads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { EventKind } from "../../../src/trace/event.ts";
import { Programs } from "./fixture.ts";
import { recordsOf } from "../../trace/records.ts";

const programs = new Programs();
const { prints } = programs;

/** Names of the cells by object, as a timeline calls them. */
async function accesses(text: string, thread = 0): Promise<string[]> {
  const { trace, findings } = await programs.run(text);
  assert.deepEqual(findings, []);
  const names = new Map<number, string>();
  const records = recordsOf(trace);
  for (const { kind, object, version, site } of records) {
    if (kind !== EventKind.create) continue;
    names.set(
      object,
      (version === 0 ? trace.sites[site]?.name : trace.strings.get(version - 1)) ?? "?",
    );
  }
  return records
    .filter(
      (one) =>
        one.thread === thread && (one.kind === EventKind.read || one.kind === EventKind.write),
    )
    .map(
      ({ kind, object, argument }) =>
        `${kind === EventKind.read ? "read" : "write"} ${names.get(object)} ${argument}`,
    );
}

/** [what, program, the accesses that main makes] */
const EVENTS: readonly (readonly [string, string, readonly string[]])[] = [
  ["a read", `/** @shared */ let n = 3; const m = n;`, ["read n 3"]],
  ["a write", `/** @shared */ let n = 3; n = 4;`, ["write n 4"]],
  ["n++ reads, then writes", `/** @shared */ let n = 3; n++;`, ["read n 3", "write n 4"]],
  [
    "n += f() reads, runs f, writes",
    `/** @shared */ let n = 3; /** @shared */ let k = 5; const f = () => k; n += f();`,
    ["read n 3", "read k 5", "write n 8"],
  ],
  [
    "n = n + 1 reads, then writes",
    `/** @shared */ let n = 3; n = n + 1;`,
    ["read n 3", "write n 4"],
  ],
  [
    "a condition reads",
    `/** @shared */ let ok = true; if (ok) { ok = false; }`,
    ["read ok 1", "write ok 0"],
  ],
  [
    "??= writes only where nothing stands",
    `/** @shared */ let n: number | undefined = 1; n ??= 2;`,
    ["read n 1"],
  ],
  [
    "a field is a cell of its own",
    `/** @shared */ const s = { x: 1, y: 2 }; s.x = s.y;`,
    ["read s.y 2", "write s.x 2"],
  ],
  [
    "a nested field too",
    `/** @shared */ const s = { in: { x: 1 } }; s.in.x++;`,
    ["read s.in.x 1", "write s.in.x 2"],
  ],
  [
    "an element is a cell",
    `/** @shared */ const a = [1, 2]; a[1] = a[0];`,
    ["read a[0] 1", "write a[1] 1"],
  ],
  [
    "a length is a cell",
    `/** @shared */ const a = [1, 2]; const n = a.length;`,
    ["read a.length 2"],
  ],
  [
    "push reads the length, writes the element and the length",
    `/** @shared */ const a = [1, 2]; a.push(7);`,
    ["read a.length 2", "write a[2] 7", "write a.length 3"],
  ],
  [
    "indexOf reads the length once, then elements until it has found it",
    `/** @shared */ const a = [1, 2, 3]; a.indexOf(2);`,
    ["read a.length 3", "read a[0] 1", "read a[1] 2"],
  ],
  [
    "shift reads and writes every element, as ECMA-262 says",
    `/** @shared */ const a = [1, 2]; a.shift();`,
    [
      ...["read a.length 2", "read a[0] 1", "read a[1] 2", "write a[0] 2"],
      ...["write a[1] 0", "write a.length 1"],
    ],
  ],
  [
    "pop of an object reads its element, then what is in it",
    `/** @shared */ const a = [{ n: 5 }]; const { n } = a.pop()!;`,
    ["read a.length 1", "read a[0] 0", "read a[0].n 5", "write a[0] 0", "write a.length 0"],
  ],
  [
    "objects that move are read and written as elements alone",
    `/** @shared */ const a = [{ n: 5 }, { n: 6 }]; a.reverse();`,
    ["read a.length 2", "read a[0] 0", "read a[1] 0", "write a[0] 0", "write a[1] 0"],
  ],
  [
    "for-of reads the length before each element, and once more at the end",
    `/** @shared */ const a = [{ n: 5 }]; for (const { n } of a) console.log(n);`,
    ["read a.length 1", "read a[0] 0", "read a[0].n 5", "read a.length 1"],
  ],
  [
    "snapshot reads each cell once",
    `/** @shared */ const s = { x: 1, list: [4, 5] }; console.log(snapshot(s).x);`,
    ["read s.x 1", "read s.list.length 2", "read s.list[0] 4", "read s.list[1] 5"],
  ],
  ["making it is no access", `/** @shared */ const s = { x: 1, list: [4, 5] };`, []],
  [
    "a function that closes over it reads it when it runs",
    `/** @shared */ let n = 3; const f = () => n; n = 4; f();`,
    ["write n 4", "read n 4"],
  ],
];

for (const [what, text, expected] of EVENTS) {
  test(`events: ${what}`, async () => {
    const whole = `import { snapshot } from "threadloom:std"; ${text}`;
    assert.deepEqual(await accesses(`// @threadloom\n${whole}`), expected);
  });
}

test("another thread's accesses are its own events, on the same cell", async () => {
  const text = `/** @shared */ let n = 1; /** @thread */ function other() { n = n * 2; }`;
  assert.deepEqual(await accesses(text, 1), ["read n 1", "write n 2"]);
});

test("values of every kind that can be shared come back as they were", () =>
  prints(
    `/** @shared */ let v: unknown = 0;
     for (const value of [1, -0, NaN, 1.5, 2 ** 40, Infinity, true, false, null, undefined, "", "ü🧵", 10n ** 30n, -1n]) {
       v = value;
       if (!Object.is(v, value)) console.log("not", value);
     }
     const h = std.spawn(() => { v = "from there"; });
     h.join();
     console.log(v);`,
    ["from there"],
  ));

test("one variable for all threads, whatever they do with it", () =>
  prints(
    `/** @shared */ let text = "a";
     /** @shared */ let big = 1n;
     /** @shared */ const s = { on: false, deep: { list: [{ n: 1 }, { n: 2 }] } };
     std.spawn(() => {
       text += "b"; big <<= 70n; s.on = !s.on; s.deep.list[1].n += 40; s.deep.list.push({ n: 3 });
     }).join();
     console.log(text, big, s.on, s.deep.list[1].n, s.deep.list.length, s.deep.list[2].n);`,
    ["ab 1180591620717411303424n true 42 3 3"],
  ));

test("arrays grow by an index beyond their end, and shrink by their length", () =>
  prints(
    `/** @shared */ const a: (number | undefined)[] = [1];
     a[4] = 5;
     console.log(a.length, a[2], a[4], a[99], JSON.stringify(snapshot(a)));
     a.length = 2;
     console.log(a.length, a[4], JSON.stringify(snapshot(a)));
     a.length = 0; a.push(9);
     console.log(a.length, a[0], a[1]);`.replaceAll("snapshot(", "std.snapshot("),
    ["5 undefined 5 undefined [1,null,null,null,5]", "2 undefined [1,null]", "1 9 undefined"],
  ));

test("for-of, spread and destructuring read what stands there as they come to it", () =>
  prints(
    `/** @shared */ const a = [1, 2, 3];
     let sum = 0;
     for (const n of a) { sum += n; if (n === 2) a.push(10); }
     const [first, ...rest] = a;
     console.log(sum, [...a].join(), Math.max(...a), first, rest.length);`,
    ["16 1,2,3,10 10 1 3"],
  ));

test("array methods work on a shared array, and give ordinary arrays", () =>
  prints(
    `/** @shared */ const a = [3, 1, 2];
     a.sort(); a.reverse(); a.splice(1, 1, 7, 8); a.unshift(0);
     const doubled = a.map((n) => n * 2).filter((n) => n > 5);
     console.log(a.join(), doubled.join(), a.indexOf(7), a.includes(99), a.at(-1), a.shift(), a.pop(), a.length);`,
    ["0,3,7,8,1 6,14,16 2 false 1 0 1 3"],
  ));

test("objects among the elements: taken out as copies, looked at as frozen ones, changed by their paths", () =>
  prints(
    `interface Job { id: number; done: boolean }
     /** @shared */ const jobs: Job[] = [{ id: 1, done: false }, { id: 2, done: false }, { id: 3, done: false }];
     const h = std.spawn(() => { jobs[1].done = true; return jobs.shift()!.id; });
     console.log(h.join(), jobs.filter((job) => job.done).map((job) => job.id), jobs.find((job) => !job.done)?.id);
     for (const job of jobs) {
       try { job.done = true; } catch (error) { console.log((error as Error).name); }
     }
     console.log(jobs.sort((a, b) => b.id - a.id).map((job) => job.id).join(), jobs.reverse());
     const [first] = jobs.splice(0, 1);
     first.done = false;
     console.log(first, jobs.length, jobs.pop());`,
    [
      "1 [ 2 ] 3",
      "TypeError",
      "TypeError",
      "3,2 [ { id: 2, done: true }, { id: 3, done: false } ]",
      "{ id: 2, done: false } 1 { id: 3, done: false }",
    ],
  ));

test("assigning an object of the same shape writes its fields; another shape replaces it", () =>
  prints(
    `/** @shared */ let s: any = { x: 1, y: { z: 2 } };
     const h = std.spawn(() => { s = { x: 5, y: { z: 6 } }; });
     h.join();
     console.log(s.x, s.y.z);
     s.y = { other: 7 };
     console.log(s.y.other);
     s = [1, 2];
     console.log(s.length, s[1]);
     s = "plain";
     console.log(s);`,
    ["5 6", "7", "2 2", "plain"],
  ));

test("an array over an array is written cell by cell, also a shorter one", () =>
  prints(
    `/** @shared */ let a = [1, 2, 3];
     a = [9];
     console.log(a.length, a[0], a[1]);
     a = [4, 5, 6, 7];
     console.log(std.spawn(() => std.snapshot(a).join()).join());`,
    ["1 9 undefined", "4,5,6,7"],
  ));

test("what was copied in is a copy", () =>
  prints(
    `const mine = { n: 1 };
     /** @shared */ const s = { list: [mine] };
     mine.n = 2;
     const out = std.snapshot(s);
     out.list[0].n = 3;
     console.log(s.list[0].n);`,
    ["1"],
  ));

/** [what, expression, the error's name and what its message says] */
const ERRORS: readonly (readonly [string, string, RegExp])[] = [
  ["a field that is not there", "(s as any).other = 1", /^TypeError .*fixed/],
  ["a field that is not there, read", "(s as any).other", /^TypeError .*fixed/],
  ["a reference that escapes by a computed path", `(s as any)["in" + ""]`, /^TypeError .*snapshot/],
  ["what cannot be shared", "(s as any).x = new Map()", /^TypeError .*Map/],
  ["a function", "(s as any).x = () => 1", /^TypeError .*function/],
  ["a length that is none", "(s as any).list.length = -1", /^RangeError/],
];

for (const [what, expression, expected] of ERRORS) {
  test(`an error in words: ${what}`, async () => {
    const ran = await programs.run(
      `/** @shared */ const s = { x: 1, in: { y: 2 }, list: [1] };
       try { const got = ${expression}; console.log("took it", got); }
       catch (error: any) { console.log(error.name, error.message); }
       console.log(s.x, s.list.length);`,
    );
    assert.match(ran.output[0], expected);
    assert.equal(ran.output[1], "1 1");
  });
}

test("no write of a whole value is ever torn: strings and bigints of many threads", () =>
  prints(
    `/** @shared */ let text = "aaaaaaaaaa";
     /** @shared */ let big = 1111n;
     const hs = ["b", "c", "d"].map((c, k) => std.spawn(() => {
       let torn = 0;
       for (let i = 0; i < 300; i++) {
         text = c.repeat(5 + i % 20); big = BigInt(String(k + 2).repeat(4 + i % 30));
         if (new Set(text).size !== 1 || new Set(String(big)).size !== 1) torn++;
       }
       return torn;
     }));
     console.log(hs.map((h) => h.join()).join());`,
    ["0,0,0"],
  ));

test("threads that push at once lose elements, as the language's own push would, and nothing worse", async () => {
  const ran = await programs.run(
    `/** @shared */ const a: number[] = [];
     const hs = [1, 2, 3].map((k) => std.spawn(() => { for (let i = 0; i < 200; i++) a.push(k); }));
     for (const h of hs) h.join();
     console.log(a.length <= 600 && a.length >= 200, std.snapshot(a).every((n) => n === 1 || n === 2 || n === 3 || n === undefined));`,
  );
  assert.deepEqual(ran.output, ["true true"]);
});

test("a path through what another thread replaces leads to the one or the other, and nowhere else", async () => {
  const ran = await programs.run(
    `/** @shared */ let v: any = { x: 1 };
     const h = std.spawn(() => { for (let i = 0; i < 20_000; i++) v = i % 3 === 0 ? { x: i } : i % 3 === 1 ? i : [i]; });
     const seen = new Set<string>();
     while (!h.isFinished) {
       try { seen.add(typeof v.x); } catch (error: any) { seen.add(error.message.split(":")[0]); }
     }
     h.join();
     console.log([...seen].filter((one) => !/^(number|undefined|\`v\` has no \`x\`)$/.test(one)).join());`,
  );
  assert.deepEqual(ran.output, [""]);
});
