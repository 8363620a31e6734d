// Runs the suites of test/vscode/host in the desktop VS Code, which @vscode/test-electron downloads: for
// machines with a network and a display (`xvfb-run` gives one). `npm test` runs the very same suites in the
// server build.
//   npm run test:electron [-- VERSION]        VERSION: stable (the default), insiders, 1.101.0 …
import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runTests } from "@vscode/test-electron";
import { build } from "../../scripts/build.mjs";
import { stage } from "../../scripts/stage.mjs";
import { bundleSuite } from "../vscode/suite.ts";

const root = path.resolve(import.meta.dirname, "../..");
const version = process.argv[2] ?? "stable";
const suites = globSync("test/vscode/host/*.ts", { cwd: root }).sort();
if (suites.length === 0) throw new Error("there is no suite in test/vscode/host");

await build();
const extensionDevelopmentPath = stage("development");
const home = mkdtempSync(path.join(tmpdir(), "threadloom-electron-"));
try {
  const workspace = path.join(home, "workspace.code-workspace");
  writeFileSync(workspace, JSON.stringify({ folders: [], settings: {} }));
  for (const suite of suites) {
    console.log(`electron: ${suite} in VS Code ${version}`);
    await runTests({
      version,
      extensionDevelopmentPath,
      extensionTestsPath: await bundleSuite(suite),
      launchArgs: [
        workspace,
        "--disable-extensions",
        "--disable-workspace-trust",
        `--user-data-dir=${path.join(home, path.basename(suite, ".ts"))}`,
      ],
    });
  }
  console.log(`electron: ${suites.length} suites passed`);
} finally {
  rmSync(home, { recursive: true, force: true });
}
