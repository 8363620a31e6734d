/**
 * What `std` stands on: the door to the engine that runs this thread. Everything in this room is ordinary blocking
 * TypeScript over these few calls; an engine installs itself before any of the person's code runs.
 */
import type {
  Address,
  Milliseconds,
  Nanoseconds,
  ObjectId,
  SiteId,
  ThreadId,
} from "../base/brand.ts";
import type { ObjectKind } from "../objects/object.ts";
import type { Carried } from "../objects/wire.ts";
import type { EventKind } from "../trace/event.ts";
import type { Told } from "./check/told.ts";
import type { NetworkErrorCode } from "./errors.ts";

export interface Intrinsics {
  /** The place of the operation under way, as compiled code has set it. */
  site: SiteId;
  readonly thread: ThreadId;
  /** The run's memory; replaced when it has grown. */
  readonly words: Int32Array;
  /** Whether anything is recorded: spares the making of names otherwise. */
  readonly traced: boolean;

  /** A block of at least `size` words, not cleared. */
  allocate(size: number): Address;
  release(block: Address): void;

  /** A new object of this kind, at the current site. `name` indexes a string of the trace, -1: the site's name. */
  create(kind: ObjectKind, a?: number, b?: number, name?: number): Address;
  idOf(object: Address): ObjectId;
  /**
   * Performs an operation, blocking until it goes through. `low` and `high` carry further words of its arguments in and
   * of its result out.
   */
  perform(object: Address, operation: number, a?: number, b?: number): number;
  /** The same, but gives up after `timeout`: then the answer is what the kind's `cancel` gives. */
  performFor(
    object: Address,
    operation: number,
    a: number,
    b: number,
    timeout: Milliseconds,
  ): number;
  low: number;
  high: number;
  /** The waiter's node of this thread: it waits for one thing at a time. */
  readonly node: Address;

  /** Lets another thread get on that holds a word this one spins for. No event. */
  pause(): void;
  sleep(duration: Milliseconds): void;
  yieldNow(): void;
  /** Nanoseconds since the run began, by this thread's clock. */
  now(): Nanoseconds;
  /** Records an event that is no operation: a mark. */
  mark(event: EventKind, argument: number): void;
  /** Tells who explores of a check (`check/`). No event; where nobody explores, nothing. */
  checked(told: Told): void;
  /** Index of a text in the trace's table of strings. */
  string(text: string): number;

  /**
   * Starts a thread that runs `body`, a function that may cross. Throws `NotSendError`, and `RangeError` when too many are
   * alive.
   */
  start(body: (index?: number) => unknown, name: string | undefined, index?: number): StartedThread;
  /**
   * Starts the process at this object (`std/process.ts`), whose main thread begins with the body and the variables that stand in
   * these blocks; both are its own from here on. Throws `RangeError` when too many threads are alive.
   */
  startProcess(process: Address, body: Address, shared: Address, name: string | undefined): void;
  /** A message was sent to or from a process, which is to get there soon. */
  sentToProcess(): void;
  /** The object of the process that this thread is of; 0: of the program's own. */
  readonly process: Address;
  /** Whether processes are those of the system, which end when they have ended. */
  readonly remoteProcesses: boolean;
  /** Whether the run follows a recording, in which messages of processes took their time (`objects/channel.ts`). */
  readonly followsProcesses: boolean;
  /** Whether the run is one of many that try every order, or somebody steps through it. */
  readonly exploring: boolean;
  threadName(thread: ThreadId): string;
  /** The object of a thread that has been started. */
  threadObject(thread: ThreadId): Address;
  /** What messages call an object: the variable that it was made for, else its kind and number. */
  nameOf(object: Address): string;
  /** What a function of the program's files, or a class, was made from. */
  capturesOf(made: object): readonly unknown[];
  readonly parallelism: number;

  /**
   * Encodes into a block of the heap whose first `NODE_WORDS` words are free for a list's node. Throws `NotSendError`.
   * `what` names the value in it. Whether what moves with it has moved is said afterwards, by `departed` or `stayed`.
   */
  encode(value: unknown, what: string): Address;
  /** Before the block that was encoded last can be seen by others: what moves with it belongs to `owner` (-1: nobody). Answers it. */
  departing(owner: ThreadId | -1): readonly object[];
  /** It went: what moved with it is spent here. */
  departed(): void;
  /** It did not go: its block is released, what would have moved belongs to this thread as before. */
  stayed(block: Address): void;
  /** Decodes a block that `encode` made; what moved with it now belongs to this thread. Does not release the block. */
  decode(block: Address): unknown;
  /** A live copy of a value that is kept elsewhere, so that its objects keep their identity within this thread. */
  session(): Session;

  /**
   * The address by which all threads know an object; one that has none is encoded for them. Throws `NotSendError`. Whether it
   * went where others see it is said afterwards, by `published`: then it is frozen, with all that it holds.
   */
  publish(value: object, what: string): Address;
  published(kept: boolean): void;
  /** The object that an address stands for: always the same one in this thread. */
  publishedAt(address: Address): object;
  /** The address of an object that is published, as far as this thread can know; else 0. */
  addressOf(object: object): Address;

  /** What carries the bytes that streams send. */
  readonly network: Network;

  /** A failed assertion, told at once: it is the verdict wherever it is caught. */
  assertionFailed(error: Error): void;
  /**
   * What a lock protects is this, as this thread has it by right; undefined: nothing that could be written to. Who looks for writes
   * outside of guards remembers what it holds; else nothing.
   */
  keepLocked(lock: Address, value: unknown): void;
  /** The lock was taken: whether the thread has written to what it protects since then. */
  checkLocked(lock: Address): void;
  /** The source text at a site, shortened. */
  textOf(site: SiteId): string;
  /** The place of a site in words, `file.ts:14`; empty for no site. */
  placeOf(site: SiteId): string;
  /** True while an annotation's expression is evaluated: members that only annotations have may be read. */
  readonly evaluating: boolean;
}

/** The network as a thread sees it: the operating system's, or a simulated one. */
export interface Network {
  /** Who decides what has arrived. */
  readonly carried: Carried;
  /** The run's ports (`objects/ports.ts`). */
  ports(): Address;
  /** Takes a port, 0 for any. Answers it (0: whoever has the ports says which), or why it could not be had. */
  listen(listener: Address, port: number, host: string): number | NetworkErrorCode;
  /** Makes a connection whose directions are these two wires. Answers why it could not be made. */
  connect(port: number, host: string, there: Address, back: Address): NetworkErrorCode | undefined;
  /** Bytes were written to a wire that somebody carries, or it was closed; or a listener was. */
  changed(object: Address): void;
}

export interface StartedThread {
  readonly thread: ThreadId;
  readonly object: Address;
}

/** See `Intrinsics.session`. */
export interface Session {
  /**
   * Encodes the value into `block` if it differs from what stands there, else does nothing. Answers the block that now
   * holds it: another one if it did not fit (the old one is released), 0 if nothing differs.
   */
  encode(value: unknown, what: string, block: Address): Address;
  /** Decodes, refreshing objects that this session knows in place. */
  decode(block: Address): unknown;
  /** Whether the last value encoded holds what moves: then the thread's live copy is not the value any more. */
  readonly moved: boolean;
}

/** The engine of this thread. On the model engine, which runs many threads in one isolate, it answers for the current one. */
export let engine: Intrinsics;

export function install(intrinsics: Intrinsics): void {
  engine = intrinsics;
}
