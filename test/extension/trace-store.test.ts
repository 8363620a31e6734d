import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test, type TestContext } from "node:test";
import { BEFORE_ALL, type RunState } from "../../src/extension/run-state.ts";
import { diskFolder } from "../../src/extension/desktop/disk.ts";
import { TraceStore, superfluous } from "../../src/extension/trace-store.ts";

const ENDED: RunState = { ...BEFORE_ALL, phase: "ended", bytes: 4, files: ["/a.ts"] };

async function storeIn(context: TestContext) {
  const folder = mkdtempSync(path.join(tmpdir(), "trace store ü "));
  context.after(() => rmSync(folder, { recursive: true }));
  const store = new TraceStore(diskFolder(path.join(folder, "traces")));
  await store.ready();
  let second = 0;
  const record = async (state = ENDED) => {
    const id = store.newId(new Date(1e12 + 1000 * second++), 0.5);
    writeFileSync(store.pathOf(id), "data");
    await store.keep(id, { program: "file:///a.ts", title: "a.ts", state });
    return id;
  };
  return { store, record, files: () => readdirSync(path.join(folder, "traces")).sort() };
}

test("a run that is kept is found again, by its id alone", async (context) => {
  const { store, record } = await storeIn(context);
  const id = await record();
  const found = await store.find(id);
  assert.deepEqual(found?.state.files, ["/a.ts"]);
  assert.equal(found?.state.phase, "ended");
  assert.equal(found?.program, "file:///a.ts");
});

test("no more of a recording is promised than there is on the disk", async (context) => {
  const { store, record } = await storeIn(context);
  const id = await record({ ...ENDED, bytes: 1000 });
  assert.equal((await store.find(id))?.state.bytes, 4);
});

test("what is gone, damaged, or no id of ours is not found, and nothing else is read", async (context) => {
  const { store, record } = await storeIn(context);
  const id = await record();
  assert.equal(await store.find("20010909014640000-zzzz"), undefined);
  assert.equal(await store.find("../../etc/passwd"), undefined);
  for (const damage of [
    "",
    "{",
    "null",
    "[]",
    `{"version":2,"id":"${id}"}`,
    `{"version":1,"id":"x"}`,
  ]) {
    writeFileSync(store.pathOf(id).replace(/tltrace$/, "json"), damage);
    assert.equal(await store.find(id), undefined, damage);
  }
});

test("the oldest recordings are deleted, those in use are not", async (context) => {
  const { store, record, files } = await storeIn(context);
  const ids = [await record(), await record(), await record(), await record()];
  {
    using _used = store.use(ids[0]);
    await store.cleanUp(2);
    assert.deepEqual(
      new Set(files().map((name) => name.slice(0, 22))),
      new Set([ids[0], ids[2], ids[3]]),
    );
  }
  await store.cleanUp(2);
  assert.equal(files().length, 4);
});

test("a clean-up before anything was recorded does nothing", async () => {
  await new TraceStore(
    diskFolder(path.join(tmpdir(), "threadloom-there-is-no-such-folder")),
  ).cleanUp(1);
});

test("a clean-up never touches files that are not ours", () => {
  const names = [
    "notes.txt",
    "20010909014640000-aaaa.tltrace",
    "20010909014641000-aaaa.json",
    "x.tltrace",
  ];
  assert.deepEqual(
    superfluous(names, 0, () => false),
    names.slice(1, 3),
  );
});

test("a program's last run is found, whatever else was traced since", async (context) => {
  const { store, record } = await storeIn(context);
  await record();
  const last = await record();
  const other = store.newId(new Date(2e12), 0.5);
  await store.keep(other, { program: "file:///b.ts", title: "b.ts", state: ENDED }); // nothing recorded
  const runs = await store.lastRuns();
  assert.deepEqual(Object.fromEntries(runs), { "file:///a.ts": last });
});

test("what was said of a run comes back with it: waits, findings, mistakes, the way it ended", async (context) => {
  const { store, record } = await storeIn(context);
  const place = { file: "/a.ts", line: 3, column: 1 };
  const wait = {
    file: "/a.ts",
    line: 3,
    waited: 5,
    longest: 5,
    times: 1,
    unserved: 0,
    object: "db",
  };
  const state: RunState = {
    ...ENDED,
    texts: { "/a.ts": "print" },
    diagnostics: [
      {
        ...place,
        endLine: 3,
        endColumn: 2,
        code: "TL1",
        severity: "warning",
        message: "m",
        stops: false,
      },
    ],
    result: { ending: { kind: "stuck" }, findings: [], durationNs: 1, events: 2, threads: 3 },
    report: {
      findings: [
        { kind: "deadlock", code: "TL3", severity: "error", message: "stuck", sites: [place] },
      ],
      sentence: "It is stuck.",
      threads: [
        { ...place, threads: [{ thread: 1, order: 1, name: "alice", lived: 9, waited: 5 }] },
      ],
      waits: [{ ...wait, holders: [{ thread: 1, name: "alice", waited: 5 }] }],
    },
  };
  const found = await store.find(await record(state));
  assert.deepEqual(found?.state, state);
});

test("what others wrote into it is left out, and the rest is taken", async (context) => {
  const { store, record } = await storeIn(context);
  const nonsense = [null, 1, {}, { file: "/a.ts", line: 0, column: 1, holders: [7] }];
  const report = { findings: nonsense, sentence: 3, waits: nonsense, threads: nonsense };
  const state = { ...ENDED, diagnostics: nonsense, texts: { a: 1 }, result: [], report };
  const found = await store.find(await record(state as unknown as RunState));
  assert.deepEqual(found?.state, {
    ...ENDED,
    report: { findings: [], sentence: "", waits: [], threads: [] },
  });
});

test("a run without a recording is kept for what the compiler said of it", async (context) => {
  const { store } = await storeIn(context);
  const id = store.newId(new Date(1e12), 0.5);
  const state: RunState = { ...BEFORE_ALL, phase: "failed" };
  await store.keep(id, { program: "file:///a.ts", title: "a.ts", state });
  assert.deepEqual((await store.find(id))?.state, state);
});
