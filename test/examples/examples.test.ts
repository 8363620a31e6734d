/**
 * Every example runs on real threads and on the model, through the command line, and ends as it says. Nothing here depends on
 * timing.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { FindingKind } from "../../src/trace/finding.ts";
import type { RunJson } from "../../src/analysis/run-json.ts";
import { root, threadloom } from "../cli/command.ts";
import { EXAMPLE_FILES, exampleFile } from "./programs.ts";

interface Expected {
  /** One of these: `lost-update` may be lucky, and races all the same. */
  readonly verdict: string | readonly string[];
  readonly threads: readonly string[];
  /** Must be found; others may be (contention comes and goes). */
  readonly findings?: readonly FindingKind[];
  /** Kinds of object that the picture shows, with their names. */
  readonly objects: Readonly<Record<string, readonly string[]>>;
  readonly output?: (lines: readonly string[]) => void;
  readonly run?: (run: RunJson) => void;
}

const workers = (count: number) => Array.from({ length: count }, (_, i) => `worker-${i + 1}`);
/** What comes and goes with the timing, and changes no verdict. */
const BY_CHANCE: readonly FindingKind[] = ["contention", "starvation", "nothing-concurrent"];

const EXAMPLES: Readonly<Record<string, Expected>> = {
  actors: {
    verdict: "ok",
    threads: ["main", "account", "clerk", ...["worker-3", "worker-4", "worker-5"]],
    objects: {},
    output: (lines) => assert.deepEqual(lines, ["handled 1", "handled 1", "balance 150"]),
  },
  "async-tasks": {
    verdict: "ok",
    threads: ["main", ...workers(2)],
    objects: { mutex: ["stock"] },
    output: (lines) => {
      assert.equal(lines.at(-1), "20 [ [ 'apples', 12 ], [ 'pears', 8 ] ]");
      const days = [
        "north on day 1 5",
        "north on day 2 10",
        "south on day 1 5",
        "south on day 2 10",
      ];
      assert.deepEqual(lines.slice(0, -1).toSorted(), days);
    },
  },
  coroutines: {
    verdict: "ok",
    threads: ["main"],
    objects: {},
    output: (lines) =>
      assert.equal(lines.at(-1), "white e4, black e5, white Nf3, black Nc6, white Bb5"),
  },
  "event-loop": {
    verdict: "ok",
    threads: ["main", "computing"],
    objects: { channel: ["tx"] },
    output: (lines) =>
      assert.deepEqual(lines, [
        ...["key a", "drawn a", "key b", "drawn b", "autosave", "key q", "drawn q", "bye"],
        "computed 42",
      ]),
  },
  futures: {
    verdict: "ok",
    threads: ["main", "eggs", "tea", "quick"],
    objects: { mutex: ["state", "state #2", "state #3"] },
    output: (lines) =>
      assert.deepEqual(lines, [
        ...["nothing has begun", "only now", "[ 'tea', 'eggs' ]"],
        ...["slow was given up", "{ index: 1, value: 'quick' }", "slow was given up", "too late"],
      ]),
  },
  runtime: {
    verdict: "ok",
    threads: ["main", "runtime-1", "runtime-2", "worker-3"],
    objects: { mutex: ["pages"] },
    output: (lines) => {
      const text = lines.join(" ").replace(/\s+/g, " ");
      assert.match(text, /squares: \[ ?1, 4, 9, 16, 25, 36, 49, 64 ?\]/);
      assert.match(text, /sorted: \[ ?1, 2, 3 ?\], arrived: 8, stored: 8/);
    },
  },
  streams: {
    verdict: "ok",
    threads: ["main"],
    objects: {},
    output: (lines) => {
      const degrees = lines.filter((line) => /^\d/.test(line));
      assert.deepEqual(degrees, ["19.5", "21.5", "23.5", "22.5"]);
      assert.equal(lines.at(-1), "[ 10, 20, 0, 1, 2 ]");
    },
  },
  barrier: {
    verdict: "ok",
    threads: ["main", "part-0", "part-1", "part-2"],
    objects: { mutex: ["row"], barrier: ["meeting"] },
    output: (lines) => {
      assert.deepEqual(lines, [
        "step 1: 0 30 30 30 0 0",
        "step 2: 10 20 30 20 10 0",
        "step 3: 10 20 23.333333333333332 20 10 3.3333333333333335",
      ]);
    },
  },
  broadcast: {
    verdict: "ok",
    threads: ["main", "archivist", "guard", "passer-by"],
    objects: { broadcast: ["readings"], watch: ["display"] },
    output: (lines) => assert.deepEqual(lines, ["8 readings kept, 3 of them frosty"]),
    run: ({ messages, objects }) => {
      const readings = objects.find(({ name }) => name === "readings")!;
      const received = messages.filter(({ channel }) => channel === readings.id);
      assert.equal(received.length, 2, "each subscriber");
      assert.ok(received.every(({ from, count }) => from === 0 && count === 8));
    },
  },
  condvar: {
    verdict: "ok",
    threads: ["main", "packer-1", "packer-2", "courier"],
    objects: { mutex: ["shelf"], condvar: ["notFull", "notEmpty"] },
    output: ([line]) => assert.match(line, /^12 parcels, the last one: parcel 6 of packer-[12]$/),
  },
  contention: {
    verdict: "ok",
    threads: ["main", "ada", "ben", "cleo"],
    objects: { mutex: ["cache", "journal", "arrived"], condvar: ["everybody"] },
    output: (lines) => assert.deepEqual(lines, ["36 requests served"]),
    run: ({ objects }) => {
      // Three threads compute under one lock: however the cores are shared out, somebody waits.
      const cache = objects.find(({ name }) => name === "cache");
      assert.ok(cache !== undefined && cache.contended > 0 && cache.waitedNs > 0);
    },
  },
  deadlock: {
    verdict: "deadlock",
    threads: ["main", "alice", "bob"],
    findings: ["deadlock"],
    objects: { mutex: ["checking", "savings"] },
    output: (lines) => assert.deepEqual(lines, ["alice holds checking"]),
    run: ({ findings }) => {
      const [deadlock] = findings.filter(({ kind }) => kind === "deadlock");
      assert.match(deadlock.message, /alice waits for `savings`.*held by bob/);
      assert.match(deadlock.message, /bob waits for `checking`.*held by alice/);
      assert.ok(deadlock.sites.length > 0 && deadlock.remedy);
    },
  },
  "lost-update": {
    verdict: ["assertion", "race"],
    threads: ["main", "alice", "bob"],
    findings: ["race"],
    objects: { cell: ["counter"] },
    run: ({ objects, verdict, findings }) => {
      const [counter] = objects.filter(({ name }) => name === "counter");
      assert.ok(counter.operations >= 40_000, "two reads and two writes, ten thousand times");
      if (verdict === "assertion") {
        const [failed] = findings.filter(({ kind }) => kind === "assertion");
        assert.match(failed.message, /counter === 20000/);
      }
    },
  },
  models: {
    verdict: "ok",
    threads: ["main", "solver", "encoder", "screen", "typist"],
    objects: { channel: ["keys"] },
    output: (lines) => assert.deepEqual(lines.map(([key]) => key).join(""), "hello"),
    run: ({ messages }) => assert.equal(messages[0].count, 5),
  },
  mpsc: {
    verdict: "ok",
    threads: ["main", ...workers(3)],
    objects: { channel: ["tx"] },
    output: (lines) =>
      assert.deepEqual(lines.toSorted(), [
        "Got: Can you read this?",
        "Got: Hello there!",
        "Got: Ten threads say something.",
      ]),
    run: ({ messages }) => assert.equal(messages.length, 3),
  },
  mutex: {
    verdict: "ok",
    threads: ["main"],
    findings: ["nothing-concurrent"],
    objects: { mutex: ["db"] },
    output: (lines) => assert.deepEqual(lines, ["[ 1 ]"]),
  },
  "parallel-sum": {
    verdict: "ok",
    threads: ["main", "part-1"],
    objects: {},
    output: ([line]) => assert.match(line, /^\d+ workers say 5000050000$/),
  },
  pipeline: {
    verdict: "ok",
    threads: ["main", "read", "measure", "report"],
    objects: { channel: ["toMeasure", "toReport"] },
    output: ([line]) => assert.match(line, /^10 lines; the richest: ".+" with \d+ pairs$/),
    run: ({ messages }) =>
      assert.deepEqual(
        messages.map(({ count }) => count),
        [10, 10],
      ),
  },
  poisoning: {
    verdict: "ok",
    threads: ["main", "carol"],
    findings: ["poisoned-lock"],
    objects: { mutex: ["stock"] },
    output: (lines) =>
      assert.deepEqual(lines, [
        "carol panicked: no room for another pear",
        "found half-made: { apples: 2, pears: 0 }",
        "repaired: { apples: 3, pears: 0 }",
      ]),
  },
  rendezvous: {
    verdict: "ok",
    threads: ["main", "alice", "bob"],
    objects: { channel: ["hand"] },
    output: (lines) =>
      assert.deepEqual(
        lines,
        [1, 2, 3, 4].map((lap) => `bob has the baton of lap ${lap}`),
      ),
  },
  rwlock: {
    verdict: "ok",
    threads: ["main", "ada", "ben", "cleo", "grocer"],
    objects: { rwlock: ["prices"] },
    output: (lines) => {
      assert.equal(lines.at(-1), "in the end 5");
      assert.equal(lines.length, 13);
      assert.ok(lines.slice(0, -1).every((line) => /an apple is [345]$/.test(line)));
    },
  },
  "treiber-stack": {
    verdict: "ok",
    threads: ["main", "washer", "dryer"],
    objects: { atomicref: ["head"] },
    output: (lines) => assert.deepEqual(lines, ["on the stack were 1, 2, 3, 4"]),
  },
  "word-count": {
    verdict: "ok",
    threads: ["main", "ann", "ben"],
    objects: { queue: ["queued"], map: ["counts"], threadlocal: ["longest"] },
    output: (lines) => {
      assert.deepEqual(lines, ["it: 3, prove: 1, see: 1, step: 1", "the longest word is prove"]);
    },
  },
  semaphore: {
    verdict: "ok",
    threads: ["main", "red", "green", "blue", "white", "black"],
    objects: { semaphore: ["pumps"] },
    output: (lines) => {
      assert.equal(lines.length, 6);
      assert.equal(lines.at(-1), "never more than 2 at the pumps: true; free now: 2");
    },
  },
  select: {
    verdict: "ok",
    threads: ["main", "customer", "courier", "clerk"],
    objects: { channel: ["orders", "handing", "bell"] },
    output: (lines) => assert.deepEqual(lines, ["6 parcels, the last one parcel 6"]),
    run: ({ messages, objects }) => {
      const handing = objects.find(({ name }) => name === "handing")!;
      const handed = messages.filter(({ channel }) => channel === handing.id);
      assert.equal(
        handed.reduce((sum, { count }) => sum + count, 0),
        6,
      );
    },
  },
  "shared-database": {
    verdict: "ok",
    threads: ["main", ...workers(10)],
    objects: { mutex: ["db"] },
    run: ({ objects, output }) => {
      const ids =
        output
          .map(({ text }) => text)
          .join(" ")
          .match(/\d+/g) ?? [];
      assert.deepEqual(
        ids.map(Number).toSorted((a, b) => a - b),
        [...Array(10).keys()],
      );
      const [db] = objects.filter(({ name }) => name === "db");
      assert.equal(db.operations, 22, "ten threads and main, each a lock and an unlock");
    },
  },
  "thread-pool": {
    verdict: "ok",
    threads: ["main", "crew-1", "crew-2", "crew-3", "map-1", "map-2"],
    objects: {},
    output: (lines) => {
      assert.deepEqual(lines, ["1438 primes below 12000", "true false true false"]);
    },
    run: ({ objects }) => {
      const pools = objects.filter(({ kind }) => kind === "pool").map(({ name }) => name);
      assert.ok(pools.includes("pool"));
    },
  },
};

