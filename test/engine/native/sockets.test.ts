/** Listeners and streams, by running programs: over the operating system's loopback on real threads, simulated on the model. */
import assert from "node:assert/strict";
import net from "node:net";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const { prints } = programs;
const isModelled = process.env["THREADLOOM_TEST_FORM"] === "model";

const HELP = `const bytesOf = (text: string) => new TextEncoder().encode(text);
     const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
     const all = (stream: std.TcpStream) => {
       const bytes = new Uint8Array(64);
       let text = "";
       for (let n; (n = stream.read(bytes)!) !== 0; ) text += textOf(bytes.subarray(0, n));
       return text;
     };
     const caught = (act: () => unknown) => {
       try { act(); return "nothing"; } catch (error: any) { return error.name + (error.code ? " " + error.code : ""); }
     };
`;

test("what one side writes the other reads, both ways, up to the end", () =>
  prints(
    `${HELP}
     const listener = std.TcpListener.bind(0);
     const { port } = listener;
     const client = std.spawn(() => {
       using stream = std.TcpStream.connect(port);
       stream.write(bytesOf("question"));
       const answer = new Uint8Array(6);
       for (let got = 0; got < answer.length; ) got += stream.read(answer.subarray(got))!;
       return textOf(answer);
     });
     using served = listener.accept()!;
     const asked = new Uint8Array(8);
     for (let got = 0; got < asked.length; ) got += served.read(asked.subarray(got))!;
     served.write(bytesOf("answer"));
     console.log(textOf(asked), client.join(), all(served).length);
     listener.close();`,
    ["question answer 0"],
  ));

test("more than the window goes through, in order, while both go on", () =>
  prints(
    `const listener = std.TcpListener.bind(0);
     const { port } = listener;
     std.spawn(() => {
       using stream = std.TcpStream.connect(port);
       stream.write(new Uint8Array(200_000).map((_, i) => i % 253));
     });
     using served = listener.accept()!;
     const bytes = new Uint8Array(7_000);
     let count = 0, wrong = 0;
     for (let n; (n = served.read(bytes)!) !== 0; count += n) for (let i = 0; i < n; i++) if (bytes[i] !== (count + i) % 253) wrong++;
     console.log(count, wrong);`,
    ["200000 0"],
  ));

test("a stream that does not block writes what there is room for, and nothing when there is none", () =>
  prints(
    `const listener = std.TcpListener.bind(0);
     const stream = std.TcpStream.connect(listener.port);
     const served = listener.accept()!;
     stream.setBlocking(false);
     const big = new Uint8Array(100_000);
     const first = stream.write(big)!;
     console.log(first > 0 && first < big.length, stream.write(big), stream.read(big));
     const seen = served.read(big)!;
     console.log(seen > 0, stream.write(big)! > 0);
     stream.close();`,
    ["true undefined undefined", "true true"],
  ));

test("a listener that does not block says that nobody is there", () =>
  prints(
    `const listener = std.TcpListener.bind(0);
     listener.setBlocking(false);
     console.log(listener.accept());
     const client = std.TcpStream.connect(listener.port);
     listener.setBlocking(true);
     console.log(listener.accept() instanceof std.TcpStream);
     client.close();`,
    ["undefined", "true"],
  ));

test("where nobody listens, connecting is refused", () =>
  prints(
    `${HELP}
     const listener = std.TcpListener.bind(0);
     const { port } = listener;
     listener.close();
     console.log(caught(() => std.TcpStream.connect(port)), caught(() => std.TcpStream.connect(0)), caught(() => std.TcpStream.connect(1.5)));`,
    ["NetworkError ECONNREFUSED RangeError RangeError"],
  ));

test("a port that this program has is in use, until it is closed", () =>
  prints(
    `${HELP}
     const first = std.TcpListener.bind(0);
     const { port } = first;
     console.log(caught(() => std.TcpListener.bind(port)));
     first.close();
     using again = std.TcpListener.bind(port);
     console.log(again.port === port, caught(() => std.TcpListener.bind(65536)));`,
    ["NetworkError EADDRINUSE", "true RangeError"],
  ));

