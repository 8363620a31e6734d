/** Processes: messages, memories of their own, exit status, kills, and what becomes of those left behind. On both engines. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();

test("messages go both ways, with everything that values are", async () => {
  const { output, ending, kinds } = await programs.run(`
    class Point { #x: number; constructor(x: number) { this.#x = x; } get x() { return this.#x; } }
    const child = std.Process.spawn<Map<string, Point>, { n: bigint; at: Date }>((parent) => {
      const { n, at } = parent.recv();
      parent.send(new Map([[at.toISOString() + n, new Point(7)]]));
    });
    child.send({ n: 5n, at: new Date(0) });
    const [[key, point]] = [...child.recv()];
    console.log(key, point instanceof Point, point.x, child.wait());
  `);
  assert.deepEqual(output, ["1970-01-01T00:00:00.000Z5 true 7 { code: 0, signal: null }"]);
  assert.deepEqual([ending, kinds], [{ kind: "finished" }, []]);
});

test("a `@shared` variable is copied as it is at the spawn, with all that stands in it", async () => {
  const { output } = await programs.run(`
    /** @shared */ const state = { hits: 1, names: ["a"] };
    state.hits = 2;
    state.names.push("b");
    const child = std.Process.spawn<string>((parent) => {
      const more = std.spawn(() => { state.hits += 10; });
      more.join();
      state.names.push("child");
      parent.send(state.hits + state.names.join(""));
    });
    state.hits = 3;
    console.log(child.recv(), state.hits, state.names.join(""), child.wait().code);
  `);
  assert.deepEqual(output, ["12abchild 3 ab 0"]);
});

test("what belongs to one memory is refused, with the path to it", async () => {
  const { output } = await programs.run(`
    const told = (what: () => unknown) => {
      try { what(); } catch (error) { console.log((error as std.NotSendError).path, (error as Error).message.match(/is (a[^,]*),.*process/)?.[1]); }
    };
    // As far as types tell: what they tell of is refused before it runs.
    const lock: any = new std.Mutex(0);
    const [tx]: any[] = std.channel<number>();
    told(() => std.Process.spawn(() => { lock.lock(); }));
    const job = { tx };
    told(() => std.Process.spawn(() => { job.tx.send(1); }));
    const child = std.Process.spawn<unknown, unknown>((parent) => { parent.recv(); });
    told(() => child.send({ lock }));
    child.send("done");
    console.log(child.wait().code);
  `);
  assert.deepEqual(output, ["lock a Mutex", "job.tx a Sender", "message.lock a Mutex", "0"]);
});

test("a process starts processes of its own while whoever has started it goes on", async () => {
  const { output } = await programs.run(`
    const outer = std.Process.spawn<string, number>((parent) => {
      const n = parent.recv();
      const inner = std.Process.spawn<string>((up) => { up.send("inner " + n); });
      parent.send(inner.recv() + " " + inner.wait().code);
    });
    const lock = new std.Mutex(0);
    outer.send(4);
    for (let i = 0; i < 5; i++) lock.lock().unlock();
    console.log(outer.recv(), outer.wait().code);
  `);
  assert.deepEqual(output, ["inner 4 0 0"]);
});

test("an exception ends the process with code 1 and nobody else, and is told as a warning", async () => {
  const { output, ending, findings } = await programs.run(`
    const child = std.Process.spawn<number>((parent) => { parent.send(1); throw new TypeError("no good"); }, { name: "worker" });
    console.log(child.wait());
    console.log(child.recv(), child.tryRecv().kind);
    try { child.recv(); } catch (error) { console.log((error as Error).name); }
    try { child.send(1); } catch (error) { console.log((error as Error).name); }
  `);
  assert.deepEqual(output, [
    "{ code: 1, signal: null }",
    "1 closed",
    "ChannelClosedError",
    "ChannelClosedError",
  ]);
  assert.equal(ending.kind, "finished");
  const [failed] = findings;
  assert.deepEqual([failed.kind, failed.severity], ["failed-process", "warning"]);
  assert.match(failed.message, /^The process worker ended with exit code 1: TypeError: no good/);
  assert.equal(failed.sites[0]?.line, 4);
});

test("process.exit ends the process of its caller, with all of its threads", async () => {
  const { output, kinds } = await programs.run(`
    const child = std.Process.spawn<string>((parent) => {
      std.spawn(() => { std.park(); });
      parent.send("before");
      process.exit(3);
      parent.send("never");
    });
    console.log(child.wait(), child.recv(), child.tryRecv().kind);
  `);
  assert.deepEqual(output, ["{ code: 3, signal: null } before closed"]);
  assert.deepEqual(kinds, []);
});

test("a process that is killed ends where it is, and what it has sent still arrives", async () => {
  const { output, kinds } = await programs.run(`
    const child = std.Process.spawn<number, number>((parent) => {
      parent.send(1);
      for (;;) parent.send(parent.recv());
    });
    const first = child.recv();
    child.send(2);
    child.kill();
    child.kill();
    console.log(first, child.wait());
    try { child.send(3); } catch (error) { console.log((error as Error).name); }
  `);
  assert.deepEqual(output, ["1 { code: null, signal: 'SIGKILL' }", "ChannelClosedError"]);
  assert.deepEqual(kinds, []);
});

test("a process starts processes, and lasts until they have ended", async () => {
  const { output, kinds, trace } = await programs.run(`
    const outer = std.Process.spawn<string, string>((parent) => {
      const inner = std.Process.spawn<string, string>((up) => { up.send(up.recv() + " inner"); }, { name: "inner" });
      inner.send(parent.recv() + " outer");
      parent.send(inner.recv());
      inner.wait();
    }, { name: "outer" });
    outer.send("from main");
    console.log(outer.recv(), outer.wait().code);
  `);
  assert.deepEqual(output, ["from main outer inner 0"]);
  assert.deepEqual(kinds, []);
  const rows = [...trace.processes.values()].map(({ name, parent }) => [
    name,
    parent === undefined ? undefined : trace.processes.get(parent)?.name,
  ]);
  assert.deepEqual(rows, [
    ["outer", undefined],
    ["inner", "outer"],
  ]);
});

test("a process that nobody waits for is told of, and finds its channel closed", async () => {
  const { output, findings } = await programs.run(`
    const child = std.Process.spawn<number, number>((parent) => {
      try { parent.recv(); } catch (error) { console.log((error as Error).message.slice(0, 44)); }
    }, { name: "orphan" });
  `);
  assert.deepEqual(output, ["The process orphan has nobody to talk to any"]);
  assert.deepEqual(
    findings.map(({ kind }) => kind),
    ["leaked-process"],
  );
  assert.equal(findings[0].sites[0]?.line, 4);
});

test("a process moves to another thread, and is used up where it was", async () => {
  const { output } = await programs.run(`
    const child = std.Process.spawn<number>((parent) => parent.send(7));
    const waiting = std.spawn(() => [child.recv(), child.wait().code]);
    console.log(waiting.join());
    try { child.wait(); } catch (error) { console.log((error as Error).name); }
  `);
  assert.deepEqual(output, ["[ 7, 0 ]", "MovedError"]);
});
