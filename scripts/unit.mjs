// Runs the unit tests, or those given:  npm run test:unit -- test/codec/varint.test.ts
import { spawnSync } from "node:child_process";
import { UNIT_TESTS } from "./tests.mjs";

const given = process.argv.slice(2);
const files = given.some((argument) => !argument.startsWith("-")) ? [] : UNIT_TESTS;
const { status } = spawnSync(process.execPath, ["--test", ...given, ...files], {
  stdio: "inherit",
});
process.exit(status ?? 1);
