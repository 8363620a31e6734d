import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test, type TestContext } from "node:test";
import { BEFORE_ALL, type RunState } from "../../src/extension/run-state.ts";
import { TraceStore, superfluous } from "../../src/extension/trace-store.ts";

const ENDED: RunState = { ...BEFORE_ALL, phase: "ended", bytes: 4, files: ["/a.ts"] };

async function storeIn(context: TestContext) {
  const folder = mkdtempSync(path.join(tmpdir(), "trace store ü "));
  context.after(() => rmSync(folder, { recursive: true }));
  const store = new TraceStore(path.join(folder, "traces"));
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
  await new TraceStore(path.join(tmpdir(), "threadloom-there-is-no-such-folder")).cleanUp(1);
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
