/** `@shared` variables: which paths become which accesses, in which order, and what may not be done with them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProgramRuntime, SharedPlace } from "../../src/protocol/emitted.ts";
import { makeEngine } from "./engine.ts";
import { compiled, problems, type Texts } from "./fixture.ts";

const SHARED = `import { snapshot } from "threadloom:std";
/** @shared */ let n = 1;
/** @shared */ const s = { x: 1, name: "ab", on: true, list: [3, 1, 2], deep: { y: 5 }, maybe: undefined as number | undefined };
/** @shared */ const items: number[] = [1, 2];
`;

/** Runs a program with `@shared` variables, and answers what it printed, with each access as it happened. */
async function events(texts: string | Texts): Promise<string[]> {
  const program = compiled(texts);
  const lines: string[] = [];
  const log = (...values: unknown[]): void => {
    lines.push(values.map((value) => JSON.stringify(value)).join(" "));
  };
  const engine = makeEngine(program, { console: { log }, globals: { log } });
  const runtime = engine.runtime as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const name of ["read", "write", "increment", "method", "member", "elements", "snapshot"]) {
    const original = runtime[name];
    runtime[name] = (site, place, ...rest) => {
      const row = program.sites[site as number];
      lines.push(
        `${name} ${row?.name ?? "-"}${name === "method" || name === "member" ? `.${String(rest[0])}` : ""}`,
      );
      return original(site, place, ...rest);
    };
  }
  await engine.run();
  return lines;
}

const after = (text: string) => events(SHARED + text);

test("reads and writes of a variable, a field, an element and a length", async () => {
  assert.deepEqual(
    await after(
      `n = n + 1; s.x = 7; s.list[0] = s.list[1]; s.list.length = s.list.length - 1; s.deep.y = s["x"];`,
    ),
    [
      "read n",
      "write n",
      "write s.x",
      "read s.list[1]",
      "write s.list[0]",
      "read s.list.length",
      "write s.list.length",
      `read s["x"]`,
      "write s.deep.y",
    ],
  );
});

test("a compound assignment reads, runs what is on its right, then writes", async () => {
  assert.deepEqual(
    await after(
      `const f = () => { log("f"); return 2; }; n += f(); s.x **= f(); s.list[f() - 2] -= f(); log(n, s.x);`,
    ),
    [
      "read n",
      `"f"`,
      "write n",
      "read s.x",
      `"f"`,
      "write s.x",
      `"f"`,
      "read s.list[f() - 2]",
      `"f"`,
      "write s.list[f() - 2]",
      "read n",
      "read s.x",
      "3 1",
    ],
  );
});

test("a logical assignment writes only where it assigns", async () => {
  assert.deepEqual(
    await after(
      `s.on ||= false; s.on &&= false; s.maybe ??= 4; s.maybe ??= 5; s.list[n - 1] ||= 0; log(s.on, s.maybe);`,
    ),
    [
      "read s.on",
      "read s.on",
      "write s.on",
      "read s.maybe",
      "write s.maybe",
      "read s.maybe",
      "read n",
      "read s.list[n - 1]",
      "read s.on",
      "read s.maybe",
      "false 4",
    ],
  );
});

test("increments give the value before or after", async () => {
  assert.deepEqual(await after(`log(n++, ++n, s.x--, --s.list[0]);`), [
    "increment n",
    "increment n",
    "increment s.x",
    "increment s.list[0]",
    "1 3 1 2",
  ]);
});

test("methods of arrays are methods of the place, members of primitives are ordinary", async () => {
  assert.deepEqual(
    await after(
      `items.push(n, ...items); log(s.name.toUpperCase(), s.name.length, items.includes(2), s.list.map((x) => x * 2)); s.list.sort();`,
    ),
    [
      "read n",
      "elements items",
      "method items.push",
      "read s.name",
      "read s.name",
      "method items.includes",
      "method s.list.map",
      `"AB" 2 true [6,2,4]`,
      "method s.list.sort",
    ],
  );
});

test("patterns and loops write to places, and read from arrays", async () => {
  assert.deepEqual(
    await after(
      `[n, s.x] = [5, 6]; ({ a: s.deep.y, ...items[0] } = { a: 8, b: 9 } as never); ({ n } = { n: 4 }); for (s.x of [1, 2]) log(s.x); const [p, q] = items; log(q, n, { n }); for (const x of items) p; [s.list[0], s.list[1]] = [s.list[1]!, s.list[0]!];`,
    ),
    [
      "write n",
      "write s.x",
      "write s.deep.y",
      "write items[0]",
      "write n",
      "write s.x",
      "read s.x",
      "1",
      "write s.x",
      "read s.x",
      "2",
      "elements items",
      "read n",
      "read n",
      `2 4 {"n":4}`,
      "elements items",
      "read s.list[1]",
      "read s.list[0]",
      "write s.list[0]",
      "write s.list[1]",
    ],
  );
});

test("a snapshot is a copy; what is no shared path is snapshot's own business", async () => {
  assert.deepEqual(
    await after(
      `const copy = snapshot(s); log(copy.deep, copy === copy, typeof s, typeof n, s.deep !== undefined);`,
    ),
    ["snapshot s", "read s", "read n", "read s.deep", `{"y":5} true "object" "number" true`],
  );
});

test("functions take places along, and other files reach them by import", async () => {
  const lines = await events({
    "main.ts": `import { n, s, up } from "./shared.ts"; import * as all from "./shared.ts"; const f = () => n + s.x; up(); log(f()); all.s.x = 9; log(all.s.x, all.n);`,
    "shared.ts": `/** @shared */ export let n = 1; /** @shared */ const s = { x: 2 }; export { s }; export function up() { n++; s.x += n; }`,
  });
  assert.deepEqual(lines, [
    "increment n",
    "read s.x",
    "read n",
    "write s.x",
    "read n",
    "read s.x",
    "6",
    "write all.s.x",
    "read all.s.x",
    "read all.n",
    "9 2",
  ]);
});

test("conditions read shared variables without a site", async () => {
  const program = compiled(`${SHARED}const m = { value: 3 };
