/** SEMANTICS, Primitives and Values: what channels do between real threads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const { printed, prints } = new Programs();

test("a rendezvous: the sender goes on only once the message is taken", () =>
  prints(
    `const [tx, rx] = std.syncChannel<number>(0);
     const taken = new std.AtomicBool(false);
     const h = std.spawn(() => { std.sleep(30); taken.store(true); return rx.recv(); });
     tx.send(5);
     console.log(taken.load(), h.join());`,
    ["true 5"],
  ));

test("a rendezvous: the receiver waits for the sender, and many messages pass in order", () =>
  prints(
    `const [tx, rx] = std.syncChannel<number>(0);
     const h = std.spawn(() => { for (let i = 0; i < 50; i++) tx.send(i); });
     const got = [...rx];
     h.join();
     console.log(got.length, got.every((n, i) => n === i));`,
    ["50 true"],
  ));

test("at capacity 0 trySend and tryRecv succeed only with a partner already waiting", () =>
  prints(
    `const [tx, rx] = std.syncChannel<string>(0);
     console.log(tx.trySend("nobody"), rx.tryRecv().kind);
     const h = std.spawn(() => rx.recv());
     let tries = 0;
     while (tx.trySend("met") === "full") { tries++; std.sleep(1); }
     console.log(h.join());`,
    ["full empty", "met"],
  ));

test("at capacity 0 tryRecv takes what a sender offers, and the sender goes on", () =>
  prints(
    `const [tx, rx] = std.syncChannel<string>(0);
     const h = std.spawn(() => { tx.send("offered"); return "went on"; });
     let got = rx.tryRecv();
     while (got.kind === "empty") { std.sleep(1); got = rx.tryRecv(); }
     console.log(JSON.stringify(got), h.join());`,
    ['{"kind":"value","value":"offered"} went on'],
  ));

test("a bounded channel holds its capacity and no more", () =>
  prints(
    `const [tx, rx] = std.syncChannel<number>(2);
     console.log(tx.trySend(1), tx.trySend(2), tx.trySend(3));
     console.log(rx.recv(), tx.trySend(4), rx.recv(), rx.recv(), rx.tryRecv().kind);`,
    ["sent sent full", "1 sent 2 4 empty"],
  ));

test("send to a full channel blocks until there is room", () =>
  prints(
    `const [tx, rx] = std.syncChannel<number>(1);
     const sent = new std.AtomicI32(0);
     const h = std.spawn(() => { for (let i = 0; i < 3; i++) { tx.send(i); sent.fetchAdd(1); } });
     while (sent.load() === 0) std.sleep(1);
     std.sleep(20);
     console.log(sent.load());
     console.log(rx.recv(), rx.recv(), rx.recv());
     h.join();`,
    ["1", "0 1 2"],
  ));

test("time-outs: what cannot go through in time answers so, what can does not time out", () =>
  prints(
    `const [tx, rx] = std.syncChannel<number>(1);
     console.log(rx.recvFor(5).kind);
     console.log(tx.sendFor(1, 0), tx.sendFor(2, 5));
     console.log(JSON.stringify(rx.recvFor(0)), rx.recvFor(0).kind);
     const [a, b] = std.syncChannel<number>(0);
     console.log(a.sendFor(1, 5), b.recvFor(5).kind, b.tryRecv().kind, a.trySend(1));`,
    ["empty", "sent full", '{"kind":"value","value":1} empty', "full empty empty full"],
  ));

test("a time-out ends early when the message comes", () =>
  prints(
    `const [tx, rx] = std.channel<number>();
     std.spawn(() => { std.sleep(20); tx.send(9); });
     const began = performance.now();
     console.log(JSON.stringify(rx.recvFor(20_000)), performance.now() - began < 10_000);`,
    ['{"kind":"value","value":9} true'],
  ));

test("a channel closes when its last sender is dropped, after what was sent before", () =>
  prints(
    `const [tx, rx] = std.channel<number>();
     const second = tx.clone();
     tx.send(1); tx.drop(); second.send(2); std.drop(second);
     console.log(rx.recv(), rx.recv(), rx.tryRecv().kind, rx.recvFor(5).kind, [...rx].length);
     try { rx.recv(); } catch (error: any) { console.log(error.name, error instanceof std.ChannelClosedError); }`,
    ["1 2 closed closed 0", "ChannelClosedError true"],
  ));

test("the end of a thread drops the senders that it owns, in a panic too", () =>
  prints(
    `const [tx, rx] = std.channel<number>();
     const h = std.spawn(() => { tx.send(1); throw new Error("no more"); });
     console.log([...rx].join());
     try { h.join(); } catch (error: any) { console.log(error.cause.message); }`,
    ["1", "no more"],
  ));

test("a receiver that waits at a rendezvous is told when the last sender goes", () =>
  prints(
    `const [tx, rx] = std.syncChannel<number>(0);
     const h = std.spawn(() => [...rx].length);
     std.sleep(10);
     tx.drop();
     console.log(h.join());`,
    ["0"],
  ));

test("send to a channel without receivers is an error; trySend and sendFor say closed", () =>
  prints(
    `const [tx, rx] = std.channel<number>();
     rx.drop();
     try { tx.send(1); } catch (error: any) { console.log(error.name); }
     console.log(tx.trySend(1), tx.sendFor(1, 5));`,
    ["ChannelClosedError", "closed closed"],
  ));

for (const capacity of [0, 1]) {
  test(`a sender that is blocked at capacity ${capacity} is told when the last receiver goes`, () =>
    prints(
      `const [tx, rx] = std.syncChannel<number>(${capacity});
       const h = std.spawn(() => {
         try { for (;;) tx.send(1); } catch (error: any) { return error.name; }
       });
       std.sleep(10);
       rx.drop();
       console.log(h.join());`,
      ["ChannelClosedError"],
    ));
}

test("a message that could not be sent stays: what would have moved in it is still ours", () =>
  prints(
    `const [tx, rx] = std.syncChannel<unknown>(1);
     const [mine, answers] = std.channel<number>();
     tx.send(0);
     console.log(tx.trySend({ mine }));
     mine.send(3);
     console.log(answers.recv(), rx.recv());`,
    ["full", "3 0"],
  ));

test("receivers compete: each message goes to one of them", () =>
  prints(
    `const [tx, rx] = std.channel<number>();
     const hs = [0, 1, 2].map(() => { const own = rx.clone(); return std.spawn(() => [...own]); });
     rx.drop();
     for (let i = 0; i < 60; i++) tx.send(i);
     tx.drop();
     const all = hs.flatMap((h) => h.join());
     console.log(all.length, new Set(all).size);`,
    ["60 60"],
  ));

test("iteration can stop early, and go on later", () =>
  prints(
    `const [tx, rx] = std.channel<number>();
     for (let i = 0; i < 5; i++) tx.send(i);
     tx.drop();
     for (const n of rx) if (n === 2) break;
     console.log([...rx].join());`,
    ["3,4"],
  ));

test("drop ends a handle's life: dropping it again does nothing, using it is an error that says so", () =>
  prints(
    `const [tx, rx] = std.channel<number>();
     std.drop(tx); std.drop(tx); tx.drop();
     for (const use of [() => tx.send(1), () => tx.clone(), () => tx.trySend(1)]) {
       try { use(); } catch (error: any) { console.log(error.name, /dropped at/.test(error.message)); }
     }
     console.log(rx.tryRecv().kind);`,
    ["MovedError true", "MovedError true", "MovedError true", "closed"],
  ));

test("using drops an end when its block ends", () =>
  prints(
    `const [tx, rx] = std.channel<number>();
     { using own = tx; own.send(1); }
     console.log(rx.recv(), rx.tryRecv().kind);`,
    ["1 closed"],
  ));

test("capacities that are none are refused", () =>
  prints(
    `for (const n of [-1, 1.5, NaN, Infinity]) {
       try { std.syncChannel(n); } catch (error: any) { console.log(error.name); }
     }`,
    ["RangeError", "RangeError", "RangeError", "RangeError"],
  ));

test("durations that are none are refused, and change nothing", () =>
  prints(
    `const [tx, rx] = std.syncChannel<number>(1);
     for (const use of [() => tx.sendFor(1, -1), () => rx.recvFor(NaN), () => std.sleep(-5)]) {
       try { use(); } catch (error: any) { console.log(error.name); }
     }
     console.log(rx.tryRecv().kind);`,
    ["RangeError", "RangeError", "RangeError", "empty"],
  ));

test("ends that module variables hold live until the program ends, others go with main", async () => {
  const ran = await printed(
    `const [tx, rx] = std.channel<number>();
     const [inner, innerRx] = (() => std.channel<number>())();
     function local() {
       const [ltx, lrx] = std.channel<number>();
       const h = std.spawn(() => { for (const n of lrx) console.log(n); return "closed"; }, { name: "local" });
       ltx.send(1);
       return h;
     }
     local();`,
    ["1"],
  );
  assert.deepEqual(ran.kinds, []);
});

test("a receiver that waits for a module's sender after main has ended is a leak", async () => {
  const ran = await printed(
    `const [tx, rx] = std.channel<number>();
     std.spawn(() => { for (const n of rx) console.log(n); }, { name: "reader" });
     tx.send(1);`,
    ["1"],
  );
  assert.deepEqual(ran.kinds, ["leak"]);
});
