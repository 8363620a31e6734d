import assert from "node:assert/strict";
import { test } from "node:test";
import { Counting, Sources } from "../../src/debug/sources.ts";

const FILES = [
  "/home/a/program.ts",
  "c:/Users/a/program.ts",
  "untitled:Untitled-1",
  "vfs://x/a b.ts",
];

for (const [client, name] of [
  ["/home/a/program.ts", "/home/a/program.ts"],
  ["file:///home/a/program.ts", "/home/a/program.ts"],
  ["C:\\Users\\a\\program.ts", "c:/Users/a/program.ts"],
  ["c:\\Users\\a\\program.ts", "c:/Users/a/program.ts"],
  ["untitled:Untitled-1", "untitled:Untitled-1"],
  ["vfs://x/a%20b.ts", "vfs://x/a b.ts"],
  ["/home/b/program.ts", undefined],
  ["vfs://x/100%.ts", undefined],
  ["", undefined],
] as const) {
  test(`the client's ${client} is ${name ?? "no part of the program"}`, () => {
    assert.equal(new Sources(FILES).nameOf(client), name);
  });
}

test("lines and columns are those of the client, and come back as they went", () => {
  const counting = new Counting({ linesStartAt1: false, columnsStartAt1: false });
  assert.deepEqual([counting.line(1), counting.lineFrom(0)], [0, 1]);
  assert.deepEqual([counting.column(5), counting.columnFrom(4)], [4, 5]);
  assert.equal(new Counting({}).line(1), 1);
});