/** @thread */ function alice() { n++; } /** @thread bob x2 */ const bob = () => s.x++;
// @final n === 1 && s.list.length === 3 && items.includes(2) && s.name.length === 2 && ((s.deep.y as number) > 4)
// @final m.value === 3 && [1, 2].every((n) => n > 0) && \`\${s.x}\` === "1" && ({ n }).n === 1
// @invariant items[0] === 1`);
  const engine = makeEngine(program, { console });
  await engine.run();
  const [module] = engine.modules.values();
  assert.deepEqual(
    module.conditions.map((one) => one()),
    [true, true, true],
  );
  assert.deepEqual(
    program.finals.map(({ reads, index }) => [index, reads]),
    [
      [0, ["n", "s", "items"]],
      [1, ["s", "n"]],
    ],
  );
  assert.deepEqual(
    program.invariants.map(({ reads, index, text }) => [index, reads, text]),
    [[2, ["items"], "items[0] === 1"]],
  );
  assert.deepEqual(
    program.threads.map(({ name, index, count }) => [name, index, count]),
    [
      ["alice", 0, 1],
      ["bob", 1, 2],
      ["bob", 1, 2],
    ],
  );
  assert.deepEqual(
    module.threads.map((one) => (one() as { name: string }).name),
    ["alice", "bob"],
  );
});

test("where types do not tell, the engine looks", async () => {
  const text = `/** @shared */ let v = [1, 2] as any; log(v.length, v[0], v.join("-"));`;
  const members: unknown[] = [];
  const engine = makeEngine(compiled(text), { globals: { log: () => undefined } });
  const runtime = engine.runtime as {
    -readonly [name in keyof ProgramRuntime]: ProgramRuntime[name];
  };
  const { member, method } = runtime;
  runtime.member = (site, place: SharedPlace, name) => (
    members.push(name),
    member(site, place, name)
  );
  runtime.method = (site, place, name, args) => (
    members.push(name),
    method(site, place, name, args)
  );
  await engine.run();
  assert.deepEqual(members, ["length", "join"]);
});

for (const [what, line, path] of [
  ["held in a variable", "const o = ¦s; o;", "s"],
  ["passed to a function", "log(¦s.list);", "s.list"],
  ["returned", "const f = () => ¦s.deep; f;", "s.deep"],
  ["put into an object", "const o = { ¦s }; o;", "s"],
  ["iterated by name", "for (const k in ¦s) k;", "s"],
  ["asked for a key", `"x" in ¦s;`, "s"],
  ["assigned elsewhere", "let o; o = ¦s.deep; o;", "s.deep"],
] as const)
  test(`a reference into shared memory that is ${what} is an error`, () => {
    const text = `declare function log(...a: unknown[]): void;\n${SHARED}${line.replace("¦", "")}`;
    const [found, ...rest] = problems(text).filter(({ code }) => code.startsWith("TL11"));
    assert.deepEqual(rest, []);
    assert.ok(found);
    assert.deepEqual(
      [found.code, found.line, found.column, found.stops, found.message.includes(`\`${path}\``)],
      ["TL1101", 6, line.indexOf("¦") + 1, true, true],
    );
    assert.match(found.remedy ?? "", new RegExp(`snapshot\\(${path.replace(".", "\\.")}\\)`));
  });

test("several mistakes are told at once; deleting a field is one of them", () => {
  const found = problems(`${SHARED}delete (s as any).x; const a = s; const b = items; a; b;`);
  assert.deepEqual(
    found.filter(({ stops }) => stops).map(({ code, line, column }) => [code, line, column]),
    [
      ["TL1102", 5, 1],
      ["TL1101", 5, 32],
      ["TL1101", 5, 45],
    ],
  );
});
