/** docs/chapters.md and the examples go together: each program has a row, each name that can be imported has a program. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { EXAMPLE_FILES } from "../examples/programs.ts";

const root = path.join(import.meta.dirname, "../..");
const page = readFileSync(path.join(root, "docs/chapters.md"), "utf8");
/** The cells of each row, without those of headings. */
const rows = Array.from(page.matchAll(/^\| (.*) \|$/gm), ([, cells]) => cells.split(" | "))
  .filter(([first]) => !/^-+$/.test(first.trim()))
  .map((cells) => cells.map((cell) => cell.trim()))
  .filter(([first]) => first !== "what is said" && first !== "threads of the system");

const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, "")
    .replaceAll(" ", "-");

test("each row says what is said, where it is shown, and what to look at", () => {
  assert.ok(rows.length > 40);
  for (const cells of rows) {
    assert.equal(cells.length, 3, cells.join(" | "));
    assert.ok(cells.every((cell) => cell.length > 0));
  }
});

test("no sentence has two rows", () => {
  const said = rows.map(([first]) => first);
  assert.equal(new Set(said).size, said.length);
});

test("each example has a row, under its own name", () => {
  const links = Array.from(page.matchAll(/\[([a-z-]+)\]\(\.\.\/(examples\/[^)]+)\)/g));
  for (const [, name, file] of links) assert.equal(`${name}.ts`, path.basename(file));
  const named = new Set(rows.flatMap((cells) => cells[1].match(/(?<=\[)[a-z-]+(?=\])/g) ?? []));
  for (const name of EXAMPLE_FILES.keys()) assert.ok(named.has(name), name);
});

test("links into other pages lead to a heading there", () => {
  for (const [, target, anchor] of page.matchAll(/\]\(([a-z-]+\.md)#([^)]+)\)/g)) {
    const text = readFileSync(path.join(root, "docs", target), "utf8");
    const headings = Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading]) => slug(heading));
    assert.ok(headings.includes(anchor), `${target}#${anchor}`);
  }
});

/** Names whose place is not a program of their own: the page whose samples, which are run, have them. */
const IN_PAGES: Readonly<Record<string, string>> = {
  AssertionError: "std.md",
  explore: "check.md",
  NetworkError: "std.md",
  pipe: "std.md",
  Poller: "std.md",
  TcpListener: "std.md",
  TcpStream: "std.md",
  Timer: "std.md",
};

test("each function and class that programs can import is used by an example, or in a page's sample", () => {
  const programs = [...EXAMPLE_FILES.values()].map((file) => readFileSync(file, "utf8")).join("\n");
  for (const file of globSync("src/std/types/*.d.ts", { cwd: root })) {
    const text = readFileSync(path.join(root, file), "utf8");
    for (const [, name] of text.matchAll(/^ {2}export (?:function|class|const) (\w+)/gm)) {
      const sample =
        IN_PAGES[name] && readFileSync(path.join(root, "docs", IN_PAGES[name]), "utf8");
      assert.match(sample ?? programs, new RegExp(`\\b${name}\\b`), `${name} of ${file}`);
    }
  }
});
