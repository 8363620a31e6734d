import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCommandLine } from "../../src/cli/arguments.ts";

const asked = (line: string) => parseCommandLine(line.split(" "));

test("files alone are checked by the default strategy", () => {
  assert.deepEqual(asked("check a.ts b.ts dir"), {
    kind: "check",
    places: ["a.ts", "b.ts", "dir"],
    json: false,
    jobs: 1,
    save: false,
    search: { strategy: "auto", perThreadOutput: false, keepGoing: false },
  });
});

test("every option of check is taken, with files between them", () => {
  const line =
    "check --strategy pct a.ts --max-executions 5 --max-seconds 2.5 --seed 7 --spurious 1 --output per-thread " +
    "--keep-going --preemptions 0 --depth 4 --jobs 3 --shard 2/5 -o r.json --resume q.json --json --junit j.xml " +
    "--sarif s.sarif --save --memory-limit 64 b.ts";
  assert.deepEqual(asked(line), {
    kind: "check",
    places: ["a.ts", "b.ts"],
    json: true,
    junit: "j.xml",
    sarif: "s.sarif",
    result: "r.json",
    jobs: 3,
    save: true,
    search: {
      ...{ strategy: "pct", perThreadOutput: true, keepGoing: true },
      ...{ maxExecutions: 5, maxSeconds: 2.5, seed: 7, spurious: 1, preemptions: 0, depth: 4 },
      shard: { index: 2, of: 5 },
    },
    memoryLimitMegabytes: 64,
    resume: "q.json",
  });
});

test("merge takes result files", () => {
  assert.deepEqual(asked("merge 1.json 2.json --sarif s.sarif -o r.json"), {
    kind: "merge",
    results: ["1.json", "2.json"],
    json: false,
    sarif: "s.sarif",
    result: "r.json",
  });
});

for (const [line, code] of [
  ["check", "TL5003"],
  ["merge", "TL5003"],
  ["check a.ts --strategy best", "TL5006"],
  ["check a.ts --max-executions 0", "TL5006"],
  ["check a.ts --max-executions 1.5", "TL5006"],
  ["check a.ts --max-seconds 0", "TL5006"],
  ["check a.ts --seed x", "TL5006"],
  ["check a.ts --output lines", "TL5006"],
  ["check a.ts --depth 0", "TL5006"],
  ["check a.ts --jobs 0", "TL5006"],
  ["check a.ts --save=yes", "TL5002"],
  ["check a.ts --shard 0/3", "TL8010"],
  ["check a.ts --shard 4/3", "TL8010"],
  ["check a.ts --shard 1/0", "TL8010"],
  ["check a.ts --shard 1", "TL8010"],
  ["check a.ts --shard 1/3/5", "TL8010"],
  ["check a.ts --shard +1/3", "TL8010"],
  ["check a.ts --shard 1.5/3", "TL8010"],
  ["check a.ts --shard 1/99999999", "TL8010"],
  ["merge a.json --strategy dpor", "TL5002"],
] as const) {
  test(`refused, with a reason: threadloom ${line}`, () => {
    const request = asked(line);
    assert.equal(request.kind === "refused" && request.complaint.code, code);
  });
}
