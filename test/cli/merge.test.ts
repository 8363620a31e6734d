import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mergeFiles } from "../../src/cli/merge/merge-files.ts";
import { unite } from "../../src/cli/merge/unite.ts";
import { readResult, thisTool, writeResult } from "../../src/cli/check/result-file.ts";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ExploreResult } from "../../src/protocol/explore.ts";
import type { ProgramResult, ResultFile } from "../../src/protocol/result-file.ts";
import { explored, failure, SCHEDULE } from "./checks.ts";
import { folderWith, threadloom } from "./command.ts";

const SEARCH = { strategy: "dpor", seed: 0 } as const;

function part(index: number, of: number, more: Partial<ProgramResult> = {}): ProgramResult {
  const shard = { index, of };
  return {
    ...{ file: "a.ts", expected: "ok", hash: "0f", diagnostics: [], durationMs: 5 },
    ...{ options: { ...SEARCH, shard }, shard, result: explored({ traces: [`${index}`] }) },
    ...more,
  };
}

const fileOf = (...programs: ProgramResult[]): ResultFile => ({
  ...{ format: "threadloom result", version: 1, tool: thisTool(), finished: true, programs },
});

const merge = (...programs: ProgramResult[]) =>
  mergeFiles(
    programs.map((program, index) => ({ name: `${index}.json`, result: fileOf(program) })),
  );

function merged(...programs: ProgramResult[]) {
  const all = merge(...programs);
  assert.ok("programs" in all, JSON.stringify(all));
  return { ...all, result: all.programs[0].result! };
}

test("all shards make a whole that is complete", () => {
  const { result, warnings, programs } = merged(part(2, 3), part(1, 3), part(3, 3));
  assert.deepEqual([result.verdict, result.complete, warnings], ["ok", true, []]);
  assert.deepEqual([result.executions, result.traces], [6, ["1", "2", "3"]]);
  assert.equal(programs[0].shard, undefined);
  assert.equal(programs[0].options?.shard, undefined);
});

test("checks of linearizability count as much in the whole as in the parts together", () => {
  const of = (scenarios: number, whole: number, histories: number) => ({
    result: explored({ linearizability: { scenarios, whole, histories } }),
  });
  const { result } = merged(part(1, 2, of(3, 2, 40)), part(2, 2, of(2, 2, 5)));
  assert.deepEqual(result.linearizability, { scenarios: 5, whole: 4, histories: 45 });
});

test("shards to which nothing fell say nothing; a whole of them is no pass", () => {
  const result = explored({ verdict: "limit", executions: 0, outcomes: [], traces: [] });
  assert.equal(merged(part(1, 2), part(2, 2, { result })).result.verdict, "ok");
  const none = merged(part(1, 2, { result }), part(2, 2, { result }));
  assert.equal(none.result.verdict, "limit");
});

test("a missing shard is named, and the whole is no pass", () => {
  const { result } = merged(part(1, 7), part(5, 7));
  assert.deepEqual([result.verdict, result.complete], ["limit", false]);
  assert.match(result.stopped ?? "", /7 shards; missing: 2 to 4, 6 to 7\./);
  assert.deepEqual(
    result.findings.map(({ code }) => code),
    ["TL8026"],
  );
});

test("what was found counts, though a shard is missing", () => {
  const wrong = explored({ verdict: "assertion", complete: false, findings: [failure()] });
  assert.equal(merged(part(1, 2, { result: wrong })).result.verdict, "assertion");
});

test("a doubled shard counts once, and is told", () => {
  const { result, warnings } = merged(part(1, 2), part(2, 2), part(2, 2));
  assert.deepEqual([result.verdict, result.executions], ["ok", 4]);
  assert.deepEqual(
    warnings.map(({ code }) => code),
    ["TL8027"],
  );
});

test("what two shards have both explored counts once, and is told", () => {
  const result = explored({ traces: ["1", "2"] });
  const { result: whole, warnings } = merged(part(1, 2), part(2, 2, { result }));
  assert.deepEqual([whole.executions, whole.traces], [3, ["1", "2"]]);
  assert.match(warnings[0].message, /1 executions were made in more than one shard; 2 different/);
});

test("what makes no whole is refused, with a reason", () => {
  const other = { ...SEARCH, seed: 9, shard: { index: 2, of: 2 } };
  for (const [second, code] of [
    [part(2, 2, { hash: "ff" }), "TL8023"],
    [part(2, 2, { options: other }), "TL8024"],
    [part(2, 3), "TL8025"],
  ] as const) {
    const all = merge(part(1, 2), second);
    assert.equal("complaint" in all && all.complaint.code, code);
  }
  const old = { ...fileOf(part(1, 1)), tool: "threadloom 0.0.1" };
  const strange = mergeFiles([{ name: "old.json", result: old }]);
  assert.equal("complaint" in strange && strange.complaint.code, "TL8022");
  const empty = mergeFiles([{ name: "empty.json", result: fileOf() }]);
  assert.equal("complaint" in empty && empty.complaint.code, "TL8029");
});

