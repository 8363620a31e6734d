/**
 * The pipes that two processes have between them, as the runner's main thread of one side sees them. A pipe lies in the memory of
 * whoever made it; a process that an end of it has gone into has another one, which shows the same. What is done to either
 * is done to the other: bytes come when they were written, room when they were read, ends when they were closed.
 *
 * The bytes stay in the pipe of whoever made it until they have been read over there, so that it is as large as any other. Where
 * the process is recorded, what its records tell is done as they do (`line.ts`), with the bytes that have come before.
 */
import type { Address, ThreadId } from "../../../base/brand.ts";
import { END_WORDS, EndSide, isLinked, linkEnd } from "../../../objects/ends.ts";
import { addGiven, GIVEN_WORDS, type GivenPipe, givenPipes } from "../../../objects/given-pipes.ts";
import { Head } from "../../../objects/object.ts";
import {
  bytesAt,
  Carried,
  Closing,
  copyBytes,
  pipe as pipeKind,
  WireOperation,
  WireWord,
} from "../../../objects/wire.ts";
import type { PipeNews, PipeOpening } from "../../../protocol/process.ts";
import type { Heap } from "../../heap.ts";
import type { RunMemory } from "../memory.ts";
import { createObject } from "../new-objects.ts";
import type { OutsideAgent } from "../outside-agent.ts";

export interface FarPipesParts {
  readonly memory: RunMemory;
  readonly heap: Heap;
  readonly agent: OutsideAgent;
  /** The process's object. */
  readonly at: Address;
  readonly isParent: boolean;
}

interface Row {
  readonly at: Address;
  /** Of both ends, by side: their blocks. */
  readonly ends: [writer: Address, reader: Address];
  /** Which of them the process has that was started. */
  readonly given: [writer: boolean, reader: boolean];
  /** What the other side knows of this one, and has told of itself. */
  written: number;
  read: number;
  toldEnd: boolean;
  toldDeaf: boolean;
  /** Bytes that have come before the records of their writing. */
  underWay: Uint8Array;
}

const { SENDER, RECEIVER } = EndSide;
const NOBODY = -1 as ThreadId;
const NO_BYTES = new Uint8Array(0);

export class FarPipes {
  readonly #parts: FarPipesParts;
  /** By what whoever made them calls them. */
  readonly #rows = new Map<number, Row>();

  constructor(parts: FarPipesParts) {
    this.#parts = parts;
  }

