/** Pipes and pollers, by running programs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const { prints } = programs;

const TEXT = `const bytesOf = (text: string) => new TextEncoder().encode(text);
     const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
     const all = (reader: { read(into: Uint8Array): number | undefined }) => {
       const bytes = new Uint8Array(5);
       let text = "";
       for (let n; (n = reader.read(bytes)!) !== 0; ) text += textOf(bytes.subarray(0, n));
       return text;
     };
     const caught = (act: () => unknown) => {
       try { act(); return "nothing"; } catch (error: any) { return error.name + (error.code ? " " + error.code : ""); }
     };
`;

test("bytes come out in the order in which they went in, whatever the pieces", () =>
  prints(
    `${TEXT}
     const [writer, reader] = std.pipe();
     std.spawn(() => { for (const word of ["one", "two", "three", ""]) writer.write(bytesOf(word + " ")); });
     console.log(all(reader));`,
    ["one two three  "],
  ));

test("a writer waits for room, and all that it has written arrives", () =>
  prints(
    `const [writer, reader] = std.pipe();
     const sent = std.spawn(() => writer.write(new Uint8Array(300_000).map((_, i) => i % 251)));
     const bytes = new Uint8Array(10_000);
     let count = 0, wrong = 0;
     for (let n; (n = reader.read(bytes)!) !== 0; ) {
       for (let i = 0; i < n; i++) if (bytes[i] !== (count + i) % 251) wrong++;
       count += n;
     }
     console.log(sent.join(), count, wrong);`,
    ["300000 300000 0"],
  ));

test("a reader that does not block says that nothing is there, and then the end", () =>
  prints(
    `${TEXT}
     const [writer, reader] = std.pipe();
     reader.setBlocking(false);
     const bytes = new Uint8Array(4);
     const seen: unknown[] = [reader.read(bytes)];
     writer.write(bytesOf("abcdef"));
     seen.push(reader.read(bytes), reader.read(bytes), reader.read(bytes));
     writer.close();
     seen.push(reader.read(bytes), reader.read(new Uint8Array(0)));
     console.log(seen.join());`,
    [",4,2,,0,0"],
  ));

test("whoever writes to a pipe that nobody reads is told", () =>
  prints(
    `${TEXT}
     const [writer, reader] = std.pipe();
     const waits = std.spawn(() => caught(() => writer.write(new Uint8Array(100_000))));
     reader.read(new Uint8Array(1));
     reader.close();
     console.log(waits.join());`,
    ["ChannelClosedError"],
  ));

test("an end that moved or was closed is used no more; its thread's end closes it", () =>
  prints(
    `${TEXT}
     const [writer, reader] = std.pipe();
     const thread = std.spawn(() => { writer.write(bytesOf("x")); });
     console.log(caught(() => writer.write(bytesOf("y"))), all(reader));
     thread.join();
     reader.close();
     reader.close();
     console.log(caught(() => reader.read(new Uint8Array(1))), caught(() => reader.setBlocking(true)));`,
    ["MovedError x", "MovedError MovedError"],
  ));

test("what is no array of bytes is refused", () =>
  prints(
    `${TEXT}
     const [writer, reader] = std.pipe();
     console.log(caught(() => writer.write("text" as any)), caught(() => reader.read([] as any)), caught(() => writer.write(null as any)));`,
    ["TypeError TypeError TypeError"],
  ));

test("a poll tells all that is ready, with its token and for what", () =>
  prints(
    `${TEXT}
     const [writer, reader] = std.pipe();
     const [other, silent] = std.pipe();
     using poller = new std.Poller();
     poller.register(reader, "readable", 7);
     poller.register(silent, "readable", 8);
     poller.register(other, "writable", 9);
     const told = () => poller.poll().map((e) => [e.token, e.readable, e.writable, e.closed].join(":")).join(" ");
     console.log(told());
     writer.write(bytesOf("x"));
     console.log(told());
     console.log(told());
     reader.read(new Uint8Array(1));
     writer.close();
     poller.deregister(other);
     console.log(told());
     silent.close();
     console.log(poller.poll(0).length);`,
    [
      "9:false:true:false",
      "7:true:false:false 9:false:true:false",
      "7:true:false:false 9:false:true:false",
      "7:true:false:true",
      "1",
    ],
  ));

test("a poll waits for another thread, or for its time", () =>
  prints(
    `${TEXT}
     const [writer, reader] = std.pipe();
     const [go, wait] = std.channel<void>();
     using poller = new std.Poller();
     poller.register(reader, "readable", 1);
     std.spawn(() => { wait.recv(); writer.write(bytesOf("x")); });
     console.log(poller.poll(0).length, poller.poll(20).length);
     go.send();
     console.log(poller.poll()[0].token);`,
    ["0 0", "1"],
  ));

test("timers fire in the order of their deadlines, once or again and again, and not after disposal", () =>
  prints(
    `using poller = new std.Poller();
     const late = new std.Timer(60), soon = new std.Timer(20), often = new std.Timer(25, { repeat: true });
     poller.register(late, "readable", 1);
     poller.register(soon, "readable", 2);
     poller.register(often, "readable", 3);
     const fired: number[] = [];
     while (fired.filter((token) => token === 3).length < 3) for (const { token } of poller.poll()) fired.push(token);
     often[Symbol.dispose]();
     console.log(fired.slice(0, 2).join(), fired.filter((token) => token === 1).length, poller.poll(30).length);`,
    ["2,3 1 0"],
  ));

test("a timer is told beside sources that are always ready, and holds none of them up", () =>
  prints(
    `const [writer, reader] = std.pipe();
     using poller = new std.Poller();
     poller.register(writer, "writable", 1);
     poller.register(new std.Timer(1), "readable", 2);
     poller.register(new std.Timer(2, { repeat: true }), "readable", 3);
     const times = [0, 0, 0, 0];
     while (times[2] < 1 || times[3] < 2) {
       for (const { token } of poller.poll()) times[token]++;
       std.sleep(1);
     }
     console.log(times[1] >= times[3], times[2]);
     reader.close();`,
    ["true 1"],
  ));

test("what a Poller cannot wait for is refused, and what is registered is registered once", () =>
  prints(
    `${TEXT}
     const [writer, reader] = std.pipe();
     using poller = new std.Poller();
     console.log(caught(() => poller.poll()), caught(() => poller.register({} as any, "readable", 1)));
     console.log(caught(() => poller.register(reader, "writable", 1)), caught(() => poller.register(writer, "often" as any, 1)));
     poller.register(reader, "readable", 1);
     console.log(caught(() => poller.register(reader, "readable", 2)), caught(() => poller.poll(-1)));
     std.spawn(() => { reader.read(new Uint8Array(1)); });
     writer.write(bytesOf("x"));
     console.log(caught(() => poller.poll()));`,
    ["TypeError TypeError", "TypeError TypeError", "TypeError RangeError", "MovedError"],
  ));

test("pollers and timers stay in the thread that made them", () =>
  prints(
    `${TEXT}
     const [tx, rx] = std.channel<unknown>();
     const hidden: unknown[] = [new std.Poller(), [new std.Timer(1)]];
     console.log(caught(() => tx.send(hidden[0])), caught(() => tx.send(hidden[1])), rx.tryRecv().kind);`,
    ["NotSendError NotSendError empty"],
  ));

test("a reader and a writer that wait for each other are a deadlock that names both pipes", async () => {
  const ran = await programs.run(
    `const [to, from] = std.pipe();
     const [back, answer] = std.pipe();
     const other = std.spawn(() => { from.read(new Uint8Array(1)); back.write(Uint8Array.of(1)); });
     answer.read(new Uint8Array(1));
     to.write(Uint8Array.of(1));
     other.join();`,
  );
  assert.deepEqual(ran.kinds, ["deadlock"]);
  assert.match(ran.findings[0].message, /main/);
  assert.match(ran.findings[0].message, /worker-1/);
});
