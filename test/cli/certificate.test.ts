import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { certificateOf, whyNotCertified } from "../../src/cli/check/certificate.ts";
import type { Certificate } from "../../src/protocol/certificate.ts";
import { checked, explored } from "./checks.ts";
import { folderWith, threadloom } from "./command.ts";

const FINE = `// @threadloom
import { Mutex, spawn } from "threadloom:std";
import { twice } from "./twice.ts";
const total = new Mutex(0);
const threads = [1, 2].map((n) => spawn(() => { using guard = total.lock(); guard.value += twice(n); }));
for (const thread of threads) thread.join();
`;
const TWICE = "export const twice = (n: number): number => 2 * n;\n";
const LOST = `// @threadloom
/** @shared */ let counter = 0;
/** @thread */ function alice() { counter++; }
/** @thread */ function bob() { counter++; }
// @final counter === 2
`;

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

test("a certificate says what a pass stands on, the same each time, and is verified until something changes", async () => {
  using made = folderWith({ "fine.ts": FINE, "twice.ts": TWICE });
  const cwd = made.folder;
  const file = path.join(cwd, "certificate.json");
  const asked = ["check", "fine.ts", "--strategy", "dpor", "--certificate", "certificate.json"];
  assert.equal((await threadloom(asked, { cwd })).status, 0);
  const text = readFileSync(file, "utf8");
  const { format, version, programs } = JSON.parse(text) as Certificate;
  assert.deepEqual([format, version, programs.length], ["threadloom certificate", 1, 1]);
  const [{ sources, verdict, complete, executions, outcomes }] = programs;
  assert.deepEqual(sources, [
    { file: "fine.ts", sha256: sha256(FINE) },
    { file: "twice.ts", sha256: sha256(TWICE) },
  ]);
  assert.deepEqual([verdict, complete, executions, outcomes.count], ["ok", true, 2, 1]);

  assert.equal((await threadloom(asked, { cwd })).status, 0);
  assert.equal(readFileSync(file, "utf8"), text, "the same bytes");

  const verify = ["check", "fine.ts", "--verify", "certificate.json"];
  const verified = await threadloom(verify, { cwd });
  assert.equal(verified.status, 0);
  assert.equal(verified.stdout, "fine.ts  certified: ok · 2 executions · every interleaving\n");

  writeFileSync(path.join(cwd, "twice.ts"), TWICE.replace("2 * n", "n + n"));
  const changed = await threadloom(verify, { cwd });
  assert.equal(changed.status, 1);
  assert.match(
    changed.stderr.replace(/\s+/g, " "),
    /error\[TL8032\]: .*twice\.ts has changed since/,
  );
  const json = await threadloom([...verify, "--json"], { cwd });
  assert.deepEqual(JSON.parse(json.stdout), {
    ...{ file: "fine.ts", certified: false },
    reason: "twice.ts has changed since",
  });

  writeFileSync(
    path.join(cwd, "fine.ts"),
    FINE.replace(/^import \{ twice.*$/m, "const twice = Number;"),
  );
  assert.match((await threadloom([...verify, "--json"], { cwd })).stdout, /fine\.ts has changed/);
});

test("what is not as expected is not certified, and what was written before stays", async () => {
  using made = folderWith({ "lost.ts": LOST, "certificate.json": "before" });
  const cwd = made.folder;
  const asked = ["check", "lost.ts", "--certificate", "certificate.json"];
  const { status, stderr } = await threadloom(asked, { cwd });
  assert.equal(status, 1);
  assert.match(
    stderr.replace(/\s+/g, " "),
    /warning\[TL8031\]: .*lost\.ts: it is assertion, where ok/,
  );
  assert.equal(readFileSync(path.join(cwd, "certificate.json"), "utf8"), "before");

  const verified = await threadloom(["check", "lost.ts", "--verify", "certificate.json"], { cwd });
  assert.equal(verified.status, 2);
  assert.match(verified.stderr, /error\[TL8030\]/);
  assert.equal(existsSync(path.join(cwd, "certificate.json.part")), false);
});

test("a program that is not in it, or was certified by another version, fails", async () => {
  using made = folderWith({ "fine.ts": FINE, "twice.ts": TWICE });
  const cwd = made.folder;
  const certificate = certificateOf([], "certificate.json");
  const write = (value: unknown): void =>
    writeFileSync(path.join(cwd, "certificate.json"), JSON.stringify(value));
  const reason = async (): Promise<string> => {
    const asked = ["check", "fine.ts", "--verify", "certificate.json", "--json"];
    return (JSON.parse((await threadloom(asked, { cwd })).stdout) as { reason: string }).reason;
  };
  write(certificate);
  assert.equal(await reason(), "it is not in there");
  const sources = [{ file: "fine.ts", sha256: sha256(FINE) }];
  const { steps, phases, unmodelled } = explored();
  const counted = { steps, phases, unmodelled, executions: 2, complete: true };
  const asked = { options: { strategy: "dpor", seed: 0 }, expected: "ok", verdict: "ok" };
  const outcomes = { count: 1, sha256: "" };
  const program = { file: "fine.ts", sources, outcomes, ...counted, ...asked };
  write({ ...certificate, programs: [program] });
  assert.equal(await reason(), "twice.ts has become a part of it");
  write({ ...certificate, tool: "threadloom 0.0.0", programs: [program] });
  assert.match(await reason(), /certified by threadloom 0\.0\.0/);
});

test("a part of a whole and what was interrupted are not certified; outcomes count in any order", () => {
  const options = { strategy: "dpor", seed: 0 } as const;
  const sources = [{ file: "lost.ts", sha256: "0f" }];
  const of = (...more: Parameters<typeof checked>) => [
    { checked: checked(...more), options, sources },
  ];
  assert.equal(whyNotCertified(of()), undefined);
  assert.match(whyNotCertified(of({}, { shard: { index: 1, of: 2 } }))!.message, /only a part/);
  assert.match(whyNotCertified(of({}, { interrupted: true }))!.message, /interrupted/);
  assert.match(whyNotCertified(of({ verdict: "limit" }))!.message, /it is limit, where ok/);
  const [one, other] = ["a", "b"].map((output) => ({ ...explored().outcomes[0], output }));
  const hash = (outcomes: readonly (typeof one)[]): string =>
    certificateOf(of({ outcomes }), "c.json").programs[0].outcomes.sha256;
  assert.equal(hash([one, other]), hash([{ ...other, count: 9, schedule: "" }, one]));
  assert.notEqual(hash([one, other]), hash([one]));
});
