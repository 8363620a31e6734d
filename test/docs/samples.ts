/**
 * The programs in our own pages: fenced `ts` blocks that import from `threadloom:…` or are marked as programs. One that
 * imports a file of its own is a part of a program, and left out.
 */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";

export interface Sample {
  /** `docs/std.md:120`. */
  readonly place: string;
  readonly text: string;
}

const root = path.join(import.meta.dirname, "../..");

export function samples(): Sample[] {
  const files = globSync(["README.md", "docs/*.md"], { cwd: root }).sort();
  return files.flatMap((file) => {
    const text = readFileSync(path.join(root, file), "utf8");
    return [...text.matchAll(/^```ts\r?\n([^]*?)^```/gm)]
      .filter(([, code = ""]) => /from "threadloom:\w+"|^\/\/ @threadloom/m.test(code))
      .filter(([, code = ""]) => !/from "\.{1,2}\//.test(code))
      .map((match) => ({
        place: `${file}:${text.slice(0, match.index).split("\n").length + 1}`,
        text: match[1] ?? "",
      }));
  });
}
