// The static checks as tests, so that `npm test` counts them with everything else. Each is an npm script too.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { describe, test } from "node:test";

const CHECKS: Record<string, string> = {
  "format:check": "the sources are formatted (npm run format)",
  lint: "the linter finds nothing (npm run lint)",
  types: "the types check (npm run types)",
  layers: "imports follow the arrows (npm run layers)",
};

describe("checks", { concurrency: Math.max(1, Math.floor(availableParallelism() / 2)) }, () => {
  for (const [script, what] of Object.entries(CHECKS)) {
    test(what, async () => {
      const child = spawn("npm", ["run", "--silent", script], {
        stdio: ["ignore", "pipe", "pipe"],
        shell: process.platform === "win32",
      });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
      }
      const [status] = (await once(child, "close")) as [number | null];
      assert.equal(status, 0, output);
    });
  }
});
