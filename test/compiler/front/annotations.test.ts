import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { FileAnnotations } from "../../../src/compiler/loaded.ts";
import { check } from "./check.ts";

function read(program: string): FileAnnotations {
  const loaded = check(program);
  assert.ok(loaded);
  return loaded.annotations.get(loaded.entry)!;
}

suite("well-formed annotations", () => {
  test("the head gives the program's options", () => {
    const { options } = read(
      "#!/usr/bin/env threadloom\n// A story.\n// @threadloom model=green cores=2 quantum=50 seed=7 preemptions=0 spurious=1\n// @expect lost-wakeup\nexport {};",
    );
    assert.deepEqual(options, {
      model: "green",
      cores: 2,
      quantum: 50,
      seed: 7,
      preemptions: 0,
      spurious: 1,
      expect: "lost-wakeup",
    });
  });

  test("a @thread has its function's name and runs once, unless told otherwise", () => {
    const { threads } = read(`
/** @thread */ function alice() {}
/**
 * Reads on and on.
 * @thread reader x3
 */
export async function read(index: number) { index++; }
/** @thread x2 */
const bob = () => {};
`);
    const plain = threads.map(({ name, count }) => ({ name, count }));
    assert.deepEqual(plain, [
      { name: "alice", count: 1 },
      { name: "reader", count: 3 },
      { name: "bob", count: 2 },
    ]);
  });

  test("@shared takes every variable of its declaration, in documentation with other tags too", () => {
    const { shared } = read(`
/** How far we are. @internal */
let notShared = 0;
/**
 * A counter.
 * @remarks It counts.
 * @shared
 */
export let counter = 0, other = "x";
/** @shared */ const points: { x: number; tags: string[] }[] = [];
function inner() { /** @shared */ let local = 1n; local++; }
notShared; inner;
`);
    const names = [...shared].map(({ name }) => name.getText());
    assert.deepEqual(names, ["counter", "other", "points", "local"]);
  });

  test("conditions keep their text, their place and their tree", () => {
    const text = `/** @shared */ let counter = 0;
// @final counter === 2 && [counter].every((n) => n < Math.PI)
//   @invariant   counter >= 0;
`;
    const { finals, invariants } = read(text);
    assert.equal(finals[0]?.text, "counter === 2 && [counter].every((n) => n < Math.PI)");
    assert.equal(text.slice(finals[0].pos, finals[0].end), finals[0].text);
    assert.equal(invariants[0]?.text, "counter >= 0");
    assert.equal(text.slice(invariants[0].pos, invariants[0].end), "counter >= 0");
    assert.equal(invariants[0].expression.getText(), "counter >= 0");
  });

  test("a @label marks the statement after it, or the one before it on its line", () => {
    const { labels } = read(`
// @label the beginning
let x = 1;
x++; // @label counted
function f() {
  x--; // @label in a function
  if (x > 1) { // @label inside
    x = 0;
  }
}
f();
`);
    const marks = [...labels].map(([statement, { text }]) => [
      text,
      statement.getText().split("\n")[0],
    ]);
    assert.deepEqual(marks, [
      ["the beginning", "let x = 1;"],
      ["counted", "x++;"],
      ["in a function", "x--;"],
      ["inside", "x = 0;"],
    ]);
  });

  test("CRLF line ends and names beyond ASCII change nothing", () => {
    const { finals, threads } = read(
      "// @threadloom\r\n/** @shared */ let zähler = 0;\r\n/**\r\n * @thread früh x2\r\n */\r\nfunction größer() { zähler++; }\r\n// @final zähler === 2\r\n",
    );
    assert.equal(finals[0]?.text, "zähler === 2");
    assert.equal(threads[0]?.name, "früh");
  });

  test("what is in strings, templates, regular expressions and prose is no annotation", () => {
    check(`
const a = "// @final nonsense(";
const b = \`
 * @treads
// @finals \${1 /* not @shared here */}
\`;
const c = /\\/\\/ @final/;
/** See the @thread functions and user@threads.example. */
// Mentions @final in passing.
function f() {}
a; b; c; f;
`);
  });

  test("tags of other tools are left alone", () => {
    check(
      `
/**
 * @param x how far
 * @final
 * @label area-label
 * @event change
 * @internal
 */
export function f(x: number) { return x; }
// @ts-expect-error on purpose
const n: string = 1;
// @ts-ignore
n;
`,
    );
  });
});

