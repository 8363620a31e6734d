import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExplorerHost } from "../../../../src/engine/native/explored/host.ts";
import { Explorers } from "../../../../src/engine/native/explored/explorers.ts";
import type { ExploreRequest, ExploreResult } from "../../../../src/protocol/explore.ts";
import { deferred } from "../../../../src/base/deferred.ts";

/** Hosts whose searches end when the test says so. */
function hosts() {
  const made: { disposed: boolean; end: () => void }[] = [];
  const make = () => {
    const host = {
      disposed: false,
      end: () => {},
      explore: () => {
        const ended = deferred<ExploreResult>();
        host.end = () => ended.resolve({} as ExploreResult);
        return { ended: ended.promise, stop: () => {}, cancel: () => {} };
      },
      dispose: () => void (host.disposed = true),
    };
    made.push(host);
    return host as unknown as ExplorerHost;
  };
  return { made, make };
}

const REQUEST = {} as ExploreRequest;
const tell = () => {};
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("no process is there before something is explored, and one search after another takes one", async () => {
  const { made, make } = hosts();
  const explorers = new Explorers(make);
  assert.equal(made.length, 0);
  for (let search = 0; search < 3; search++) {
    explorers.explore(REQUEST, tell);
    made[0].end();
    await settle();
  }
  assert.equal(made.length, 1);
  assert.equal(made[0].disposed, false);
});

test("searches at once have a process each, and one of these is kept", async () => {
  const { made, make } = hosts();
  const explorers = new Explorers(make);
  explorers.explore(REQUEST, tell);
  explorers.explore(REQUEST, tell);
  assert.equal(made.length, 2);
  made[1].end();
  await settle();
  made[0].end();
  await settle();
  assert.deepEqual(
    made.map(({ disposed }) => disposed),
    [true, false],
  );
});

test("with the window all end, those that search included", async () => {
  const { made, make } = hosts();
  const explorers = new Explorers(make);
  explorers.explore(REQUEST, tell);
  explorers.explore(REQUEST, tell);
  made[0].end();
  await settle();
  explorers.dispose();
  assert.ok(made.every(({ disposed }) => disposed));
  made[1].end();
  await settle();
  assert.equal(made.length, 2);
});
