/** Ends of pipes that move into processes: bytes, room and ends of both sides, faults, replays. On both engines. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const { prints } = programs;

const TEXT = `const bytesOf = (text: string) => new TextEncoder().encode(text);
     const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
     const all = (reader: std.PipeReader) => {
       const bytes = new Uint8Array(5);
       let text = "";
       for (let n; (n = reader.read(bytes)!) !== 0; ) text += textOf(bytes.subarray(0, n));
       return text;
     };
     const caught = (act: () => unknown) => {
       try { return act(); } catch (error: any) { return error.name; }
     };
`;

test("a process writes into a pipe that it captured, and its end ends what is read", () =>
  prints(
    `${TEXT}
     const [writer, reader] = std.pipe();
     const child = std.Process.spawn(() => {
       for (const word of ["one", "two", "three"]) writer.write(bytesOf(word + " "));
     });
     console.log(all(reader), child.wait().code);`,
    ["one two three  0"],
  ));

test("a process reads what was written before it had the end, and after", () =>
  prints(
    `${TEXT}
     const [writer, reader] = std.pipe();
     writer.write(bytesOf("before "));
     const child = std.Process.spawn<string>((parent) => { parent.send(all(reader)); });
     writer.write(bytesOf("after"));
     writer.close();
     console.log(child.recv(), child.wait().code);`,
    ["before after 0"],
  ));

test("a pipe between two processes is theirs alone, and as large as any other", () =>
  prints(
    `const [writer, reader] = std.pipe();
     const source = std.Process.spawn<number>((parent) => {
       parent.send(writer.write(new Uint8Array(300_000).map((_, i) => i % 251)));
     });
     const sink = std.Process.spawn<number[]>((parent) => {
       const bytes = new Uint8Array(10_000);
       let count = 0, wrong = 0;
       for (let n; (n = reader.read(bytes)!) !== 0; ) {
         for (let i = 0; i < n; i++) if (bytes[i] !== (count + i) % 251) wrong++;
         count += n;
       }
       parent.send([count, wrong]);
     });
     console.log(source.recv(), sink.recv().join(), source.wait().code, sink.wait().code);`,
    ["300000 300000,0 0 0"],
  ));

test("ends come by messages too, and go on into processes of processes", () =>
  prints(
    `${TEXT}
     const [writer, reader] = std.pipe();
     const outer = std.Process.spawn<string, { ends: std.PipeReader[] }>((parent) => {
       const [end] = parent.recv().ends;
       const inner = std.Process.spawn<string>((up) => { up.send(all(end)); });
       parent.send(inner.recv());
       inner.wait();
     });
     writer.write(bytesOf("far "));
     outer.send({ ends: [reader] });
     writer.write(bytesOf("away"));
     writer.close();
     console.log(outer.recv(), outer.wait().code);`,
    ["far away 0"],
  ));

test("both ends may go, one after the other, and are one pipe there", () =>
  prints(
    `${TEXT}
     const [writer, reader] = std.pipe();
     writer.write(bytesOf("a"));
     const child = std.Process.spawn<string, std.PipeWriter>((parent) => {
       const end = parent.recv();
       end.write(bytesOf("c"));
       end.close();
       parent.send(all(reader));
     });
     writer.write(bytesOf("b"));
     child.send(writer);
     console.log(child.recv(), child.wait().code);`,
    ["abc 0"],
  ));

test("an end that went is used no more, and one that goes nowhere stays", () =>
  prints(
    `${TEXT}
     const [writer, reader] = std.pipe();
     const child = std.Process.spawn<unknown, unknown>((parent) => { parent.recv(); writer.close(); });
     console.log(caught(() => (writer as any).write(bytesOf("a"))));
     child.send(0);
     child.wait();
     console.log(caught(() => child.send(reader)), all(reader) === "");
     const other: any = std.Process.spawn<unknown>((parent) => {
       const [, mine] = std.pipe();
       try { parent.send([mine] as any); } catch (error) { parent.send((error as std.NotSendError).path); }
     });
     console.log(other.recv(), other.wait().code);`.replace(
      "(writer as any)",
      "([writer] as any)[0]",
    ),
    ["MovedError", "ChannelClosedError true", "message[0] 0"],
  ));

test("the writer is told when a process has closed what it read from", () =>
  prints(
    `${TEXT}
     const [writer, reader] = std.pipe();
     const child = std.Process.spawn((parent) => { const bytes = new Uint8Array(3); reader.read(bytes); });
     writer.write(bytesOf("abc"));
     child.wait();
     console.log(caught(() => writer.write(bytesOf("d"))));`,
    ["ChannelClosedError"],
  ));

for (const [how, body, end] of [
  ["is killed", "parent.send(0); for (;;) parent.recv();", "child.kill();"],
  ["exits", "parent.send(0); process.exit(3);", ""],
  ["fails", "parent.send(0); throw new Error('no good');", ""],
] as const) {
  test(`a process that ${how} while it has an end closes it`, () =>
    prints(
      `${TEXT}
       const [writer, reader] = std.pipe();
       const [out, back] = std.pipe();
       const child = std.Process.spawn<number, number>((parent) => {
         writer.write(bytesOf("last words"));
         ${body}
         writer.close(); back.close();
       });
       child.recv();
       ${end}
       console.log(all(reader));
       child.wait();
       console.log(caught(() => out.write(bytesOf("d"))));`,
      ["last words", "ChannelClosedError"],
    ));
}

test("what the program still holds when it ends is closed for the process", () =>
  prints(
    `${TEXT}
     const [writer, reader] = std.pipe();
     const child = std.Process.spawn(() => { console.log(all(reader)); });
     writer.write(bytesOf("to the end"));`,
    ["to the end"],
  ));

test("a poller waits for the bytes and for the room of another process", () =>
  prints(
    `${TEXT}
     const [writer, reader] = std.pipe();
     const [out, back] = std.pipe();
     const child = std.Process.spawn<number, number>((parent) => {
       const bytes = new Uint8Array(1 << 16);
       parent.recv();
       back.read(bytes);
       writer.write(bytesOf("x"));
       parent.recv();
     });
     out.write(new Uint8Array(1 << 16));
     using poller = new std.Poller();
     poller.register(reader, "readable", 1);
     poller.register(out, "writable", 2);
     const seen: string[] = [];
     child.send(0);
     while (seen.length < 2) {
       for (const { token, readable, writable } of poller.poll()) {
         seen.push(\`\${token} \${readable} \${writable}\`);
         poller.deregister(token === 1 ? reader : out);
       }
     }
     console.log(seen.sort().join());
     child.send(0);
     child.wait();`,
    ["1 true false,2 false true"],
  ));

test("a process that waits for bytes which nobody will write is a deadlock, not for ever", async () => {
  const { ending, kinds } = await programs.run(`
    const [writer, reader] = std.pipe();
    const child = std.Process.spawn(() => { reader.read(new Uint8Array(1)); });
    child.wait();
    writer.close();
  `);
  assert.deepEqual([ending.kind, kinds], ["stuck", ["deadlock"]]);
});
