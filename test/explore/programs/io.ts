/** Pipes, connections and polls: what the network may do is a choice, and few choices find what matters. */
import type { ExpectedProgram } from "./expected.ts";

/** A client that sends what it is given to a server, and closes. */
const client = (sends: string): string => `
  const listener = std.TcpListener.bind(80);
  const client = std.spawn(() => {
    const stream = std.TcpStream.connect(80);
    ${sends}
    stream.close();
  });
  const served = listener.accept()!;
`;

export const IO: Readonly<Record<string, ExpectedProgram>> = {
  "a pipe whose reader reads to the end": {
    text: `
      const [writer, reader] = std.pipe();
      std.spawn(() => { writer.write(Uint8Array.of(1)); writer.write(Uint8Array.of(2)); });
      const bytes = new Uint8Array(8);
      let sum = 0;
      for (let n; (n = reader.read(bytes)) !== 0; ) for (const byte of bytes.subarray(0, n)) sum += byte;
      std.assert(sum === 3);
    `,
    verdict: "ok",
  },
  "a pipe whose reader takes each write for a read": {
    text: `
      const [writer, reader] = std.pipe();
      std.spawn(() => { writer.write(Uint8Array.of(1)); writer.write(Uint8Array.of(2)); });
      const bytes = new Uint8Array(8);
      std.assert(reader.read(bytes) === 1);
      std.assert(reader.read(bytes) === 1);
    `,
    verdict: "assertion",
  },
  "bytes that are read when they are there, whoever writes more": {
    text: `
      const [writer, reader] = std.pipe();
      writer.write(Uint8Array.of(1));
      const other = std.spawn(() => { writer.write(Uint8Array.of(2)); });
      reader.read(new Uint8Array(1));
      other.join();
    `,
    verdict: "ok",
    findings: [],
    executions: 1,
  },
  "a message that is taken to come as it was sent": {
    text: `${client("stream.write(Uint8Array.of(1, 2));")}
      std.assert(served.read(new Uint8Array(8)) === 2);
      client.join();
    `,
    verdict: "assertion",
  },
  "a message that is read until it is whole": {
    text: `${client("stream.write(Uint8Array.of(1, 2));")}
      const bytes = new Uint8Array(2);
      let got = 0;
      while (got < 2) got += served.read(bytes.subarray(got))!;
      std.assert(bytes.join() === "1,2" && served.read(bytes) === 0);
      client.join();
    `,
    verdict: "ok",
  },
  "two messages that are taken to come apart": {
    text: `${client("stream.write(Uint8Array.of(1)); stream.write(Uint8Array.of(2));")}
      std.assert(served.read(new Uint8Array(8)) === 1);
      client.join();
    `,
    verdict: "assertion",
  },
  "an answer that is looked for before it can be there": {
    text: `${client("stream.write(Uint8Array.of(1));")}
      client.join();
      served.setBlocking(false);
      std.assert(served.read(new Uint8Array(8)) !== undefined);
    `,
    verdict: "assertion",
  },
  "a client that comes before anybody listens": {
    text: `
      const client = std.spawn(() => {
        try { std.TcpStream.connect(80).close(); return "connected"; } catch (error: any) { return error.code; }
      });
      const listener = std.TcpListener.bind(80);
      console.log(client.join());
      listener.close();
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["connected", "ECONNREFUSED"],
  },
  "a poll that finds either of two, or both": {
    text: `
      const [toFirst, first] = std.pipe();
      const [toSecond, second] = std.pipe();
      std.spawn(() => { toFirst.write(Uint8Array.of(1)); });
      std.spawn(() => { toSecond.write(Uint8Array.of(2)); });
      const poller = new std.Poller();
      poller.register(first, "readable", 1);
      poller.register(second, "readable", 2);
      console.log(poller.poll().map(({ token }) => token).join());
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["1", "2", "1,2"],
  },
  "a poll of connections that the network may keep back": {
    text: `
      const listener = std.TcpListener.bind(80);
      const streams = [std.TcpStream.connect(80), std.TcpStream.connect(80)];
      const served = [listener.accept()!, listener.accept()!];
      const poller = new std.Poller();
      for (let i = 0; i < 2; i++) { poller.register(served[i], "readable", i); streams[i].write(Uint8Array.of(i)); }
      console.log(poller.poll().map(({ token }) => token).join());
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["0", "1", "0,1"],
  },
  "a timer that may come before the bytes": {
    text: `
      const [writer, reader] = std.pipe();
      std.spawn(() => { writer.write(Uint8Array.of(1)); });
      const poller = new std.Poller();
      poller.register(reader, "readable", 1);
      poller.register(new std.Timer(1000), "readable", 2);
      console.log(poller.poll()[0].token);
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["1", "2"],
  },
  "a timer beside a source that is always ready": {
    text: `
      const [writer, reader] = std.pipe();
      const poller = new std.Poller();
      poller.register(writer, "writable", 1);
      poller.register(new std.Timer(1000), "readable", 2);
      console.log(poller.poll().map(({ token }) => token).join());
      reader.close();
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["1", "1,2"],
  },
  "a variable that is handed over by a byte": {
    text: `
      /** @shared */
      let shared = 0;
      const [writer, reader] = std.pipe();
      std.spawn(() => { shared = 42; writer.write(Uint8Array.of(1)); });
      reader.read(new Uint8Array(1));
      std.assert(shared === 42);
    `,
    verdict: "ok",
  },
  "a variable that is not handed over by a byte that went before": {
    text: `
      /** @shared */
      let shared = 0;
      const [writer, reader] = std.pipe();
      std.spawn(() => { writer.write(Uint8Array.of(1)); shared = 42; });
      reader.read(new Uint8Array(1));
      console.log(shared);
    `,
    verdict: "race",
    findings: ["nondeterministic-output", "race"],
  },
};
