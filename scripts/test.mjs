// `npm test`: everything, on any machine that has Node and git. It installs what is missing, builds, and runs
// the static checks, the unit tests and the tests in a real VS Code as one run of node:test.
//   npm test                      all of it
//   npm test -- test/codec        only these files or folders
import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { bootstrap } from "./bootstrap.mjs";

await bootstrap(import.meta.url);
// These need what has been installed, and the project's own Node.
const { build } = await import("./build.mjs");
const { runPhases } = await import("./run-tests.mjs");
const { CHECKS, UNIT_TESTS, VSCODE_TESTS } = await import("./tests.mjs");

/**
 * Downloads take long and no core: they go on beside the checks and the unit tests. Where they fail, each test
 * in VS Code tries again and says why.
 */
async function setUpVSCode() {
  const child = spawn(process.execPath, ["test/vscode/setup.ts"], { stdio: "inherit" });
  await once(child, "exit");
}

const given = process.argv.slice(2).map((place) => {
  const folder = statSync(place, { throwIfNoEntry: false })?.isDirectory();
  return folder ? `${place.replace(/[\\/]$/, "")}/**/*.test.ts` : place;
});

await build();
const passed = await runPhases(
  given.length > 0
    ? [{ name: "given tests", files: given, concurrency: 1 }]
    : [
        { name: "checks", files: CHECKS, concurrency: 1 },
        { name: "unit tests", files: UNIT_TESTS, concurrency: 2 },
        { name: "in VS Code", files: VSCODE_TESTS, concurrency: 1, ready: setUpVSCode() },
      ],
);
process.exitCode = passed ? 0 : 1;
