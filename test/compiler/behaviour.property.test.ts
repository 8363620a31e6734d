/** For any program: compiled, it does what it did; made again from its environments, too. */
import { test } from "node:test";
import fc from "fast-check";
import { sameBehaviour } from "./behaviour.ts";
import { growProgram } from "./programs.ts";

/** Compiling takes a few hundredths of a second each. THREADLOOM_RUNS asks for more. */
const RUNS = Number(process.env["THREADLOOM_RUNS"] ?? 60);

test("any program does, compiled, what it did", async () => {
  const numbers = fc.array(fc.nat(1_000_000), { minLength: 20, maxLength: 160, size: "max" });
  await fc.assert(
    fc.asyncProperty(numbers, (list) => sameBehaviour(growProgram(list))),
    { numRuns: RUNS },
  );
});
