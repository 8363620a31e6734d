/**
 * Pipes and sockets: clients that one thread serves by polling, beside a server and clients of Node's own `net` in one process,
 * and bytes through a pipe between two threads, beside buffers by a `MessageChannel`. Each client connects, sends a line, reads
 * one back and closes; a hundred are open at a time, then a thousand.
 */
import net from "node:net";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { Bench } from "./programs/run.ts";
import { compared, median, type Row } from "./row.ts";

const ROUNDS = 5;
const MEGABYTES = 64;
const BLOCK = 1 << 15;

/** A thread with `clients` streams, and one that polls. Milliseconds from the first connection to the last end. */
const SERVER = (clients: number): string => `
  import { Poller, spawn, TcpListener, TcpStream } from "threadloom:std";
  function round(count: number): number {
    const listener = TcpListener.bind(0);
    const { port } = listener;
    const began = performance.now();
    const clients = spawn(() => {
      const open: TcpStream[] = [];
      for (let i = 0; i < count; i++) {
        const stream = TcpStream.connect(port);
        stream.write(Uint8Array.of(i & 127, 10));
        open.push(stream);
      }
      const bytes = new Uint8Array(8);
      for (const stream of open) {
        for (let got = 0; got < 2; ) got += stream.read(bytes)!;
        stream.close();
      }
    });
    listener.setBlocking(false);
    using poller = new Poller();
    poller.register(listener, "readable", 0);
    const streams = new Map<number, TcpStream>();
    const bytes = new Uint8Array(64);
    let accepted = 0;
    while (accepted < count || streams.size > 0) {
      for (const { token } of poller.poll()) {
        if (token === 0) {
          for (let stream; (stream = listener.accept()); ) {
            stream.setBlocking(false);
            streams.set(++accepted, stream);
            poller.register(stream, "readable", accepted);
          }
          continue;
        }
        const stream = streams.get(token)!;
        const n = stream.read(bytes);
        if (n === 0) { stream.close(); streams.delete(token); }
        else if (n !== undefined) stream.write(bytes.subarray(0, n));
      }
    }
    clients.join();
    listener.close();
    return performance.now() - began;
  }
  const times: number[] = [];
  for (let i = 0; i < ${ROUNDS}; i++) times.push(round(${clients}));
  console.log(JSON.stringify({ ms: times.sort((a, b) => a - b)[${ROUNDS >> 1}] }));`;

const PIPE = `
  import { pipe, spawn } from "threadloom:std";
  const times: number[] = [];
  for (let i = 0; i < ${ROUNDS}; i++) {
    const [writer, reader] = pipe();
    const began = performance.now();
    spawn(() => {
      const block = new Uint8Array(${BLOCK});
      for (let n = 0; n < ${(MEGABYTES << 20) / BLOCK}; n++) writer.write(block);
    });
    const bytes = new Uint8Array(${BLOCK});
    while (reader.read(bytes) !== 0);
    times.push(performance.now() - began);
  }
  console.log(JSON.stringify({ ms: times.sort((a, b) => a - b)[${ROUNDS >> 1}] }));`;

export async function run(): Promise<Row[]> {
  await using bench = new Bench();
  const rows: Row[] = [];
  for (const clients of [100, 1000]) {
    const row = { name: `${clients} clients, one thread that polls`, unit: "ms" } as const;
    const { ms } = await bench.figures(SERVER(clients), false);
    rows.push(compared({ ...row, median: ms }, "node:net, one process", await ofNode(clients)));
    const seen = await bench.figures(SERVER(clients), true);
    rows.push(compared({ ...row, name: `${row.name}; traced`, median: seen.ms }, "untraced", ms));
  }
  const { ms } = await bench.figures(PIPE, false);
  const name = `${MEGABYTES} MB through a pipe`;
  const peer = await byMessages();
  rows.push(compared({ name, unit: "ms", median: ms }, "MessageChannel, buffers copied", peer));
  return rows;
}

/** The same clients by events, on one event loop. */
async function ofNode(clients: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const server = net.createServer((socket) => void socket.pipe(socket)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as net.AddressInfo;
    const began = performance.now();
    const open = Array.from({ length: clients }, (_, index) => {
      const socket = net.connect({ port, host: "127.0.0.1" });
      socket.write(Uint8Array.of(index & 127, 10));
      socket.once("data", () => socket.end());
      return once(socket, "close");
    });
    await Promise.all(open);
    times.push(performance.now() - began);
    server.close();
  }
  return median(times);
}

/** The same blocks from a worker, each posted as a copy; the receiver grants the next 64 KiB. */
async function byMessages(): Promise<number> {
  const times: number[] = [];
  const count = (MEGABYTES << 20) / BLOCK;
  const worker = new Worker(
    `const { parentPort } = require("node:worker_threads");
     parentPort.on("message", (n) => { for (let i = 0; i < n; i++) parentPort.postMessage(new Uint8Array(${BLOCK})); });`,
    { eval: true },
  );
  await once(worker, "online");
  for (let i = 0; i < ROUNDS; i++) {
    const began = performance.now();
    let got = 0;
    await new Promise<void>((resolve) => {
      const receive = (): void => {
        if (++got === count) {
          worker.off("message", receive);
          resolve();
        } else if (got + 1 < count) worker.postMessage(1);
      };
      worker.on("message", receive);
      worker.postMessage(2);
    });
    times.push(performance.now() - began);
  }
  await worker.terminate();
  return median(times);
}
