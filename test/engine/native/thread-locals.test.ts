/** `ThreadLocal`: each thread has its own value, made once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const { prints } = programs;

test("each thread has its own value, made when it first asks, and once", () =>
  prints(
    `const made = new std.AtomicI32(0);
     const own = new std.ThreadLocal(() => ({ n: made.fetchAdd(1) * 0 }));
     console.log(made.load());
     own.get().n = 5;
     const hs = [1, 2].map((by) => std.spawn(() => { own.get().n += by; own.get().n += by; return [own.get().n, own.get() === own.get()].join(); }));
     console.log(hs.map((h) => h.join()).join(" "), own.get().n, made.load());`,
    ["0", "2,true 4,true 5 3"],
  ));

test("what init captures is copied when the variable is made", () =>
  prints(
    `const start = { n: 1 };
     const own = new std.ThreadLocal(() => start.n);
     start.n = 2;
     console.log(own.get(), std.spawn(() => own.get()).join());`,
    ["1 1"],
  ));

test("set makes init needless", () =>
  prints(
    `const own = new std.ThreadLocal<string>(() => { throw new Error("never"); });
     own.set("mine");
     console.log(own.get(), std.spawn(() => { own.set("its own"); return own.get(); }).join(), own.get());`,
    ["mine its own mine"],
  ));

test("init may block, and shares what it captures", () =>
  prints(
    `const numbers = new std.Mutex(0);
     const id = new std.ThreadLocal(() => { using n = numbers.lock(); std.sleep(1); return ++n.value; });
     const hs = [1, 2, 3].map(() => std.spawn(() => [id.get(), id.get()]));
     const all = hs.map((h) => h.join());
     console.log(all.every(([a, b]) => a === b), all.map(([a]) => a).toSorted().join());`,
    ["true 1,2,3"],
  ));

test("what init throws leaves get, and the next one tries again", () =>
  prints(
    `const tries = new std.AtomicI32(0);
     const own = new std.ThreadLocal(() => { if (tries.fetchAdd(1) === 0) throw new Error("not yet"); return "there"; });
     try { own.get(); } catch (error: any) { console.log(error.message); }
     console.log(own.get(), tries.load());`,
    ["not yet", "there 2"],
  ));

test("init that asks for its own value is told so", () =>
  prints(
    `const itself = new std.OnceCell<std.ThreadLocal<number>>();
     const own = new std.ThreadLocal((): number => itself.get()!.get() + 1);
     itself.set(own);
     try { own.get(); } catch (error: any) { console.log(error.name, error.message.includes("TL2035")); }`,
    ["TypeError true"],
  ));

test("a pool's thread keeps its value from job to job, with the channel ends in it", () =>
  prints(
    `using pool = new std.ThreadPool(1);
     const jobs = new std.ThreadLocal(() => ({ count: 0, channel: std.channel<number>() }));
     const job = () => { const own = jobs.get(); own.channel[0].send(++own.count); return own.channel[1].recv(); };
     console.log([1, 2, 3].map(() => pool.submit(job).join()).join(), jobs.get().count);`,
    ["1,2,3 0"],
  ));

test("the tasks of a thread share its value", () =>
  prints(
    `const own = new std.ThreadLocal(() => ({ n: 0 }));
     const bump = async () => { own.get().n++; await null; own.get().n++; };
     await Promise.all([bump(), bump()]);
     console.log(own.get().n);`,
    ["4"],
  ));

test("what is no function, and what cannot cross, is refused where it is made", () =>
  prints(
    `const [tx] = std.channel<number>(), promise: any = Promise.resolve();
     for (const make of [() => new std.ThreadLocal(1 as any), () => new std.ThreadLocal(() => promise), () => new std.ThreadLocal(() => tx)]) {
       try { make(); console.log("made"); } catch (error: any) { console.log(error.name); }
     }`,
    ["TypeError", "NotSendError", "NotSendError"],
  ));

test("two who each make their own have not met", async () => {
  const program = await programs.compile(
    `const own = new std.ThreadLocal(() => 1);
     std.spawn(() => { own.get(); }).join();
     own.get();`,
  );
  const { findings } = await programs.start(program).ran;
  assert.deepEqual(findings, []);
});