test("every example is listed here and in its README", () => {
  assert.deepEqual([...EXAMPLE_FILES.keys()].sort(), Object.keys(EXAMPLES).sort());
  const folder = path.join(root, "examples");
  const readme = readFileSync(path.join(folder, "README.md"), "utf8");
  for (const file of EXAMPLE_FILES.values()) {
    const link = path.relative(folder, file).replaceAll("\\", "/");
    assert.ok(readme.includes(`](${link})`), link);
  }
});

const RUNS = Object.entries(EXAMPLES).flatMap(([name, expected]) =>
  (["native", "model"] as const).map((engine) => ({ name, expected, engine })),
);

for (const { name, expected, engine } of RUNS) {
  test(`${name}.ts, ${engine}`, async () => {
    const file = exampleFile(name);
    const asked = ["trace", file, "--json", "--engine", engine];
    const { status, stdout, stderr } = await threadloom(asked);
    const run = JSON.parse(stdout) as RunJson;
    assert.equal(run.engine, engine);
    const verdicts = [expected.verdict].flat();
    assert.ok(verdicts.includes(run.verdict), `${run.verdict}: ${stdout.slice(0, 2000)}`);
    const asExpected = run.verdict === (run.expected ?? "ok");
    assert.deepEqual([status, stderr], [asExpected ? 0 : 1, ""]);
    assert.deepEqual(
      run.diagnostics.filter(({ severity }) => severity === "error"),
      [],
    );
    const names = run.threads.map((thread) => thread.name);
    assert.deepEqual(names.slice(0, expected.threads.length), expected.threads);
    for (const [kind, wanted] of Object.entries(expected.objects)) {
      const there = run.objects.filter((one) => one.kind === kind).map((one) => one.name);
      assert.deepEqual(there.toSorted(), wanted.toSorted(), kind);
    }
    const isTelling = (kind: FindingKind): boolean =>
      !BY_CHANCE.includes(kind) || expected.findings?.includes(kind) === true;
    const found = run.findings.map(({ kind }) => kind).filter(isTelling);
    if (run.verdict !== "assertion")
      assert.deepEqual(found.toSorted(), (expected.findings ?? []).toSorted());
    expected.output?.(run.output.map(({ text }) => text));
    expected.run?.(run);
  });
}
