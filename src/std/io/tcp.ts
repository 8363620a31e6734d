/**
 * `TcpListener` and `TcpStream`: connections between threads by way of the network. On real threads the bytes go through the
 * operating system's loopback; on the model engine the network is simulated (`objects/wire.ts`).
 *
 * A program's streams reach its own listeners, so that all that happens to them is in the recording.
 */
import type { Address, ThreadId } from "../../base/brand.ts";
import { IO_MESSAGES } from "../../base/catalogue/io.ts";
import { END_WORDS, EndWord } from "../../objects/ends.ts";
import {
  AcceptResult,
  CONNECTION_WORDS,
  ConnectionWord,
  ConnectResult,
  listener as listenerKind,
  ListenerOperation,
  ListenerWord,
} from "../../objects/listener.ts";
import { MOST_PORTS, PORT_IN_USE, PortsOperation } from "../../objects/ports.ts";
import { connection, Ready, WireOperation, WireResult } from "../../objects/wire.ts";
import { End } from "../end.ts";
import { NetworkError, type NetworkErrorCode, text } from "../errors.ts";
import { crosses } from "../handle.ts";
import { engine } from "../intrinsics.ts";
import { directions, type Interest, polled, type PolledSource, type Question } from "./sources.ts";
import {
  checkBytes,
  type MadeWire,
  makeWire,
  readInto,
  releaseRing,
  tellCarrier,
  writeFrom,
} from "./wire-end.ts";

/** What may be under way in one direction: enough that a large write is seen to be partial. */
const WINDOW = 1 << 14;
const LOOPBACK = "127.0.0.1";

/** A stream's own words, behind its reading end: where it writes. */
const StreamWord = { OUTGOING: END_WORDS, WRITER: END_WORDS + 1 } as const;
const STREAM_WORDS = 2;

export class TcpStream extends End implements PolledSource {
  readonly #outgoing: Address;
  readonly #writer: Address;
  #blocking = true;

