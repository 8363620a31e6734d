// @threadloom
// @expect ok
// One thread serves a thousand clients: it never waits for one of them, only for all at once. `poll` says whose bytes are there;
// reads and writes that do not block take what there is. No locks, no thread for each client; and what is known of a
// client is kept by hand, in a map, until its next bytes come.
import { exploring } from "threadloom:check";
import { Poller, spawn, TcpListener, TcpStream } from "threadloom:std";

const CLIENTS = exploring() ? 1 : 1000; // one alone has orders enough to try: what is written may be late, and cut
const listener = TcpListener.bind(0); // any free port
const { port } = listener;

// The clients, all in one thread as well: each sends its number as a line, and reads a line back.
const clients = spawn(
  () => {
    const streams: TcpStream[] = [];
    for (let number = 0; number < CLIENTS; number++) {
      const stream = TcpStream.connect(port);
      stream.write(bytesOf(`${number}\n`));
      streams.push(stream);
    }
    let sum = 0;
    for (const stream of streams) {
      sum += Number(readLine(stream));
      stream.close();
    }
    return sum;
  },
  { name: "clients" },
);

listener.setBlocking(false);
using poller = new Poller();
poller.register(listener, "readable", 0);

/** By token: a connection, and the part of its line that has come so far. */
const open = new Map<number, { stream: TcpStream; line: string }>();
const bytes = new Uint8Array(256);
let accepted = 0;

while (accepted < CLIENTS || open.size > 0) {
  for (const { token } of poller.poll()) {
    if (token === 0) acceptAll();
    else serve(token);
  }
}
console.log(`served ${accepted} clients, who got ${clients.join()}`);
listener.close();

function acceptAll(): void {
  for (let stream; (stream = listener.accept());) {
    stream.setBlocking(false);
    open.set(++accepted, { stream, line: "" });
    poller.register(stream, "readable", accepted);
  }
}

/** A line may come in pieces: only when it is whole is it answered, by twice the number. */
function serve(token: number): void {
  const client = open.get(token)!;
  const count = client.stream.read(bytes);
  if (count === undefined) return;
  if (count === 0) {
    client.stream.close(); // the poller forgets it
    open.delete(token);
    return;
  }
  client.line += textOf(bytes.subarray(0, count));
  if (client.line.endsWith("\n")) client.stream.write(bytesOf(`${2 * Number(client.line)}\n`));
}

function readLine(stream: TcpStream): string {
  const byte = new Uint8Array(1);
  for (let line = ""; ; line += textOf(byte)) {
    if (stream.read(byte) === 0 || textOf(byte) === "\n") return line;
  }
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

function textOf(some: Uint8Array): string {
  return String.fromCharCode(...some);
}
