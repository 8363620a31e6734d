/** SEMANTICS, Primitives: locks for reading and writing between threads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const { prints } = programs;

const UNTIL = `const until = (condition: () => boolean) => { while (!condition()) std.sleep(1); };`;

test("readers share it, a writer has it alone, and no update is lost", () =>
  prints(
    `const lock = new std.RwLock({ n: 0, twice: 0 }), torn = new std.AtomicI32(0);
     const hs = [1, 2].flatMap(() => [
       std.spawn(() => { for (let i = 0; i < 200; i++) { using g = lock.write(); g.value.n++; std.yieldNow(); g.value.twice += 2; } }),
       std.spawn(() => { for (let i = 0; i < 200; i++) { using g = lock.read(); if (g.value.twice !== 2 * g.value.n) torn.fetchAdd(1); } }),
     ]);
     for (const h of hs) h.join();
     console.log(lock.read().value.n, torn.load());`,
    ["400 0"],
  ));

test("two readers are inside together, tryWrite and writeFor give up meanwhile", () =>
  prints(
    `const lock = new std.RwLock("x"), both = new std.Barrier(3);
     const hs = [1, 2].map(() => std.spawn(() => { using g = lock.read(); both.wait(); both.wait(); return g.value; }));
     both.wait();
     console.log(lock.tryWrite(), lock.writeFor(5), lock.tryRead()!.value, lock.readFor(5)!.value);
     both.wait();
     console.log(hs.map((h) => h.join()).join());`,
    ["undefined undefined x x", "x,x"],
  ));

for (const [prefer, refused] of [
  ["fair", true],
  ["writers", true],
  ["readers", false],
] as const) {
  test(`${prefer}: a writer in line ${refused ? "holds up" : "does not hold up"} new readers`, () =>
    prints(
      `${UNTIL}
       const lock = new std.RwLock(0, { prefer: "${prefer}" }), asked = new std.AtomicBool(false);
       const first = lock.read();
       const writer = std.spawn(() => { asked.store(true); using g = lock.write(); g.value++; });
       until(() => asked.load()); std.sleep(30);
       const again = lock.tryRead();
       console.log(again === undefined);
       again?.unlock();
       first.unlock();
       writer.join();
       console.log(lock.read().value);`,
      [String(refused), "1"],
    ));
}

test("an exception through a writer's block poisons it, one through a reader's does not", () =>
  prints(
    `const lock = new std.RwLock([1]);
     try { using g = lock.read(); throw new Error("a"); } catch {}
     console.log(lock.isPoisoned);
     try { using g = lock.write(); g.value.push(2); throw new Error("b"); } catch {}
     console.log(lock.isPoisoned);
     try { lock.read(); } catch (error: any) { using g = error.recover(); console.log(error.name, g.value.join()); }
     try { lock.tryWrite(); } catch (error: any) { console.log(error.name); }
     lock.clearPoison();
     console.log(lock.isPoisoned, lock.tryRead()!.value.length);`,
    ["false", "true", "PoisonError 1,2", "PoisonError", "false 2"],
  ));

test("a released guard and a reader's assignment throw", () =>
  prints(
    `const lock = new std.RwLock(1);
     const g = lock.read(); g.unlock();
     try { g.value; } catch (error: any) { console.log(error.name); }
     try { g.unlock(); } catch (error: any) { console.log(error.name); }
     const r = lock.read();
     try { (r as any).value = 2; } catch (error: any) { console.log(error.name); }
     r.unlock();
     const w = lock.write(); w.value = 3; w.unlock();
     console.log(lock.read().value);`,
    ["MovedError", "MovedError", "TypeError", "3"],
  ));

test("guards cannot cross, the lock can; a preference that is none is refused", () =>
  prints(
    `const lock = new std.RwLock(1), r = lock.read();
     try { std.spawn(() => r); } catch (error: any) { console.log(error.name, error.path); }
     console.log(std.spawn(() => lock.read().value).join());
     try { new std.RwLock(1, { prefer: "me" as any }); } catch (error: any) { console.log(error.message.includes("TL2020")); }`,
    ["NotSendError r", "1", "true"],
  ));

test("whoever reads, and reads again behind a writer in line, is deadlocked with it", async () => {
  const ran = await programs.run(
    `${UNTIL}
     const config = new std.RwLock(0), asked = new std.AtomicBool(false);
     const outer = config.read();
     std.spawn(() => { asked.store(true); config.write(); }, { name: "writer" });
     until(() => asked.load()); std.sleep(30);
     config.read();`,
  );
  assert.deepEqual(ran.kinds.slice(0, 1), ["deadlock"]);
  const { message } = ran.findings[0];
  assert.match(message, /main waits to read `config`.*writer/);
  assert.match(message, /writer waits to write `config`.*main/);
});

test("whoever writes what it writes waits for itself", async () => {
  const ran = await programs.run(
    `const lock = new std.RwLock(0); const g = lock.write(); lock.read();`,
  );
  assert.deepEqual(ran.kinds.slice(0, 1), ["deadlock"]);
  assert.match(ran.findings[0].message, /main waits to read `lock`.*held by itself since/);
});

const LIBRARY = `
  const shelf = new std.RwLock<string[]>([]);
  const ts = [1, 2, 3].map((n) => std.spawn(() => {
    for (let i = 0; i < 3; i++) {
      { using g = shelf.write(); g.value.push(n + "." + i); }
      { using g = shelf.read(); console.log(n, g.value.length); }
    }
  }));
  for (const t of ts) t.join();
  console.log(shelf.read().value.join(" "));`;

test("a recorded run is had again, on either engine, by its trace and by a schedule", async () => {
  const program = await programs.compile(LIBRARY);
  const first = programs.start(program);
  const { output } = await first.ran;
  assert.equal(output.length, 10);
  const again = { kind: "trace", path: first.tracePath } as const;
  for (const form of ["native", "model"] as const) {
    const other = await programs.compileAs(LIBRARY, form, program.entry.split("/").pop());
    assert.deepEqual((await programs.start(other, { control: again }).ran).output, output, form);
    const decided = await programs.start(other, { control: { kind: "random", seed: 5 } }).ran;
    const schedule = { kind: "schedule", text: decided.schedule! } as const;
    const pasted = await programs.start(program, { control: schedule }).ran;
    assert.deepEqual(pasted.output, decided.output, form);
  }
});
