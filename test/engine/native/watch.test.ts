/** SEMANTICS, Primitives: what watches do between real threads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const { prints } = programs;

test("a watch keeps the newest value only", () =>
  prints(
    `const [tx, rx] = std.watch({ n: 0 });
     console.log(rx.get().n);
     for (let n = 1; n <= 3; n++) tx.send({ n });
     console.log(rx.get().n, rx.changed().n);`,
    ["0", "3 3"],
  ));

test("changed gives an unseen value first, blocks for a newer one, and throws once the sender is gone", () =>
  prints(
    `const [tx, rx] = std.watch("first");
     const [says, said] = std.channel<string>();
     const h = std.spawn(() => {
       try { for (;;) says.send(rx.changed()); }
       catch (error) { says.send((error as Error).name); says.send(rx.get()); }
     });
     const got: string[] = [];
     for (const next of ["second", "third"]) { tx.send(next); got.push(said.recv()); }
     tx.drop();
     console.log([...got, said.recv(), said.recv()].join());
     h.join();`,
    ["second,third,ChannelClosedError,third"],
  ));

test("each receiver of a watch sees for itself; a clone has seen as much as its origin", () =>
  prints(
    `const [tx, rx] = std.watch(0);
     const before = rx.clone();
     tx.send(1);
     rx.changed();
     const after = rx.clone();
     const h = std.spawn(() => after.changed());
     console.log(before.changed());
     std.sleep(10);
     tx.send(2);
     console.log(h.join());`,
    ["1", "2"],
  ));

test("sending to a watch that nobody looks at is an error, and what moves cannot be watched", async () => {
  const { output } = await programs.run(
    `const [tx, rx] = std.watch<unknown>(0);
     const [inner] = std.channel<number>();
     try { tx.send({ inner }); } catch (error) { console.log((error as Error).name, (error as Error).message); }
     inner.send(1);
     rx.drop();
     try { tx.send(1); } catch (error) { console.log((error as Error).name); }
     try { rx.get(); } catch (error) { console.log((error as Error).name); }`,
  );
  assert.match(output[0], /^NotSendError What several receive cannot hold a Sender/);
  assert.deepEqual(output.slice(1), ["ChannelClosedError", "MovedError"]);
});

test("many readers of a watch see values in order, and all the last one", () =>
  prints(
    `const N = 500;
     const [tx, rx] = std.watch({ n: 0, text: "0" });
     const readers = [1, 2, 3].map(() => {
       const own = rx.clone();
       return std.spawn(() => {
         let last = 0;
         while (last < N) {
           const { n, text } = own.changed();
           if (n <= last || text !== String(n) || own.get().n < n) throw new Error(last + " then " + n);
           last = n;
         }
         return last;
       });
     });
     for (let n = 1; n <= N; n++) tx.send({ n, text: String(n) });
     console.log(readers.map((h) => h.join()).join());`,
    ["500,500,500"],
  ));