  constructor(incoming: Address, reader: Address) {
    super(incoming, reader);
    this.#outgoing = engine.words[reader + StreamWord.OUTGOING] as Address;
    this.#writer = engine.words[reader + StreamWord.WRITER] as Address;
    engine.words[this.#writer + EndWord.OWNER] = engine.thread + 1;
  }

  static connect(port: number, host = LOOPBACK): TcpStream {
    checkPort(port, 1, "connect");
    const { site } = engine;
    const found = engine.perform(engine.network.ports(), PortsOperation.FIND, port) as Address;
    if (found === 0) throw refusedAt(host, port);
    const there = makeWire(connection, WINDOW, engine.network.carried, STREAM_WORDS);
    const back = makeWire(connection, WINDOW, engine.network.carried, STREAM_WORDS);
    const block = waitingConnection(there, back);
    const failed = engine.network.connect(port, host, there.at, back.at);
    engine.site = site;
    const result =
      failed === undefined ? engine.perform(found, ListenerOperation.CONNECT, block) : 1;
    if (result === ConnectResult.REFUSED) {
      for (const { at, reader, writer } of [there, back]) forget(at, reader, writer);
      engine.release(block);
      throw refusedAt(host, port);
    }
    return streamOf(back, there);
  }

  protected override get kind(): "TcpStream" {
    return "TcpStream";
  }

  protected override get side(): string {
    return "stream";
  }

  protected override get dropping(): number {
    return WireOperation.CLOSE_READER;
  }

  /** Closed with something unread, the connection is reset, as the operating systems do it. */
  protected override last(incoming: Address, result: number): void {
    if ((result & 1) === 1) releaseRing(incoming);
    const outgoing = this.#outgoing;
    const reset = (result & 2) === 2 ? 1 : 0;
    const both = engine.perform(outgoing, WireOperation.CLOSE_WRITER, this.#writer, reset);
    engine.release(this.#writer);
    tellCarrier(outgoing);
    if (both === 1) releaseRing(outgoing);
  }

  protected override belongsTo(owner: ThreadId | -1): void {
    super.belongsTo(owner);
    engine.words[this.#writer + EndWord.OWNER] = owner + 1;
  }

  setBlocking(on: boolean): void {
    this.check();
    this.#blocking = on;
  }

  read(into: Uint8Array): number | undefined {
    const at = this.check();
    checkBytes(into, "read");
    const count = readInto(at, into, this.#blocking);
    if (count === WireResult.RESET) throw wasReset();
    return count === WireResult.WOULD_BLOCK ? undefined : count;
  }

  write(bytes: Uint8Array): number | undefined {
    this.check();
    checkBytes(bytes, "write");
    const written = writeFrom(this.#outgoing, bytes, this.#blocking);
    if (written === WireResult.GONE) throw wasReset();
    return written === WireResult.WOULD_BLOCK ? undefined : written;
  }

  close(): void {
    this.drop();
  }

  [polled](interest: Interest): readonly Question[] | undefined {
    if (this.isOver) return undefined;
    const questions: Question[] = [];
    const object = this.check();
    if (interest !== "writable") {
      const operation = WireOperation.READABLE;
      questions.push({ object, operation, surely: WireOperation.SURELY_READABLE });
    }
    if (interest !== "readable") {
      questions.push({ object: this.#outgoing, operation: WireOperation.WRITABLE, surely: 0 });
    }
    return questions;
  }

  get [directions](): number {
    return Ready.READABLE | Ready.WRITABLE;
  }
}

export class TcpListener extends End implements PolledSource {
  readonly port: number;
  #blocking = true;

  constructor(at: Address, end: Address) {
    super(at, end);
    this.port = engine.words[at + ListenerWord.PORT];
  }

  static override bind(port: number, host = LOOPBACK): TcpListener {
    checkPort(port, 0, "bind");
    const { site } = engine;
    const at = engine.create(listenerKind, engine.network.carried);
    const given = engine.network.listen(at, port, host);
    if (typeof given === "string") throw notBound(given, host, port);
    engine.site = site;
    const bound = engine.perform(engine.network.ports(), PortsOperation.BIND, at, given);
    if (bound === PORT_IN_USE) throw notBound("EADDRINUSE", host, port);
    return new TcpListener(at, engine.allocate(END_WORDS));
  }

  protected override get kind(): "TcpListener" {
    return "TcpListener";
  }

  protected override get side(): string {
    return "listener";
  }

  protected override get dropping(): number {
    return ListenerOperation.CLOSE;
  }

  /** Whoever has connected and was not accepted is reset. */
  protected override last(at: Address, waiting: number): void {
    engine.perform(engine.network.ports(), PortsOperation.FREE, at);
    engine.network.changed(at);
    for (let left = waiting; left > 0; left--) {
      const block = engine.perform(at, ListenerOperation.DISCARD) as Address;
      resetUnaccepted(block);
    }
  }

  setBlocking(on: boolean): void {
    this.check();
    this.#blocking = on;
  }

  accept(): TcpStream | undefined {
    const at = this.check();
    const operation = this.#blocking ? ListenerOperation.ACCEPT : ListenerOperation.TRY_ACCEPT;
    const block = engine.perform(at, operation) as Address;
    return block === AcceptResult.WOULD_BLOCK ? undefined : accepted(block);
  }

  close(): void {
    this.drop();
  }

  [polled](): readonly Question[] | undefined {
    if (this.isOver) return undefined;
    const operation = ListenerOperation.READABLE;
    return [{ object: this.check(), operation, surely: ListenerOperation.SURELY_READABLE }];
  }

  get [directions](): number {
    return Ready.READABLE;
  }
}

crosses("TcpStream", "moves", (object, end) => new TcpStream(object, end as Address));
crosses("TcpListener", "moves", (object, end) => new TcpListener(object, end as Address));

/** The block in which the accepting side's ends wait; nobody owns them. */
function waitingConnection(there: MadeWire, back: MadeWire): Address {
  const block = engine.allocate(CONNECTION_WORDS);
  const { words } = engine;
  words[block + ConnectionWord.INCOMING] = there.at;
  words[block + ConnectionWord.READER] = there.reader;
  words[block + ConnectionWord.OUTGOING] = back.at;
  words[block + ConnectionWord.WRITER] = back.writer;
  words[there.reader + EndWord.OWNER] = 0;
  words[back.writer + EndWord.OWNER] = 0;
  return block;
}

function streamOf(incoming: MadeWire, outgoing: MadeWire): TcpStream {
  engine.words[incoming.reader + StreamWord.OUTGOING] = outgoing.at;
  engine.words[incoming.reader + StreamWord.WRITER] = outgoing.writer;
  return new TcpStream(incoming.at, incoming.reader);
}

function accepted(block: Address): TcpStream {
  const { words } = engine;
  const incoming = words[block + ConnectionWord.INCOMING] as Address;
  const reader = words[block + ConnectionWord.READER] as Address;
  words[reader + StreamWord.OUTGOING] = words[block + ConnectionWord.OUTGOING];
  words[reader + StreamWord.WRITER] = words[block + ConnectionWord.WRITER];
  engine.release(block);
  return new TcpStream(incoming, reader);
}

function resetUnaccepted(block: Address): void {
  const incoming = engine.words[block + ConnectionWord.INCOMING] as Address;
  const outgoing = engine.words[block + ConnectionWord.OUTGOING] as Address;
  const reader = engine.words[block + ConnectionWord.READER] as Address;
  const writer = engine.words[block + ConnectionWord.WRITER] as Address;
  engine.release(block);
  const read = engine.perform(incoming, WireOperation.CLOSE_READER, reader);
  engine.release(reader);
  if ((read & 1) === 1) releaseRing(incoming);
  const written = engine.perform(outgoing, WireOperation.CLOSE_WRITER, writer, 1);
  engine.release(writer);
  tellCarrier(outgoing);
  if (written === 1) releaseRing(outgoing);
}

/** A wire that nobody will ever see. */
function forget(at: Address, reader: Address, writer: Address): void {
  releaseRing(at);
  engine.release(reader);
  engine.release(writer);
}

function checkPort(port: number, least: number, operation: string): void {
  if (Number.isInteger(port) && port >= least && port <= MOST_PORTS) return;
  const values = { value: String(port), least, most: MOST_PORTS, operation };
  throw new RangeError(text(IO_MESSAGES.badPort, values));
}

function refusedAt(host: string, port: number): NetworkError {
  return new NetworkError(text(IO_MESSAGES.refused, { host, port }), "ECONNREFUSED");
}

function wasReset(): NetworkError {
  return new NetworkError(text(IO_MESSAGES.reset, {}), "ECONNRESET");
}

function notBound(code: NetworkErrorCode, host: string, port: number): NetworkError {
  const told =
    code === "EADDRINUSE"
      ? text(IO_MESSAGES.portInUse, { host, port })
      : text(IO_MESSAGES.notBound, { host, port, code });
  return new NetworkError(told, code);
}
