/** SEMANTICS, Primitives: what broadcasts do between real threads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const { prints } = programs;

test("every subscriber gets every message that is sent after it subscribed", () =>
  prints(
    `const tx = std.broadcast<number>(16);
     console.log(tx.send(0));
     const early = tx.subscribe();
     console.log(tx.send(1));
     const late = tx.subscribe();
     const h = std.spawn(() => [...late].join());
     console.log(tx.send(2), tx.send(3));
     tx.drop();
     console.log([...early].join(), h.join());`,
    ["0", "1", "2 2", "1,2,3 2,3"],
  ));

test("one that falls behind by more than the capacity is told once how many it missed", () =>
  prints(
    `const tx = std.broadcast<number>(2);
     const rx = tx.subscribe();
     for (let n = 1; n <= 5; n++) tx.send(n);
     try { rx.recv(); }
     catch (error) { console.log(error instanceof std.LaggedError, (error as std.LaggedError).missed); }
     console.log(rx.recv(), JSON.stringify(rx.tryRecv()), rx.tryRecv().kind, rx.recvFor(5).kind);`,
    ["true 3", '4 {"kind":"value","value":5} empty empty'],
  ));

test("a subscriber's clone stands where it stands, and both get what follows", () =>
  prints(
    `const tx = std.broadcast<string>(4);
     const rx = tx.subscribe();
     tx.send("a");
     tx.send("b");
     rx.recv();
     const twin = rx.clone();
     tx.send("c");
     tx.drop();
     console.log([...rx].join(), [...twin].join());`,
    ["b,c b,c"],
  ));

test("the last of several senders closes a broadcast, and messages that were sent still arrive", () =>
  prints(
    `const tx = std.broadcast<number>(4);
     const rx = tx.subscribe();
     const other = tx.clone();
     const h = std.spawn(() => { other.send(1); });
     tx.drop();
     h.join();
     console.log(rx.recv());
     try { rx.recv(); } catch (error) { console.log((error as Error).name, rx.tryRecv().kind); }`,
    ["1", "ChannelClosedError closed"],
  ));

test("a subscriber can be a case of a select, lagging too", () =>
  prints(
    `const tx = std.broadcast<number>(1);
     const rx = tx.subscribe();
     const [, quiet] = std.syncChannel<number>(0);
     const h = std.spawn(() => std.select([rx.case((m) => m.kind === "value" ? m.value : -1), quiet.case(() => 0)]));
     const own = tx.subscribe();
     std.sleep(20);
     tx.send(7);
     console.log(h.join());
     tx.send(8);
     try { std.select([own.case(() => 0)]); } catch (error) { console.log((error as std.LaggedError).missed); }
     console.log(std.select([own.case((m) => m.kind), std.timeout(50, () => "late")]));`,
    ["7", "1", "value"],
  ));

test("what moves cannot be broadcast, and a capacity is at least 1", async () => {
  const { output } = await programs.run(
    `const tx = std.broadcast<unknown>(1);
     const [inner] = std.channel<number>();
     try { tx.send([inner]); } catch (error) { console.log((error as Error).message); }
     inner.send(1);
     try { std.broadcast(0); } catch (error) { console.log((error as Error).name); }
     tx.drop();
     try { tx.send(1); } catch (error) { console.log((error as Error).name); }`,
  );
  assert.match(output[0], /cannot hold a Sender/);
  assert.deepEqual(output.slice(1), ["RangeError", "MovedError"]);
});

test("many subscribers of many senders get all that was sent, each sender's in order", () =>
  prints(
    `const N = 200;
     const tx = std.broadcast<[number, number]>(2 * N);
     const readers = [0, 1, 2].map(() => {
       const own = tx.subscribe();
       return std.spawn(() => {
         const last = [0, 0];
         for (const [from, n] of own) {
           if (n !== last[from]! + 1) throw new Error(from + ": " + last[from] + " then " + n);
           last[from] = n;
         }
         return last.join();
       });
     });
     const senders = [0, 1].map((from) => {
       const own = tx.clone();
       return std.spawn(() => { for (let n = 1; n <= N; n++) own.send([from, n]); });
     });
     tx.drop();
     for (const h of senders) h.join();
     console.log(readers.map((h) => h.join()).join(" "));`,
    ["200,200 200,200 200,200"],
  ));
