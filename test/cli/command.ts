/** Runs the command as people do: the built `dist/cli.mjs`, in a process of its own. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export const root = path.join(import.meta.dirname, "../..");
const cli = path.join(root, "dist/cli.mjs");

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Settings {
  readonly cwd?: string;
  readonly environment?: Record<string, string>;
}

/** What a terminal would add; a test that wants it says so. */
const PLAIN = { NO_COLOR: "", FORCE_COLOR: "", LC_ALL: "C.UTF-8", NODE_OPTIONS: "" };

export function start(words: readonly string[], settings: Settings = {}): ChildProcess {
  assert.ok(existsSync(cli), "dist/cli.mjs is missing: npm run build");
  return spawn(process.execPath, [cli, ...words], {
    cwd: settings.cwd ?? root,
    env: { ...process.env, ...PLAIN, ...settings.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

export function outcomeOf(child: ChildProcess): Promise<Outcome> {
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => {
    child.once("close", (status) => resolve({ status, stdout, stderr }));
  });
}

export function threadloom(words: readonly string[], settings?: Settings): Promise<Outcome> {
  return outcomeOf(start(words, settings));
}

/** A folder for one test, with files in it; gone at the end of its block. Its name is an awkward one. */
export function folderWith(files: Readonly<Record<string, string>>): Disposable & {
  readonly folder: string;
} {
  const folder = mkdtempSync(path.join(tmpdir(), "threadloom übung & co "));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
