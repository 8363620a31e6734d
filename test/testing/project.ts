/** A person's project with the package in it, as npm lays it out, and its test runner as a process of its own. */
import { spawn } from "node:child_process";
import {
  globSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";

const root = path.join(import.meta.dirname, "../..");
/** Below our own packages, where the runners are found; a package of a name of its own, so that links are followed nowhere. */
const PLACE = path.join(root, "out/testing");

export interface Project extends Disposable {
  readonly folder: string;
  run(words: readonly string[], environment?: Record<string, string>): Promise<Ran>;
}

export interface Ran {
  readonly status: number | null;
  /** Both streams, without colours. */
  readonly output: string;
}

export function projectWith(files: Readonly<Record<string, string>>): Project {
  mkdirSync(PLACE, { recursive: true });
  const folder = mkdtempSync(path.join(PLACE, "project-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  install(path.join(folder, "node_modules/threadloom"));
  return {
    folder,
    run: (words, environment = {}) => run(folder, words, environment),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function install(target: string): void {
  for (const name of [
    "package.json",
    ...globSync("dist/**/*.{mjs,cjs,mts,cts,ts,js,json}", { cwd: root }),
  ]) {
    if (statSync(path.join(root, name)).isDirectory()) continue;
    mkdirSync(path.dirname(path.join(target, name)), { recursive: true });
    linkSync(path.join(root, name), path.join(target, name));
  }
}

function run(
  cwd: string,
  words: readonly string[],
  environment: Record<string, string>,
): Promise<Ran> {
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...inherited } = process.env;
  const child = spawn(process.execPath, words, {
    cwd,
    env: { ...inherited, NO_COLOR: "1", CI: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  }
  return new Promise((resolve) => {
    child.once("close", (status) => resolve({ status, output: stripVTControlCharacters(output) }));
  });
}

/** The file of a runner's command. */
export function runner(name: "vitest/vitest.mjs" | "jest/bin/jest.js"): string {
  return path.join(root, "node_modules", name);
}
