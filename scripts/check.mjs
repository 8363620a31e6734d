// `npm run check`: everything that is quick, as one run of node:test: the static checks and the unit tests.
import { runPhases } from "./run-tests.mjs";
import { CHECKS, UNIT_TESTS } from "./tests.mjs";

const passed = await runPhases([
  { name: "checks", files: CHECKS, concurrency: 1 },
  { name: "unit tests", files: UNIT_TESTS, concurrency: 2 },
]);
process.exitCode = passed ? 0 : 1;