  /** By whoever has started the process: the ends that are about to go into it, or went, since the last time. */
  open(): PipeOpening[] {
    const { at, memory } = this.#parts;
    const all = givenPipes(memory.fresh(), at);
    // One that did not go, after all, is no more in the list.
    for (const [name, { given }] of this.#rows) {
      for (const side of [SENDER, RECEIVER]) {
        given[side] &&= all.some((one) => one.name === name && one.side === side);
      }
    }
    const isNew = ({ name, side }: GivenPipe): boolean =>
      this.#rows.get(name)?.given[side] !== true;
    return all.filter(isNew).map((one) => this.#open(one));
  }

  #open({ pipe, end, side, name }: GivenPipe): PipeOpening {
    const known = this.#rows.get(name);
    const news = known && this.#news(name, known);
    return this.#parts.agent.holding(pipe, (words) => {
      const [written, read] = [words[pipe + WireWord.WRITTEN], words[pipe + WireWord.READ]];
      const row = known ?? newRow(pipe, written, read);
      this.#rows.set(name, row);
      row.ends[side] = end;
      row.given[side] = true;
      const bytes = bytesOf(words, pipe, read, written);
      return {
        ...{ name, side, written, read, bytes, news },
        site: words[pipe + Head.SITE],
        nth: words[pipe + Head.NTH],
        capacity: words[pipe + WireWord.CAPACITY],
        ended: words[pipe + WireWord.CLOSING] !== Closing.OPEN,
        deaf: words[pipe + WireWord.DEAF] === 1,
      };
    });
  }

  /** In the process: they come, the pipes with them where they are new. Answers these, and what they are called. */
  opened(openings: readonly PipeOpening[]): { readonly name: number; readonly id: number }[] {
    const { memory } = this.#parts;
    const made: { name: number; id: number }[] = [];
    for (const opening of openings) {
      let row = this.#rows.get(opening.name);
      if (row === undefined) {
        row = this.#make(opening);
        this.#rows.set(opening.name, row);
        made.push({ name: opening.name, id: memory.fresh()[row.at + Head.ID] });
      }
      if (opening.news !== undefined) this.give(opening.news, false);
      this.#given(row, opening);
    }
    return made;
  }

  #make({ site, nth, capacity, written, read, bytes, ended, deaf }: PipeOpening): Row {
    const { memory, heap } = this.#parts;
    const at = createObject(memory, heap, pipeKind, capacity, Carried.AT_ONCE, site);
    const ring = heap.allocate(capacity / 4);
    const ends: Row["ends"] = [heap.allocate(END_WORDS), heap.allocate(END_WORDS)];
    const row = newRow(at, written, read, ends);
    const words = memory.fresh();
    words[at + Head.NTH] = nth;
    words[at + WireWord.RING] = ring;
    words[at + WireWord.PARTED] = 1;
    words[at + WireWord.WRITTEN] = words[at + WireWord.ARRIVED] = written;
    words[at + WireWord.READ] = read;
    copyBytes(words, at, read, bytes, true);
    for (const side of [SENDER, RECEIVER]) {
      linkEnd(words, at + WireWord.ENDS, row.ends[side], side, NOBODY);
    }
    if (ended) this.#close(row, SENDER, false);
    if (deaf) this.#close(row, RECEIVER, false);
    return row;
  }

  #given(row: Row, { name, side }: PipeOpening): void {
    const { memory, heap, at: process } = this.#parts;
    const block = heap.allocate(GIVEN_WORDS);
    row.given[side] = true;
    const given = { pipe: row.at, end: row.ends[side], side, name, isGone: true };
    addGiven(memory.fresh(), process, block, given);
  }

  /** What was done to them on this side since the last time. */
  take(): PipeNews[] {
    const news: PipeNews[] = [];
    for (const [name, row] of this.#rows) {
      const told = this.#news(name, row);
      if (told !== undefined) news.push(told);
    }
    return news;
  }

  #news(name: number, row: Row): PipeNews | undefined {
    const { agent } = this.#parts;
    const { at } = row;
    const [writes, reads] = [this.#isHere(row, SENDER), this.#isHere(row, RECEIVER)];
    return agent.holding(at, (words) => {
      const written = writes ? words[at + WireWord.WRITTEN] : row.written;
      const read = reads ? words[at + WireWord.READ] : row.read;
      const ended = writes && words[at + WireWord.CLOSING] !== Closing.OPEN;
      const deaf = reads && words[at + WireWord.DEAF] === 1;
      const isNews =
        written !== row.written ||
        read !== row.read ||
        ended !== (writes && row.toldEnd) ||
        deaf !== (reads && row.toldDeaf);
      if (!isNews) return undefined;
      // Who reads beside who writes reads what nobody else needs.
      const bytes = reads ? NO_BYTES : bytesOf(words, at, row.written, written);
      row.written = written;
      row.read = read;
      row.toldEnd ||= ended;
      row.toldDeaf ||= deaf;
      return { name, written, read, bytes, ended, deaf };
    });
  }

  #isHere({ given }: Row, side: number): boolean {
    return given[side] !== this.#parts.isParent;
  }

  /** What was done on the other side. `later`: what the process's records tell is done then. */
  give({ name, written, read, bytes, ended, deaf }: PipeNews, later: boolean): void {
    const row = this.#rows.get(name)!;
    if (bytes.length > 0) row.underWay = joined(row.underWay, bytes);
    if (later) return;
    if (!this.#isHere(row, SENDER)) this.#writeTo(row, written, false);
    if (!this.#isHere(row, RECEIVER)) this.#readTo(row, read, false);
    if (ended) this.#close(row, SENDER, false);
    if (deaf) this.#close(row, RECEIVER, false);
  }

  // ---- what the other side has recorded: the version that the pipe has by it

  written(name: number, total: number): number {
    return this.#writeTo(this.#rows.get(name)!, total, true);
  }

  read(name: number, total: number): number {
    return this.#readTo(this.#rows.get(name)!, total, true);
  }

  closed(name: number, side: number): number {
    return this.#close(this.#rows.get(name)!, side, true);
  }

  /** The process is gone: what it had open is closed. */
  gone(): void {
    for (const row of this.#rows.values()) {
      for (const side of [SENDER, RECEIVER]) if (row.given[side]) this.#close(row, side, false);
    }
  }

  /** Its writer is over there: so many bytes, in all, have been written. */
  #writeTo(row: Row, total: number, isRecorded: boolean): number {
    const count = (total - row.written) | 0;
    row.written = total;
    const bytes = row.underWay.subarray(0, count);
    row.underWay = row.underWay.subarray(count);
    return this.#pass(row, WireOperation.TRY_WRITE, count, isRecorded, bytes);
  }

  #readTo(row: Row, total: number, isRecorded: boolean): number {
    const count = (total - row.read) | 0;
    row.read = total;
    return this.#pass(row, WireOperation.TRY_READ, count, isRecorded, NO_BYTES);
  }

  #pass(
    { at }: Row,
    operation: number,
    count: number,
    isRecorded: boolean,
    bytes: Uint8Array,
  ): number {
    const { agent, heap, memory } = this.#parts;
    if (count === 0) return isRecorded ? agent.version(at) : 0;
    const block = heap.allocate(Math.ceil(count / 4));
    bytesAt(memory.fresh(), block, bytes.length).set(bytes);
    const { version } = agent.act(at, operation, block, count, isRecorded);
    heap.release(block);
    return version;
  }

  #close({ at, ends }: Row, side: number, isRecorded: boolean): number {
    const { agent, heap, memory } = this.#parts;
    if (!isLinked(memory.fresh(), at + WireWord.ENDS, ends[side])) {
      return isRecorded ? agent.version(at) : 0;
    }
    const { CLOSE_READER, CLOSE_WRITER } = WireOperation;
    const operation = side === RECEIVER ? CLOSE_READER : CLOSE_WRITER;
    const { result, version } = agent.act(at, operation, ends[side], 0, isRecorded);
    if ((result & 1) === 1) heap.release(memory.fresh()[at + WireWord.RING] as Address);
    return version;
  }
}

const NO_END = 0 as Address;

function newRow(
  at: Address,
  written: number,
  read: number,
  ends: Row["ends"] = [NO_END, NO_END],
): Row {
  return {
    ...{ at, written, read, ends, given: [false, false] },
    ...{ toldEnd: false, toldDeaf: false, underWay: NO_BYTES },
  };
}

/** From one number to another. With both ends closed its ring is somebody else's. */
function bytesOf(words: Int32Array, at: Address, from: number, to: number): Uint8Array {
  const isDead = words[at + WireWord.CLOSING] !== Closing.OPEN && words[at + WireWord.DEAF] === 1;
  const bytes = new Uint8Array(isDead ? 0 : (to - from) | 0);
  copyBytes(words, at, from, bytes, false);
  return bytes;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