suite("the head", () => {
  test("unknown options are named, near misses with a fix", () => {
    check("// @threadloom [|core|]=2 [|fast|]\n// @expect ok\nexport {};", [
      { says: 'TL1205 no option "core"', fixed: "// @threadloom cores=2 fast" },
      { says: 'TL1205 no option "fast"', fixed: null },
    ]);
  });

  test("values out of range or of the wrong kind are named with what is expected", () => {
    check(
      "// @threadloom cores=[|0|] quantum=[|1.5|] seed=[|-1|] [|spurious|] model=[|geen|] preemptions=[|two|]\nexport {};",
      [
        "TL1206 a whole number from 1 to 256",
        "TL1206 a whole number",
        "TL1206",
        "TL1206",
        {
          says: "TL1206 parallel, timesliced, cooperative or green",
          severity: "error",
          stops: true,
        },
        "TL1206",
      ],
    );
  });

  test("an option, a head, an expectation stands once", () => {
    check(
      "// @threadloom cores=2 [|cores|]=3\n// [|@threadloom|]\n// @expect ok\n// [|@expect|] race\nexport {};",
      ["TL1207", "TL1204", "TL1204"],
    );
  });

  test("heads below the first statement are misplaced", () => {
    check("export {};\n// [|@threadloom|] cores=2\n// [|@expect|] ok\n", ["TL1203", "TL1203"]);
  });

  test("@expect takes a verdict or the kind of a finding", () => {
    check("// @expect [|daedlock|]\nexport {};", [
      { says: "TL1208", fixed: "// @expect deadlock" },
    ]);
    check("// [|@expect|]\nexport {};", ["TL1208"]);
    check("// @expect [|race deadlock|]\nexport {};", ["TL1208"]);
  });
});

suite("@thread", () => {
  test("only functions of the top level with a name and a body", () => {
    check(
      `
/** [|@thread|] */ let counter = 0;
/** [|@thread|] */ class C { /** [|@thread|] */ run() {} }
function outer() { /** [|@thread|] */ function inner() {} inner(); }
/** [|@thread|] */ declare function nowhere(): void;
setTimeout(/** [|@thread|] */ () => {});
/** [|@thread|] */
`,
      Array<string>(7).fill("TL1203"),
    );
  });

  test("at most an index, which is a number", () => {
    check(
      `
/** @thread */ function two([|a: number|], b: number) { a + b; }
/** @thread */ function text([|a: string|]) { a; }
/** @thread */ function parts([|{ a }: { a: 1 }|]) { a; }
/** @thread */ function many([|...a: number[]|]) { a; }
/** @thread */ function* [|lazy|]() {}
/** @thread */ function index(i: number | undefined) { i; }
`,
      [
        "TL1210 it takes 2 parameters",
        "TL1210 its parameter is of type string",
        "TL1210 takes a value apart",
        "TL1210 gathers a list",
        "TL1210 generator",
      ],
    );
  });

  test("behind it stand a name and a count", () => {
    check(
      `
/** @thread [|3|] */ function a() {}
/** @thread [|x0|] */ function b() {}
/** @thread [|x257|] */ function c() {}
/** @thread x2 [|name|] */ function d() {}
/** @thread my [|own|] [|words|] */ function e() {}
`,
      [
        { says: "TL1209", fixed: "/** @thread x3 */ function a() {}" },
        "TL1209",
        "TL1209",
        "TL1209",
        "TL1209",
        "TL1209",
      ],
    );
  });

  test("once for each function", () => {
    check("/**\n * @thread\n * [|@thread|] again\n */ function a() {}", ["TL1204"]);
  });
});

