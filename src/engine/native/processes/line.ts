/**
 * One side of the way between two processes, as the runner's main thread has it: takes what threads here have sent, and gives
 * them what has come. Each side has both channels in a memory of its own; here is what makes of two channels one.
 */
import type { Address } from "../../../base/brand.ts";
import { ChannelOperation, ChannelWord } from "../../../objects/channel.ts";
import { isLinked, ReceiveResult, SendResult } from "../../../objects/ends.ts";
import { ProcessWord } from "../../../objects/process.ts";
import { NODE_WORDS, NodeWord } from "../../../objects/waiters.ts";
import type { Parcel, PipeNames, PipeNews } from "../../../protocol/process.ts";
import type { Heap } from "../../heap.ts";
import type { RunMemory } from "../memory.ts";
import type { OutsideAgent } from "../outside-agent.ts";
import { FarPipes } from "./far-pipes.ts";

export interface LineParts {
  readonly memory: RunMemory;
  readonly heap: Heap;
  readonly agent: OutsideAgent;
  /** The process's object. */
  readonly at: Address;
  /** Whether this is the side of whoever has started the process. */
  readonly isParent: boolean;
}

export class Line {
  readonly #parts: LineParts;
  /** The channel that threads here send to, and its receiver's end, which is ours; the other one, and its sender's. */
  readonly #out: Address;
  readonly #ear: Address;
  readonly #in: Address;
  readonly #mouth: Address;
  readonly #node: Address;
  readonly pipes: FarPipes;
  #saidClosed = false;
  #saidDeaf = false;
  /** Messages taken and given so far. */
  taken = 0;
  given = 0;

  constructor(parts: LineParts) {
    this.#parts = parts;
    const { at, memory, heap, isParent } = parts;
    const words = memory.fresh();
    const word = (index: number): Address => words[at + index] as Address;
    const { DOWN, DOWN_RECEIVER, DOWN_SENDER, UP, UP_RECEIVER, UP_SENDER } = ProcessWord;
    this.#out = word(isParent ? DOWN : UP);
    this.#ear = word(isParent ? DOWN_RECEIVER : UP_RECEIVER);
    this.#in = word(isParent ? UP : DOWN);
    this.#mouth = word(isParent ? UP_SENDER : DOWN_SENDER);
    this.#node = heap.allocate(NODE_WORDS);
    this.pipes = new FarPipes(parts);
  }

  /** What has been sent here since the last time; undefined: there is nothing to tell. */
  take(): Parcel | undefined {
    const { agent, heap, isParent, memory } = this.#parts;
    const messages: Int32Array[] = [];
    let closed = false;
    while (!this.#isDropped(this.#out, this.#ear)) {
      const result = agent.step(this.#out, ChannelOperation.TRY_RECEIVE, this.#node);
      if (result === ReceiveResult.EMPTY) break;
      if (result === ReceiveResult.CLOSED) {
        closed = !this.#saidClosed;
        this.#saidClosed = true;
        break;
      }
      const words = memory.fresh();
      const from = result + NODE_WORDS;
      messages.push(words.slice(from, from + words[result + NodeWord.LOAD]));
      heap.release(result as Address);
      this.taken++;
    }
    const isDeaf = memory.fresh()[this.#in + ChannelWord.RECEIVERS] === 0;
    const deaf = isDeaf && !this.#saidDeaf;
    this.#saidDeaf ||= isDeaf;
    const news = this.pipes.take();
    const openings = isParent ? this.pipes.open() : [];
    this.taken += news.length + openings.length;
    const isSaid = messages.length + news.length + openings.length > 0 || closed || deaf;
    return isSaid ? { messages, closed, deaf, openings, news } : undefined;
  }

  /** What the other side has told; answers the pipes that are new here. Who hears that nothing more comes must not find somebody who still listens. */
  give({ messages, closed, deaf, news = [], openings = [] }: Parcel): readonly PipeNames[] {
    this.hear(news, false);
    const opened = this.pipes.opened(openings);
    this.given += openings.length;
    for (const message of messages) this.#send(message, false);
    if (deaf) this.#drop(this.#out, this.#ear, ChannelOperation.DROP_RECEIVER, false);
    if (closed) this.#drop(this.#in, this.#mouth, ChannelOperation.DROP_SENDER, false);
    return opened;
  }

  /** What was done to pipes over there. `later`: it is done here when the records of it tell. */
  hear(news: readonly PipeNews[], later: boolean): void {
    for (const one of news) this.pipes.give(one, later);
    this.given += news.length;
  }

  // ---- what the other side has recorded, one operation after the other: the version that the channel has by it

  /** It sent `message`. */
  sent(message: Int32Array): number {
    return this.#send(message, true);
  }

  /** It let go of its sender, or of its receiver. */
  droppedSender(): number {
    return this.#drop(this.#in, this.#mouth, ChannelOperation.DROP_SENDER, true);
  }

  droppedReceiver(): number {
    return this.#drop(this.#out, this.#ear, ChannelOperation.DROP_RECEIVER, true);
  }

  #send(message: Int32Array, isRecorded: boolean): number {
    const { agent, heap, memory } = this.#parts;
    const block = encodedBlock(memory, heap, message);
    this.given++;
    const { SEND } = ChannelOperation;
    const { result, version } = agent.act(this.#in, SEND, block, 0, isRecorded);
    if (result !== SendResult.SENT) heap.release(block);
    return version;
  }

  #drop(channel: Address, end: Address, operation: number, isRecorded: boolean): number {
    const { agent } = this.#parts;
    if (!this.#isDropped(channel, end)) {
      return agent.act(channel, operation, end, 0, isRecorded).version;
    }
    return isRecorded ? agent.version(channel) : 0;
  }

  #isDropped(channel: Address, end: Address): boolean {
    return !isLinked(this.#parts.memory.fresh(), channel + ChannelWord.ENDS, end);
  }
}

/** A block with these words of an encoded value. */
export function encodedBlock(memory: RunMemory, heap: Heap, value: Int32Array): Address {
  const block = heap.allocate(NODE_WORDS + value.length);
  const words = memory.fresh();
  words[block + NodeWord.LOAD] = value.length;
  words.set(value, block + NODE_WORDS);
  return block;
}
