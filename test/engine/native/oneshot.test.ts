/** SEMANTICS, Primitives and Values: what one-shots do between real threads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const { prints } = programs;

async function printed(text: string): Promise<readonly string[]> {
  return (await programs.run(text)).output;
}

test("a one-shot: the receiver blocks until the message is there", () =>
  prints(
    `const [tx, rx] = std.oneshot<{ n: number }>();
     const h = std.spawn(() => rx.recv().n + 1);
     std.sleep(20);
     tx.send({ n: 41 });
     console.log(h.join());`,
    ["42"],
  ));

test("a one-shot's tryRecv finds nothing yet, then the message; recvFor gives up in time", () =>
  prints(
    `const [tx, rx] = std.oneshot<string>();
     console.log(rx.tryRecv().kind, rx.recvFor(5).kind);
     tx.send("there");
     console.log(JSON.stringify(rx.recvFor(0)));`,
    ["empty empty", '{"kind":"value","value":"there"}'],
  ));

test("a one-shot whose sender is dropped, by a thread that ends too, is closed", () =>
  prints(
    `const [tx, rx] = std.oneshot<number>();
     const h = std.spawn(() => { tx; });
     try { rx.recv(); } catch (error) { console.log(error instanceof std.ChannelClosedError); }
     h.join();
     console.log(rx.tryRecv().kind);
     const [, late] = (() => { const [a, b] = std.oneshot<number>(); a.drop(); return [0, b] as const; })();
     console.log(late.recvFor(10).kind);`,
    ["true", "closed", "closed"],
  ));

test("sending a one-shot whose receiver is gone is an error", () =>
  prints(
    `const [tx, rx] = std.oneshot<number>();
     rx.drop();
     try { tx.send(1); } catch (error) { console.log(error instanceof std.ChannelClosedError); }`,
    ["true"],
  ));

test("a one-shot's ends are used up by its one message: a second use names both places", async () => {
  const lines = await printed(
    `const [tx, rx] = std.oneshot<number>();
     tx.send(1);
     try { tx.send(2); } catch (error) { console.log((error as Error).name, (error as Error).message); }
     console.log(rx.recv());
     try { rx.recv(); } catch (error) { console.log((error as Error).name, (error as Error).message); }`,
  );
  assert.match(
    lines[0],
    /^MovedError The sender of tx is used at .*:5, but its one message passed at .*:4/,
  );
  assert.equal(lines[1], "1");
  assert.match(
    lines[2],
    /^MovedError The receiver of tx is used at .*:7, but its one message passed at .*:6/,
  );
});

test("a one-shot's end moves into the thread that captures it, and travels in messages", async () => {
  const lines = await printed(
    `const [requests, inbox] = std.channel<{ n: number; reply: std.OneshotSender<number> }>();
     const h = std.spawn(() => { for (const { n, reply } of inbox) reply.send(n * n); });
     const [reply, answer] = std.oneshot<number>();
     requests.send({ n: 12, reply });
     console.log(answer.recv());
     try { reply.send(1); } catch (error) { console.log((error as Error).message); }
     requests.drop();
     h.join();`,
  );
  assert.equal(lines[0], "144");
  assert.match(lines[1], /moved to another thread/);
});

test("what travels in a one-shot that nobody receives is dropped with its receiver", () =>
  prints(
    `const [inner, got] = std.channel<number>();
     const [tx, rx] = std.oneshot<std.Sender<number>>();
     tx.send(inner);
     rx.drop();
     console.log(got.tryRecv().kind);`,
    ["closed"],
  ));