suite("@shared", () => {
  test("types that no cell can hold are refused, with the part to blame", () => {
    check(
      `
class Account { balance = 0 }
/** @shared */ let [|account|] = new Account();
/** @shared */ let [|table|] = new Map<string, number>();
/** @shared */ const [|act|] = () => 1;
/** @shared */ let [|when|]: { at: Date }[] = [];
/** @shared */ let [|box|] = { size: 1, grow() {} };
/** @shared */ let [|counts|]: Record<string, number> = {};
/** @shared */ let [|soon|]: Promise<number> | undefined;
/** @shared */ let [|mark|] = Symbol("s");
/** @shared */ let [|row|] = { get size() { return 1; } };
/** @shared */ let [|bytes|] = new Uint8Array(8);
account; table; act; when; box; counts; soon; mark; row; bytes;
`,
      [
        "TL1211 account is an instance of the class Account. | Use a Mutex",
        "TL1211 table is a Map<string, number>",
        "TL1211 act is a function",
        "TL1211 when[].at is a Date",
        "TL1211 box.grow is a function",
        "TL1211 no fixed shape",
        "TL1211 soon is a Promise<number>",
        "TL1211 a symbol",
        "TL1211 row.size is computed by an accessor",
        "TL1211 bytes is",
      ],
    );
  });

  test("numbers, booleans, bigints, strings, objects and arrays of these, and what is not known, are taken", () => {
    check(`
type Tree = { value: number; children: Tree[] };
enum Colour { Red, Green }
/** @shared */ let a = 1;
/** @shared */ let b: string | undefined;
/** @shared */ let c: readonly { x: number; y?: bigint | null }[] = [];
/** @shared */ let tree: Tree = { value: 1, children: [] };
/** @shared */ let colour = Colour.Red;
/** @shared */ let any: any = new Map();
/** @shared */ let pair: [number, "x" | "y"] = [1, "x"];
/** @shared */ const point = { x: 1 };
a; b; c; tree; colour; any; pair; point; Colour;
`);
  });

  test("objects of threadloom:std are shared as they are", () => {
    check(
      `
import { Mutex } from "threadloom:std";
/** @shared */ const [|m|] = new Mutex(0);
m;
`,
      [{ says: "TL1212 m is a Mutex<number>", fixed: "const m = new Mutex(0);", stops: true }],
    );
  });

  test("a constant of a plain value is a remark, and works", () => {
    const loaded = check("/** @shared */ const [|LIMIT|] = 10;\nLIMIT;", [
      { says: "TL1213", severity: "information", stops: false, fixed: "const LIMIT = 10;" },
    ]);
    assert.equal(loaded?.annotations.get(loaded.entry)?.shared.size, 1);
  });

  test("only variables with a name of their own", () => {
    check(
      `
/** @shared */ const [|{ x }|] = { x: 1 };
/** @shared */ declare let [|outside|]: number;
/** [|@shared|] */ function f() {}
class C { /** [|@shared|] */ field = 1; }
for (/** @shared */ let [|i|] = 0; i < 1; i++) f();
function g(/** [|@shared|] */ p: number) { p; }
x; outside; C; g;
`,
      ["TL1214 a pattern", "TL1214 declare", "TL1203", "TL1203", "TL1214 a loop", "TL1203"],
    );
  });

  test("@guardedBy names a lock of the module's top level", () => {
    check(
      `
import { Mutex } from "threadloom:std";
const m = new Mutex();
const made = () => new Mutex();
const l = made();
/** @shared @guardedBy m */ let a = 0;
/** @shared @guardedBy [|l|] */ let z = 0;
/**
 * @shared
 * @guardedBy [|n|]
 */
let b = 0;
/** @shared @guardedBy [|a|] */ let c = 0;
/** @shared [|@guardedBy|] */ let d = 0;
/** [|@guardedBy|] m */ let e = 0;
m; a; b; c; d; e; z;
`,
      [
        { says: "TL1217", severity: "information", stops: false },
        "TL1216 no such name",
        "TL1216 a is of type number",
        "TL1215",
        "TL1203",
      ],
    );
  });
});

