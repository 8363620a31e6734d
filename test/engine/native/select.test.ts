/** SEMANTICS, Primitives: `select` between real threads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { EventKind } from "../../../src/trace/event.ts";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const { prints } = programs;

test("a select blocks until one of its cases can go, and takes that one alone", () =>
  prints(
    `const [ta, ra] = std.channel<number>();
     const [tb, rb] = std.syncChannel<string>(0);
     const h = std.spawn(() => { std.sleep(20); tb.send("b"); ta.send(1); });
     const take = () => std.select<string>([
       ra.case((m) => "a " + (m.kind === "value" ? m.value : m.kind)),
       rb.case((m) => "b " + (m.kind === "value" ? m.value : m.kind)),
     ]);
     console.log(take());
     h.join();
     console.log(ra.recv(), ra.tryRecv().kind, rb.tryRecv().kind);`,
    ["b b", "1 closed closed"],
  ));

test("biased, the first case that is ready is taken; without, any of them", async () => {
  const [biased, fair] = (
    await programs.run(
      `const [ta, ra] = std.channel<number>();
       const [tb, rb] = std.channel<number>();
       const count = (options?: { biased?: boolean }) => {
         let first = 0;
         for (let i = 0; i < 100; i++) {
           ta.send(i);
           tb.send(i);
           std.select([ra.case(() => { first++; rb.recv(); }), rb.case(() => { ra.recv(); })], options);
         }
         return first;
       };
       console.log(count({ biased: true }));
       console.log(count());`,
    )
  ).output.map(Number);
  assert.equal(biased, 100);
  assert.ok(fair > 10 && fair < 90, String(fair));
});

test("a select sends: where there is room, or a partner waits", () =>
  prints(
    `const [tx, rx] = std.syncChannel<number>(1);
     const [meet, met] = std.syncChannel<number>(0);
     const h = std.spawn(() => met.recv());
     const send = (n: number) => std.select([tx.case(n, () => "queued"), std.otherwise(() => "full")]);
     console.log(send(1), send(2));
     console.log(std.select([tx.case(3, () => "queued"), meet.case(4, () => "met")]), h.join(), rx.recv());`,
    ["queued full", "met 4 1"],
  ));

test("a closed channel's case is ready: it hands on that it is closed, and sending throws", () =>
  prints(
    `const [tx, rx] = std.channel<number>();
     const [ty, ry] = std.syncChannel<number>(1);
     tx.drop();
     ry.drop();
     console.log(std.select([rx.case((m) => m.kind)]));
     try { std.select([ty.case(1, () => "sent")]); }
     catch (error) { console.log(error instanceof std.ChannelClosedError); }`,
    ["closed", "true"],
  ));

test("a select's time-out goes when nothing else has, and what was offered is withdrawn", () =>
  prints(
    `const [tx, rx] = std.syncChannel<number>(0);
     const [ta, ra] = std.channel<number>();
     console.log(std.select([tx.case(1, () => "sent"), ra.case(() => "got"), std.timeout(5, () => "late"), std.timeout(50, () => "later")]));
     console.log(rx.tryRecv().kind, std.select([std.timeout(1, () => "slept")]), std.select([std.otherwise(() => "at once")]));
     ta.send(7);
     console.log(std.select([ra.case((m) => m.kind === "value" ? m.value : -1), std.timeout(0, () => "late")]));`,
    ["late", "empty slept at once", "7"],
  ));

test("at capacity 0 a select that waits is met at one of its channels, and is gone from the others", () =>
  prints(
    `const [ta, ra] = std.syncChannel<string>(0);
     const [tb, rb] = std.syncChannel<string>(0);
     const done = new std.AtomicBool(false);
     const h = std.spawn(() => {
       const taken = std.select([ra.case((m) => "a " + (m as { value: string }).value), rb.case((m) => "b " + (m as { value: string }).value)]);
       while (!done.load()) std.sleep(1);
       return taken;
     });
     while (tb.trySend("met") === "full") std.sleep(1);
     console.log(ta.trySend("nobody"), tb.trySend("nobody"));
     done.store(true);
     console.log(h.join());`,
    ["full full", "b met"],
  ));

test("two selects meet each other, and none meets itself", () =>
  prints(
    `const [ta, ra] = std.syncChannel<number>(0);
     const [tb, rb] = std.syncChannel<number>(0);
     console.log(std.select([ta.case(0, () => "sent to itself"), ra.case(() => "got from itself"), std.timeout(5, () => "alone")]));
     const told = (m: { kind: string; value?: number }) => "got " + m.value;
     const h = std.spawn(() => std.select([ta.case(1, () => "sent"), tb.case(1, () => "sent")]));
     console.log(std.select([ra.case(told), rb.case(told)]), h.join());`,
    ["alone", "got 1 sent"],
  ));

test("what a case would send moves only if the case is taken", () =>
  prints(
    `const [inner, got] = std.channel<number>();
     const [tx, rx] = std.syncChannel<std.Sender<number>>(1);
     const [full] = std.syncChannel<std.Sender<number>>(0);
     console.log(std.select([full.case(inner, () => "sent"), std.otherwise(() => "kept")]));
     inner.send(1);
     console.log(std.select([full.case(inner, () => "here"), tx.case(inner, () => "there")]), got.recv());
     try { inner.send(2); } catch (error) { console.log((error as Error).name); }
     rx.recv().send(3);
     console.log(got.recv());`,
    ["kept", "there 1", "MovedError", "3"],
  ));

test("an end that was dropped, nothing at all, and what is no case are errors", () =>
  prints(
    `const [tx, rx] = std.channel<number>();
     const late = tx.case(1, () => 0);
     const kept = rx.case(() => 0);
     tx.drop();
     const name = (run: () => unknown) => { try { run(); return "none"; } catch (error) { return (error as Error).name; } };
     console.log(name(() => std.select([late])), name(() => std.select([])), name(() => std.select([7 as never])));
     console.log(name(() => std.select([kept, late])), name(() => std.timeout(-1, () => 0)));`,
    ["MovedError TypeError TypeError", "MovedError RangeError"],
  ));

test("threads that only wait for one another in selects are a deadlock, told with all that they wait for", async () => {
  const ran = await programs.run(
    `const [ta, ra] = std.channel<number>();
     const [tb, rb] = std.channel<number>();
     const h = std.spawn(() => { std.select([rb.case(() => 0)]); ta.send(1); }, { name: "other" });
     std.select([ra.case(() => 0)]);
     tb.send(1);
     h.join();`,
  );
  assert.deepEqual(ran.kinds.slice(0, 1), ["deadlock"]);
  assert.match(ran.findings[0].message, /main waits for a message from `ta`.*up to other/);
});

test("many threads that select, send and receive lose nothing and receive nothing twice", () =>
  prints(
    `const N = 200;
     const ends = [std.channel<number>(), std.syncChannel<number>(1), std.syncChannel<number>(0)] as const;
     const [sum, seen] = [new std.AtomicI32(0), new std.AtomicI32(0)];
     const senders = [0, 1].map((k) => {
       const [a, b, c] = ends.map(([tx]) => tx.clone());
       return std.spawn(() => {
         for (let i = 1; i <= N; i++) {
           if (k === 0) std.select([a!.case(i, () => 0), b!.case(i, () => 0), c!.case(i, () => 0)]);
           else [a, b, c][i % 3]!.send(i);
         }
       });
     });
     for (const [tx] of ends) tx.drop();
     const receivers = [0, 1].map((k) => {
       const own = ends.map(([, rx]) => rx.clone());
       return std.spawn(() => {
         const open = new Set([0, 1, 2]);
         while (open.size > 0) {
           std.select([...open].map((index) => own[index]!.case((m) => {
             if (m.kind === "closed") open.delete(index);
             else { sum.fetchAdd(m.value); seen.fetchAdd(1); }
           })), { biased: k === 0 });
         }
       });
     });
     for (const h of [...senders, ...receivers]) h.join();
     console.log(seen.load() === 2 * N, sum.load() === N * (N + 1));`,
    ["true true"],
  ));

test("a select is in the trace: which case it took, then the operations that it was made of", async () => {
  const { trace } = await programs.run(
    `const [ta, ra] = std.channel<number>();
     const [tb, rb] = std.channel<number>();
     tb.send(5);
     std.select([ra.case(() => 0), rb.case(() => 0)], { biased: true });`,
  );
  const { count, kind, version, argument, object } = trace.events;
  const rows = Array.from({ length: count }, (_, row) => row);
  const mark = rows.find((row) => kind[row] === EventKind.select)!;
  assert.deepEqual([object[mark], version[mark], argument[mark]], [0, 2, 1]);
  assert.deepEqual([kind[mark + 1], kind[mark + 2]], [EventKind.receiveRefused, EventKind.receive]);
});
