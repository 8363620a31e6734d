/**
 * Properties whose failure replays by one line, which is printed with it:
 *
 *     THREADLOOM_SEED=-12 THREADLOOM_PATH=3:1:0 node --test --test-name-pattern="^words at random$" test/codec/damage.test.ts
 *
 * `THREADLOOM_RUNS=50` makes fifty times as many runs.
 */
import { test } from "node:test";
import fc from "fast-check";

const { THREADLOOM_SEED: seed, THREADLOOM_PATH: path, THREADLOOM_RUNS: times } = process.env;

export function property<T>(
  name: string,
  file: string,
  runs: number,
  arbitrary: fc.Arbitrary<T>,
  holds: (value: T) => void,
): void {
  test(name, () => {
    const checked = fc.check(fc.property(arbitrary, holds), {
      numRuns: runs * Number(times ?? 1),
      ...(seed === undefined ? {} : { seed: Number(seed) }),
      ...(path === undefined ? {} : { path, endOnFailure: true }),
    });
    if (!checked.failed) return;
    const where = `THREADLOOM_SEED=${checked.seed} THREADLOOM_PATH=${checked.counterexamplePath ?? ""}`;
    const replay = `${where} node --test --test-name-pattern="^${name}$" ${file}`;
    throw new Error(`${fc.defaultReportMessage(checked)}\n\nreplay: ${replay}`, {
      cause: checked.errorInstance,
    });
  });
}
