/** SEMANTICS, Values: what crosses between threads, and how. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();

/** Runs the program and compares what it prints. */
async function prints(text: string, expected: readonly string[]): Promise<void> {
  const { output, findings } = await programs.run(text);
  assert.deepEqual(output, expected, findings.map(({ message }) => message).join("\n"));
}

test("captures are taken when spawn is called, and plain data is copied", () =>
  prints(
    `let n = 1;
     const list = [1];
     const h = std.spawn(() => { list.push(2); return [n, list.length]; });
     n = 5;
     console.log(JSON.stringify(h.join()), list.length);`,
    ["[1,2] 1"],
  ));

test("what a body reaches through functions it calls is captured too", () =>
  prints(
    `const factor = { by: 7 };
     function scale(n: number) { return helper(n) * factor.by; }
     const helper = (n: number) => n + 1;
     console.log(std.spawn(() => scale(5)).join());`,
    ["42"],
  ));

test("two functions that share a variable share it in the other thread as well", () =>
  prints(
    `let count = 0;
     function up() { count++; }
     console.log(std.spawn(() => { up(); up(); return count; }).join(), count);`,
    ["2 0"],
  ));

test("a mutex keeps its identity, its value is shared", () =>
  prints(
    `const m = new std.Mutex({ hits: 0 });
     const hs = [1, 2, 3].map((n) => std.spawn(() => { const g = m.lock(); g.value.hits += n; g.unlock(); }));
     for (const h of hs) h.join();
     console.log(m.lock().value.hits);`,
    ["6"],
  ));

test("within a thread the objects of a mutex keep their identity", () =>
  prints(
    `const m = new std.Mutex({ list: [{ id: 1 }], map: new Map([["a", 1]]) });
     let g = m.lock();
     const { list, map } = g.value;
     const first = list[0];
     g.unlock();
     std.spawn(() => { const g = m.lock(); g.value.list.unshift({ id: 0 }); g.value.map.set("b", 2); g.unlock(); }).join();
     g = m.lock();
     console.log(g.value.list === list, g.value.list[1] === first, list.length, g.value.map === map, map.size);`,
    ["true true 2 true 2"],
  ));

test("classes keep their class and their #private fields, and no constructor runs", () =>
  prints(
    `let made = 0;
     class Account {
       #balance = 0;
       constructor(readonly owner: string) { made++; }
       deposit(n: number) { this.#balance += n; return this; }
       get balance() { return this.#balance; }
     }
     const m = new std.Mutex(new Account("ada").deposit(5));
     std.spawn(() => { using g = m.lock(); g.value.deposit(10); }).join();
     using g = m.lock();
     console.log(g.value instanceof Account, g.value.owner, g.value.balance, made);`,
    ["true ada 15 1"],
  ));

test("a class that extends another keeps both, and the #private fields of both", () =>
  prints(
    `class Stack<T> { #items: T[] = []; push(x: T) { this.#items.push(x); } get size() { return this.#items.length; } }
     class Sub extends Stack<number> { #extra = 7; get extra() { return this.#extra; } }
     const m = new std.Mutex(new Sub());
     for (let i = 0; i < 3; i++) std.spawn(() => { using g = m.lock(); g.value.push(i); }).join();
     using g = m.lock();
     console.log(g.value.size, g.value.extra, g.value instanceof Sub);`,
    ["3 7 true"],
  ));

test("an error's stack speaks of the person's lines alone", () =>
  prints(
    `function inner() { throw new Error("x"); }
     try { std.spawn(() => inner()).join(); } catch (error: any) {
       const frames = error.cause.stack.split("\\n").slice(1);
       console.log(frames.length, frames.map((line: string) => /(\\d+):\\d+\\)?$/.exec(line)![1]).join());
     }`,
    ["2 3,4"],
  ));

test("results come back by copy with cycles, maps, dates, errors and bigints", () =>
  prints(
    `const h = std.spawn(() => {
       const o: any = { m: new Map([[1, new Set(["x"])]]), d: new Date(0), b: 12n, z: -0, u: undefined };
       o.self = o;
       return o;
     });
     const o = h.join();
     console.log(o.self === o, o.m.get(1).has("x"), o.d.getTime(), o.b, Object.is(o.z, -0), "u" in o);`,
    ["true true 0 12n true true"],
  ));

