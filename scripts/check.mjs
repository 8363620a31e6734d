// `npm run check`: everything that is quick, as one run of node:test: the static checks and the unit tests.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runPhases } from "./run-tests.mjs";
import { CHECKS, UNIT_TESTS } from "./tests.mjs";

// The tests of the command line and of the engine run what is built.
const build = fileURLToPath(new URL("./build.mjs", import.meta.url));
const { status } = spawnSync(process.execPath, [build], { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);

const passed = await runPhases([
  { name: "checks", files: CHECKS, concurrency: 1 },
  { name: "unit tests", files: UNIT_TESTS, concurrency: 2 },
]);
process.exitCode = passed ? 0 : 1;