// A simulated network has no other programs.
if (!isModelled) {
  test("a port that another program has is in use as well", async () => {
    const server = net.createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as net.AddressInfo;
    try {
      await prints(
        `${HELP} console.log(caught(() => std.TcpListener.bind(${port})), caught(() => std.TcpListener.bind(0, "192.0.2.1")));`,
        ["NetworkError EADDRINUSE NetworkError EADDRNOTAVAIL"],
      );
    } finally {
      server.close();
    }
  });
}

test("a client that closes with bytes unread resets the connection", () =>
  prints(
    `${HELP}
     const listener = std.TcpListener.bind(0);
     const { port } = listener;
     const [hasRead, mayGo] = std.channel<void>();
     const client = std.spawn(() => {
       const stream = std.TcpStream.connect(port);
       stream.read(new Uint8Array(1));
       stream.close();
       hasRead.send();
     });
     const served = listener.accept()!;
     served.write(bytesOf("more than is read"));
     mayGo.recv();
     client.join();
     console.log(caught(() => all(served)), caught(() => served.write(bytesOf("x"))));`,
    ["NetworkError ECONNRESET NetworkError ECONNRESET"],
  ));

test("who was not accepted is reset when the listener closes", () =>
  prints(
    `${HELP}
     const listener = std.TcpListener.bind(0);
     const client = std.TcpStream.connect(listener.port);
     listener.close();
     console.log(caught(() => client.read(new Uint8Array(1))), caught(() => client.write(bytesOf("x"))));`,
    ["NetworkError ECONNRESET NetworkError ECONNRESET"],
  ));

test("listeners and streams move to other threads", () =>
  prints(
    `${HELP}
     const listener = std.TcpListener.bind(0);
     const { port } = listener;
     const [give, take] = std.channel<std.TcpStream>();
     const accepts = std.spawn(() => { give.send(listener.accept()!); });
     const client = std.TcpStream.connect(port);
     const served = take.recv();
     accepts.join();
     client.write(bytesOf("hello"));
     client.close();
     console.log(all(served), caught(() => listener.accept()), served instanceof std.TcpStream);`,
    ["hello MovedError true"],
  ));

test("one thread serves many clients by polling", () =>
  prints(
    `${HELP}
     const CLIENTS = 40;
     const listener = std.TcpListener.bind(0);
     listener.setBlocking(false);
     const { port } = listener;
     const clients = std.spawn(() => {
       const streams: std.TcpStream[] = [];
       for (let i = 0; i < CLIENTS; i++) {
         const stream = std.TcpStream.connect(port);
         stream.write(bytesOf(String(i % 10)));
         streams.push(stream);
       }
       let sum = 0;
       for (const stream of streams) {
         const answer = new Uint8Array(1);
         stream.read(answer);
         sum += Number(textOf(answer));
         stream.close();
       }
       return sum;
     });
     using poller = new std.Poller();
     poller.register(listener, "readable", -1);
     const served = new Map<number, std.TcpStream>();
     let accepted = 0;
     const bytes = new Uint8Array(16);
     while (accepted < CLIENTS || served.size > 0) {
       for (const { token } of poller.poll()) {
         if (token === -1) {
           for (let stream; (stream = listener.accept()); ) {
             stream.setBlocking(false);
             served.set(accepted, stream);
             poller.register(stream, "readable", accepted++);
           }
           continue;
         }
         const stream = served.get(token)!;
         const n = stream.read(bytes);
         if (n === 0) { stream.close(); served.delete(token); }
         else if (n !== undefined) stream.write(bytes.subarray(0, n));
       }
     }
     console.log(clients.join(), accepted);`,
    ["180 40"],
  ));

test("a server whom nobody calls any more is a leak, not an endless run", async () => {
  const ran = await programs.run(
    `const listener = std.TcpListener.bind(0);
     std.spawn(() => { for (;;) listener.accept()!.close(); });`,
  );
  assert.deepEqual(ran.kinds, ["leak"]);
});

test("two sides that both wait for the other to write are a deadlock", async () => {
  const ran = await programs.run(
    `const listener = std.TcpListener.bind(0);
     const { port } = listener;
     const client = std.spawn(() => { using stream = std.TcpStream.connect(port); stream.read(new Uint8Array(1)); });
     using served = listener.accept()!;
     served.read(new Uint8Array(1));
     client.join();`,
  );
  assert.deepEqual(ran.kinds, ["deadlock"]);
});