test("programs are united each by its name", () => {
  const all = merge(part(1, 1), part(1, 1, { file: "b.ts" }));
  assert.deepEqual("programs" in all && all.programs.map(({ file }) => file), ["a.ts", "b.ts"]);
});

const results: fc.Arbitrary<ExploreResult> = fc
  .record({
    executions: fc.nat(50),
    complete: fc.boolean(),
    verdict: fc.constantFrom("ok", "limit", "race", "assertion"),
    outputs: fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 4 }),
    lines: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
    traces: fc.uniqueArray(fc.constantFrom("1", "2", "3", "4", "5"), { maxLength: 4 }),
  })
  .map(({ outputs, lines, verdict, ...rest }) =>
    explored({
      ...rest,
      verdict: verdict as ExploreResult["verdict"],
      executions: Math.max(rest.executions, rest.traces.length),
      outcomes: outputs.map((output, index) => ({
        ...{ output, shared: {}, count: index + 1 },
        schedule: SCHEDULE.repeat(index + 1),
      })),
      findings: lines.map((line) => failure({ sites: [{ file: "a.ts", line, column: 1 }] })),
    }),
  );

test("the order in which parts come changes nothing of what is counted and found", () => {
  fc.assert(
    fc.property(fc.array(results, { minLength: 1, maxLength: 4 }), (parts) => {
      const [one, other] = [unite(parts), unite(parts.toReversed())];
      assert.deepEqual(other, one);
      const { result, repeated } = one;
      const counted = parts.flatMap(({ outcomes }) => outcomes.map(({ count }) => count));
      assert.equal(
        result.outcomes.reduce((sum, { count }) => sum + count, 0),
        counted.reduce((sum, count) => sum + count, 0),
      );
      assert.equal(
        result.executions + repeated,
        parts.reduce((sum, { executions }) => sum + executions, 0),
      );
      assert.equal(
        result.complete,
        parts.every(({ complete }) => complete),
      );
      assert.equal(
        new Set(result.outcomes.map(({ output }) => output)).size,
        result.outcomes.length,
      );
    }),
  );
});

test("a result file comes back as it was written, and nothing lies beside it", () => {
  using made = folderWith({});
  const file = path.join(made.folder, "result.json");
  const result = fileOf(part(1, 2));
  assert.equal(writeResult(file, result), undefined);
  assert.deepEqual(readResult(file), { result });
  assert.deepEqual(readdirSync(made.folder), ["result.json"]);
  assert.equal(writeResult(path.join(made.folder, "gone/result.json"), result)?.code, "TL5008");
});

test("what is no result file, or one of another version or cut short, is refused", () => {
  using made = folderWith({});
  const file = path.join(made.folder, "result.json");
  writeResult(file, fileOf(part(1, 2)));
  const text = readFileSync(file, "utf8");
  const value = JSON.parse(text) as { programs: { result: { executions: unknown } }[] };
  value.programs[0].result.executions = "many";
  for (const [damaged, code] of [
    ["", "TL8020"],
    ["[]", "TL8020"],
    ["null", "TL8020"],
    [text.slice(0, text.length / 2), "TL8020"],
    [text.replace('"version":1', '"version":2'), "TL8021"],
    [JSON.stringify(value), "TL8020"],
  ] as const) {
    writeFileSync(file, damaged);
    const read = readResult(file);
    assert.equal("complaint" in read && read.complaint.code, code, damaged.slice(0, 40));
  }
});

test("merge tells the whole as check does, with reports and a result of its own", async () => {
  const wrong = explored({ verdict: "assertion", complete: false, findings: [failure()] });
  using made = folderWith({
    "1.json": JSON.stringify(fileOf(part(1, 2))),
    "2.json": JSON.stringify(fileOf(part(2, 2, { result: wrong }))),
    "3.json": JSON.stringify(fileOf(part(1, 2))),
    "damaged.json": "{",
  });
  const settings = { cwd: made.folder };
  const words = [
    "merge",
    "1.json",
    "2.json",
    "--junit",
    "j.xml",
    "--sarif",
    "s.sarif",
    "-o",
    "r.json",
  ];
  const told = await threadloom(words, settings);
  assert.equal(told.status, 1);
  assert.match(told.stdout, /^a\.ts {2}assertion, where ok was expected · /);
  assert.match(told.stdout, /threadloom replay a\.schedule a\.ts/);
  for (const file of ["j.xml", "s.sarif"]) {
    assert.match(readFileSync(path.join(made.folder, file), "utf8"), /TL2154/);
  }
  const again = await threadloom(["merge", "r.json", "--json"], settings);
  const { file, verdict, executions } = JSON.parse(again.stdout) as Record<string, unknown>;
  assert.deepEqual([file, verdict, executions, again.status], ["a.ts", "assertion", 4, 1]);
  const doubled = await threadloom(["merge", "1.json", "3.json"], settings);
  assert.equal(doubled.status, 3, "the second shard is missing");
  assert.match(doubled.stderr, /warning\[TL8027\]/);
  const damaged = await threadloom(["merge", "1.json", "damaged.json"], settings);
  assert.deepEqual([damaged.status, damaged.stdout], [2, ""]);
  assert.match(damaged.stderr, /error\[TL8020\]: damaged\.json/);
});
