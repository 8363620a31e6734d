/**
 * `Process`: a program part with a memory of its own, and messages between it and whoever started it. Its state is in
 * `objects/process.ts`, its messages are those of two channels (`objects/channel.ts`); what may go into it is told by
 * `process-crossing.ts`. On the native engine it is a process of the system, in the model a group of threads.
 */
import type { Address, SiteId } from "../base/brand.ts";
import { PROCESS_MESSAGES } from "../base/catalogue/processes.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { channel as channelKind, ChannelOperation, ChannelWord } from "../objects/channel.ts";
import { END_WORDS, EndSide, linkEnd, ReceiveResult, SendResult } from "../objects/ends.ts";
import { Head } from "../objects/object.ts";
import {
  process_ as processKind,
  ProcessOperation,
  ProcessOutcome,
  ProcessWord,
} from "../objects/process.ts";
import { Receiver, Sender } from "./channel.ts";
import type { Received } from "./end.ts";
import { ChannelClosedError, text } from "./errors.ts";
import { crosses, crossing, type Crossing, Life } from "./handle.ts";
import { inspected } from "./inspect.ts";
import { engine } from "./intrinsics.ts";
import { disown, own } from "./ownership.ts";
import { decodeFromProcess, encodeForProcess } from "./process-crossing.ts";
import { closeLeftOpen } from "./process-end.ts";
import { giveEnds, givenAway, notGiven } from "./process-pipes.ts";
import { create, type Place, snapshot } from "./shared/place.ts";
import { signalName } from "../base/signals.ts";

/** What both sides have: an end of either channel, which move and are dropped as one. */
abstract class Line<Out, In> {
  readonly #at: Address;
  readonly #sender: Sender<Out>;
  readonly #receiver: Receiver<In>;
  readonly #life = new Life();

  constructor(at: Address, sender: Sender<Out>, receiver: Receiver<In>) {
    this.#at = at;
    this.#sender = sender;
    this.#receiver = receiver;
    disown(sender);
    disown(receiver);
    own(this);
  }

  /** One that `crosses` was told. */
  protected abstract readonly kind: string;
  /** What messages call this side. */
  protected abstract readonly called: string;
  protected abstract unheard(process: string): string;
  protected abstract silent(process: string): string;
  /** Whether ends of pipes move to the other side. */
  protected abstract readonly givesPipes: boolean;

