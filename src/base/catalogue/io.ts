/** What pipes, sockets and pollers of a running program are told: TL2600 and on. */
import { message } from "./message.ts";

export const IO_MESSAGES = {
  nobodyReads: message({
    code: "TL2600",
    text: "Nobody can read what is written to {pipe}: its reading end is closed.",
    remedy: "Keep the reading end open until all is written, or stop writing when the reader goes.",
    explanation:
      "A pipe is closed for its writer when the reading end was closed, or dropped by the end of the thread that owned it. " +
      "What is written then would go nowhere, so `write` throws a ChannelClosedError (what a system calls EPIPE).",
    values: ["pipe"],
  }),
  noBytes: message({
    code: "TL2601",
    text: "`{operation}` takes a Uint8Array, and was given a {value}.",
    remedy: "Give `new TextEncoder().encode(text)` for a text, `new Uint8Array(n)` to read into.",
    explanation:
      "Pipes and connections carry bytes. What the bytes mean is agreed by those at both ends.",
    values: ["operation", "value"],
  }),
  noSource: message({
    code: "TL2602",
    text: "A {value} is nothing that a Poller could wait for.",
    remedy: "Register a TcpListener, a TcpStream, an end of a pipe or a Timer.",
    explanation:
      "A Poller waits for what can become readable or writable: listeners, streams, ends of pipes, and timers. Wait for " +
      "channels with `select`.",
    values: ["value"],
  }),
  badInterest: message({
    code: "TL2603",
    text: "{value} is no interest that a source could be registered with.",
    remedy: 'Give "readable", "writable" or "both".',
    explanation:
      "A source is readable when a read (or an accept) would not block, writable when a write would not.",
    values: ["value"],
  }),
  neverReady: message({
    code: "TL2604",
    text: "A {source} is never ready for `{interest}`.",
    remedy:
      "Register what is read with `readable` and what is written with `writable`; only a TcpStream is both.",
    explanation:
      "A listener and the reading end of a pipe become readable, the writing end of a pipe becomes writable. Waiting for the " +
      "other would wait for ever.",
    values: ["source", "interest"],
  }),
  registeredAlready: message({
    code: "TL2605",
    text: "This source is registered with the Poller already.",
    remedy: "Call `deregister` first to change its interest or its token.",
    explanation:
      "Each source has one interest and one token in a Poller, so that what `poll` tells is clear.",
    values: [],
  }),
  nothingToPoll: message({
    code: "TL2606",
    text: "This Poller has nothing to wait for, and no time at which to stop waiting.",
    remedy:
      "Register a source before `poll`, give it a timeout, or leave the loop when the last source is gone.",
    explanation:
      "`poll()` without a timeout waits until a source is ready. With no source registered (a closed one is not any more) it " +
      "would wait for ever.",
    values: [],
  }),
  badPort: message({
    code: "TL2607",
    text: "{value} is no port for `{operation}`.",
    remedy: "Give an integer from {least} to {most}.",
    explanation:
      "Ports are numbers of 16 bits. `bind(0)` takes any that is free; `listener.port` says which.",
    values: ["value", "operation", "least", "most"],
  }),
  refused: message({
    code: "TL2608",
    text: "Nobody of this program listens at {host}:{port}.",
    remedy:
      "Bind the listener before anybody connects: `const listener = TcpListener.bind(0)`, then start the clients.",
    explanation:
      "`TcpStream.connect` reaches the listeners of the same program. None has this port: it was not bound yet, or it is " +
      "closed. (ECONNREFUSED.)",
    values: ["host", "port"],
  }),
  reset: message({
    code: "TL2609",
    text: "The connection was reset by the other side.",
    remedy: "Expect it: close this stream too, and go on with the others.",
    explanation:
      "The other side closed its stream with bytes unread, or is gone while this side still writes, or its listener was closed " +
      "before it accepted. What was under way is lost. (ECONNRESET.)",
    values: [],
  }),
  portInUse: message({
    code: "TL2610",
    text: "The port {port} of {host} is in use.",
    remedy: "Take another one, or 0 for any that is free.",
    explanation:
      "Two listeners cannot have one port, be they of this program or of another one on this machine. (EADDRINUSE.)",
    values: ["port", "host"],
  }),
  notBound: message({
    code: "TL2611",
    text: "{host}:{port} could not be bound: {code}.",
    remedy: "Leave the host out to listen on loopback, and take a port from 1024 on, or 0.",
    explanation:
      "The operating system refused: ports below 1024 may need rights (EACCES), and only addresses of this machine can be " +
      "listened at (EADDRNOTAVAIL).",
    values: ["host", "port", "code"],
  }),
} as const;