suite("conditions", () => {
  test("a syntax error is at its place inside the comment", () => {
    check("let counter = 0;\n// @final counter === [|)|]\n// @invariant counter [|>|]\ncounter;", [
      "TL1219 Expression expected",
      "TL1219 Expression expected",
    ]);
  });

  test("an empty condition and a statement are none", () => {
    check("// [|@final|]\n// @final [|const x = 1|]\n// @final 1; [|2|]\nexport {};", [
      "TL1218",
      "TL1219 a statement",
      "TL1219 something follows",
    ]);
  });

  test("names are those of the module's scope, and globals", () => {
    check(
      `
let counter = 0;
function f() { const inner = 1; return inner; }
// @final [|conter|] === 2 && [|inner|] > Math.max(1, NaN) && f() === undefined
counter;
`,
      [
        {
          says: "TL1221 conter",
          fixed: "// @final counter === 2 && inner > Math.max(1, NaN) && f() === undefined",
        },
        "TL1221 inner",
      ],
    );
  });

  test("a condition only looks", () => {
    check(
      `
import { Mutex, channel, AtomicI32 } from "threadloom:std";
let counter = 0;
const db = new Mutex({ n: 1 });
const n = new AtomicI32();
const [tx, rx] = channel<number>();
// @final [|counter = 2|]
// @final [|counter++|] === 2
// @final [|db.lock()|].value.n === 2
// @final [|rx.recv()|] === 1 && n.load() === 2
// @final [|await 1|]
counter; tx;
`,
      [
        { says: "TL1220 assigns", fixed: "// @final counter === 2" },
        { says: "TL1220 assigns", fixed: null },
        "TL1222 db.lock()",
        "TL1222 rx.recv()",
        "TL1220 waits",
      ],
    );
  });

  test("they stand at the top level", () => {
    check("function f() {\n  // [|@final|] 1 === 1\n  f();\n}", ["TL1203"]);
  });
});

suite("names and comments", () => {
  test("near misses are pointed out with a fix", () => {
    check(
      `// [|@Threadloom|]
// [|@expct|] ok
/** [|@share|] */ let counter = 0;
/** [|@treads|] x2 */ function alice() { counter++; }
/** [|@Thread|] */ function bob() { counter++; }
// [|@finals|] counter === 2
// [|@invarient|] counter >= 0
alice(); // [|@lable|] here
bob;
`,
      [
        { says: "TL1201 @threadloom is meant", fixed: "// @threadloom", stops: true },
        { says: "TL1201", fixed: "// @expect ok" },
        { says: "TL1201", fixed: "/** @shared */ let counter = 0;", stops: true },
        { says: "TL1201", fixed: "/** @thread x2 */ function alice() { counter++; }" },
        { says: "TL1201", fixed: "/** @thread */ function bob() { counter++; }" },
        { says: "TL1201", fixed: "// @final counter === 2" },
        { says: "TL1201", fixed: "// @invariant counter >= 0" },
        { says: "TL1201", fixed: "alice(); // @label here" },
      ],
    );
  });

  test("a near miss where the annotation would mean nothing is a warning", () => {
    check("/** [|@tread|] */ export interface Tyre { depth: number }", [
      { says: "TL1201", severity: "warning", stops: false },
    ]);
  });

  test("the wrong kind of comment is pointed out with the right one", () => {
    check(
      `/* [|@threadloom|] cores=2 */
let counter = 0;
// [|@thread|] x2
function alice() { counter++; }
/** [|@final|] counter === 2 */
export { alice };
`,
      [
        { says: "TL1202", fixed: "// @threadloom cores=2" },
        { says: "TL1202", fixed: "/** @thread x2 */" },
        { says: "TL1202", fixed: "// @final counter === 2" },
      ],
    );
  });

  test("a label needs a text and a statement that runs", () => {
    check(
      "// [|@label|]\nlet x = 1;\n// [|@label|] f\nfunction f() {}\n{\n  x;\n  // [|@label|] end\n}\nf;",
      ["TL1223", "TL1203", "TL1203"],
    );
  });
});