test("a channel end that was captured has moved, and says where", () =>
  prints(
    `const [tx, rx] = std.channel<number>();
     const h = std.spawn(() => { tx.send(1); });
     try { tx.send(2); } catch (error) { console.log((error as Error).name); }
     h.join();
     console.log([...rx]);`,
    ["MovedError", "[ 1 ]"],
  ));

test("a thread drops the channel ends that it still owns when it ends", () =>
  prints(
    `const [tx, rx] = std.channel<number>();
     for (let i = 0; i < 3; i++) { const own = tx.clone(); std.spawn(() => own.send(i)); }
     std.drop(tx);
     let sum = 0;
     for (const n of rx) sum += n;
     console.log(sum);`,
    ["3"],
  ));

test("a receiver inside a mutex can be shared by a pool of threads", () =>
  prints(
    `const [tx, rx] = std.channel<number>();
     const jobs = new std.Mutex(rx);
     const hs = [0, 1].map(() => std.spawn(() => {
       let done = 0;
       for (;;) {
         const g = jobs.lock();
         const got = g.value.tryRecv();
         g.unlock();
         if (got.kind === "closed") return done;
         if (got.kind === "value") done++;
       }
     }));
     for (let i = 0; i < 20; i++) tx.send(i);
     tx.drop();
     console.log(hs.reduce((sum, h) => sum + h.join(), 0));`,
    ["20"],
  ));

test("channel ends move inside messages", () =>
  prints(
    `const [tx, rx] = std.channel<{ n: number; reply: any }>();
     std.spawn(() => { for (const { n, reply } of rx) reply.send(n * 2); });
     const [back, answer] = std.channel<number>();
     tx.send({ n: 21, reply: back });
     console.log(answer.recv());
     try { back.send(1); } catch (error) { console.log((error as Error).name); }
     tx.drop();`,
    ["42", "MovedError"],
  ));

test("what travels in messages that nobody receives is dropped with them", () =>
  prints(
    `const [tx, rx] = std.channel<unknown>();
     const [reply, answer] = std.channel<number>();
     tx.send({ reply });
     rx.drop();
     try { answer.recv(); } catch (error) { console.log((error as Error).name); }`,
    ["ChannelClosedError"],
  ));

test("functions travel as messages with what they capture", () =>
  prints(
    `const [tx, rx] = std.channel<() => number>();
     const h = std.spawn(() => rx.recv()());
     let base = 10;
     base = 20;
     tx.send(() => base + 1);
     console.log(h.join());`,
    ["21"],
  ));

test("what cannot cross is refused, naming the way to it", () =>
  prints(
    `const job: any = { items: [{ handle: Promise.resolve(1) }] };
     try { std.spawn(() => job.items.length); } catch (error: any) {
       console.log(error.name, error.path.endsWith("job.items[0].handle"), error.path);
     }`,
    ["NotSendError true job.items[0].handle"],
  ));

test("a failed spawn moves nothing", () =>
  prints(
    `const [tx, rx] = std.channel<number>();
     const bad: any = { p: Promise.resolve() };
     try { std.spawn(() => { tx.send(bad.p ? 1 : 2); }); } catch (error) { console.log((error as Error).name); }
     tx.send(7);
     console.log(rx.recv());`,
    ["NotSendError", "7"],
  ));

test("guard.value after release throws MovedError", () =>
  prints(
    `const m = new std.Mutex(1);
     const g = m.lock();
     g.unlock();
     for (const use of [() => g.value, () => g.unlock()]) {
       try { use(); } catch (error) { console.log((error as Error).name); }
     }`,
    ["MovedError", "MovedError"],
  ));

test("two modules of one program keep one variable, one class and one cycle of imports", async () => {
  const { writeFileSync } = await import("node:fs");
  const path = await import("node:path");
  writeFileSync(
    path.join(programs.folder, "counter.ts"),
    `export let count = 0; export class Box { constructor(public n: number) {} twice() { return this.n * 2; } }
     export function bump() { return ++count; }`,
  );
  await prints(
    `import { spawn } from "threadloom:std";
     import { Box, bump, count } from "./counter.ts";
     bump();
     const h = spawn(() => { bump(); bump(); return [count, new Box(4)] as const; });
     const [there, box] = h.join();
     console.log(count, there, box instanceof Box, box.twice());`,
    ["1 3 true 8"],
  );
});