  send(message: Out): void {
    this.check();
    const { site } = engine;
    const block = encodeForProcess(message, "message", this.givesPipes);
    engine.site = site;
    const giving = giveEnds(this.#at, engine.departing(-1));
    const result = engine.perform(this.#sender[crossing].object, ChannelOperation.SEND, block);
    engine.sentToProcess();
    if (result === SendResult.SENT) {
      givenAway(giving);
      return engine.departed();
    }
    notGiven(giving);
    engine.stayed(block);
    throw new ChannelClosedError(this.unheard(this.name));
  }

  recv(): In {
    this.check();
    const came = engine.perform(
      this.#receiver[crossing].object,
      ChannelOperation.RECEIVE,
      engine.node,
    );
    if (came === ReceiveResult.CLOSED) throw new ChannelClosedError(this.silent(this.name));
    return taken(came as Address);
  }

  tryRecv(): Received<In> {
    this.check();
    const came = engine.perform(
      this.#receiver[crossing].object,
      ChannelOperation.TRY_RECEIVE,
      engine.node,
    );
    if (came === ReceiveResult.EMPTY) return { kind: "empty" };
    if (came === ReceiveResult.CLOSED) return { kind: "closed" };
    return { kind: "value", value: taken(came as Address) };
  }

  /** The thread that owns it has ended. */
  drop(): void {
    if (!this.#life.alive) return;
    this.#life.end("dropped");
    disown(this);
    this.#sender.drop();
    this.#receiver.drop();
  }

  get [crossing](): Crossing {
    const moves = [this.#sender[crossing].moves!, this.#receiver[crossing].moves!];
    return {
      kind: this.kind,
      object: this.#at,
      detail: 0,
      moves: {
        check: () => this.check(),
        belongsTo: (owner) => {
          for (const one of moves) one.belongsTo(owner);
        },
        moved: () => {
          this.#life.end("moved");
          disown(this);
          for (const one of moves) one.moved();
        },
      },
    };
  }

  [inspected](): string {
    return `${this.kind}(${this.name}, pid ${engine.words[this.#at + ProcessWord.PID]})`;
  }

  protected get name(): string {
    return engine.decode(engine.words[this.#at + ProcessWord.NAME] as Address) as string;
  }

  /** The process's object, if this side may still be used. Throws `MovedError`. */
  protected check(): Address {
    this.#life.check(`${this.called} ${this.name}`);
    return this.#at;
  }
}

/** The value of a message that has come from another process. */
function taken<T>(message: Address): T {
  const value = decodeFromProcess(message) as T;
  engine.release(message);
  return value;
}

export class Process<Out, In> extends Line<In, Out> {
  /** Those of `objects/process.ts`, at `at`. */
  constructor(at: Address) {
    const { words } = engine;
    super(
      at,
      new Sender(
        words[at + ProcessWord.DOWN] as Address,
        words[at + ProcessWord.DOWN_SENDER] as Address,
      ),
      new Receiver(
        words[at + ProcessWord.UP] as Address,
        words[at + ProcessWord.UP_RECEIVER] as Address,
      ),
    );
  }

  static spawn<Out, In>(
    body: (parent: Port<Out, In>) => void,
    options?: { name?: string },
  ): Process<Out, In> {
    if (typeof body !== "function") {
      const values = { operation: "Process.spawn", expected: "a function", value: typeof body };
      throw new TypeError(text(RUNTIME_MESSAGES.notAnInteger, values));
    }
    const { site } = engine;
    const variables: Place[] = [];
    const block = encodeForProcess(body, "", true, variables);
    const handles = engine.departing(engine.thread);
    const rows: unknown[] = [];
    engine.site = site;
    for (let index = 0; index < variables.length; index++) {
      const { at } = variables[index];
      rows.push([engine.words[at + Head.SITE], snapshot(variables[index])]);
    }
    const shared = encodeForProcess(rows, "captures", false);
    engine.site = site;
    const at = createProcess();
    const giving = giveEnds(at, handles);
    try {
      engine.startProcess(at, block, shared, options?.name);
    } catch (error) {
      notGiven(giving);
      throw error;
    }
    givenAway(giving);
    return new Process<Out, In>(at);
  }

  protected override get kind(): "Process" {
    return "Process";
  }

  protected override get called(): string {
    return "The process";
  }

  protected override get givesPipes(): boolean {
    return true;
  }

  protected override unheard(process: string): string {
    return text(PROCESS_MESSAGES.sendToDead, { process });
  }

  protected override silent(process: string): string {
    return text(PROCESS_MESSAGES.nothingFrom, { process });
  }

  get pid(): number {
    return engine.words[this.check() + ProcessWord.PID];
  }

  wait(): { code: number | null; signal: string | null } {
    const outcome = engine.perform(this.check(), ProcessOperation.WAIT);
    const code = engine.low;
    return outcome === ProcessOutcome.SIGNALLED
      ? { code: null, signal: signalName(code) }
      : { code, signal: null };
  }

  kill(): void {
    const at = this.check();
    engine.perform(at, ProcessOperation.KILL);
    closeLeftOpen(at);
  }
}

/** The other side: what a process's body is given. */
export class Port<Out, In> extends Line<Out, In> {
  constructor(at: Address) {
    const { words } = engine;
    super(
      at,
      new Sender(
        words[at + ProcessWord.UP] as Address,
        words[at + ProcessWord.UP_SENDER] as Address,
      ),
      new Receiver(
        words[at + ProcessWord.DOWN] as Address,
        words[at + ProcessWord.DOWN_RECEIVER] as Address,
      ),
    );
  }

  protected override get kind(): "Port" {
    return "Port";
  }

  protected override get called(): string {
    return "The port of the process";
  }

  protected override get givesPipes(): boolean {
    return false;
  }

  protected override unheard(process: string): string {
    return text(PROCESS_MESSAGES.parentGone, { process });
  }

  protected override silent(process: string): string {
    return text(PROCESS_MESSAGES.parentGone, { process });
  }
}

crosses("Process", "moves", (object) => new Process(object));
crosses("Port", "moves", (object) => new Port(object));

/** A process's object, with both channels and their ends; nobody owns those of its own side yet. */
export function createProcess(): Address {
  const at = engine.create(processKind, engine.remoteProcesses ? 1 : 0);
  const followed = engine.followsProcesses ? 1 : 0;
  const down = engine.create(channelKind, -1, followed);
  const up = engine.create(channelKind, -1, followed);
  // They are called as the process is, both.
  engine.words[down + Head.NTH] = engine.words[up + Head.NTH] = 0;
  const { DOWN, DOWN_SENDER, DOWN_RECEIVER, UP, UP_SENDER, UP_RECEIVER } = ProcessWord;
  link(at, DOWN, down, DOWN_SENDER, EndSide.SENDER);
  link(at, DOWN, down, DOWN_RECEIVER, EndSide.RECEIVER);
  link(at, UP, up, UP_SENDER, EndSide.SENDER);
  link(at, UP, up, UP_RECEIVER, EndSide.RECEIVER);
  return at;
}

function link(at: Address, word: number, channel: Address, endWord: number, side: number): void {
  const end = engine.allocate(END_WORDS);
  const { words } = engine;
  linkEnd(words, channel + ChannelWord.ENDS, end, side, engine.thread);
  words[at + word] = channel;
  words[at + endWord] = end;
}

/** In the new process, by its main thread: the body that it was started with, and what that is given. */
export function arriveInProcess(
  at: Address,
  block: Address,
  shared: Address,
): { readonly body: Function; readonly port: Port<unknown, unknown> } {
  const { site } = engine;
  const rows = engine.decode(shared) as (readonly [SiteId, unknown])[];
  const variables: Place[] = [];
  for (const [where, value] of rows) {
    engine.site = where;
    variables.push(create(value));
  }
  engine.site = site;
  const body = decodeFromProcess(block, variables) as Function;
  return { body, port: new Port(at) };
}
