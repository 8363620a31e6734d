/**
 * All that an object is to the program, as text: two moments at which it reads the same are moments that nobody can tell
 * apart. Where in the heap something lies, how often it was replaced and which number a message has is left out; what a lock
 * protects and what a channel holds is told by its encoded words.
 *
 * Left out: kinds of which it is not said here. Who changes one of those has made progress, as far as one knows.
 */
import type { Address } from "../base/brand.ts";
import { atomic, AtomicWord } from "../objects/atomic.ts";
import { cell, CellTag, CellWord } from "../objects/cell.ts";
import { channel, ChannelWord } from "../objects/channel.ts";
import { EndWord } from "../objects/ends.ts";
import { counter } from "../objects/counter.ts";
import { latch } from "../objects/latch.ts";
import { mutex, MutexWord } from "../objects/mutex.ts";
import { Head, type ObjectKind } from "../objects/object.ts";
import { rwlock, RwLockWord } from "../objects/rwlock.ts";
import { semaphore } from "../objects/semaphore.ts";
import { waitGroup } from "../objects/wait-group.ts";
import { NODE_WORDS, NodeWord } from "../objects/waiters.ts";

type Telling = (words: Int32Array, at: Address) => string;

const TOLD: ReadonlyMap<ObjectKind, Telling> = new Map<ObjectKind, Telling>([
  [atomic, tellAtomic],
  [cell, (words, at) => valueAt(words, at + CellWord.TAG)],
  [channel, tellChannel],
  [counter, ownWords(counter)],
  [latch, ownWords(latch)],
  [mutex, tellMutex],
  [rwlock, tellRwLock],
  [semaphore, ownWords(semaphore)],
  [waitGroup, ownWords(waitGroup)],
]);

/** Undefined: it is not known how to tell. O(what it holds). */
export function stateOf(kind: ObjectKind, words: Int32Array, at: Address): string | undefined {
  return TOLD.get(kind)?.(words, at);
}

export function isTold(kind: ObjectKind): boolean {
  return TOLD.has(kind);
}

/** What a block of the heap holds, as it was encoded. */
export function contentOf(words: Int32Array, block: number): string {
  const from = block + NODE_WORDS;
  return words.subarray(from, from + words[block + NodeWord.LOAD]).join();
}

function ownWords({ words: count }: ObjectKind): Telling {
  return (words, at) => words.subarray(at + Head.OWN, at + Head.OWN + count).join();
}

/** The words of a value, beginning with its tag (`std/cargo.ts`). */
function valueAt(words: Int32Array, tag: number): string {
  const [kind, low, high] = [words[tag], words[tag + 1], words[tag + 2]];
  return kind === CellTag.BLOCK ? `{${contentOf(words, low)}}` : `${kind}.${low}.${high}`;
}

/** What `tellOne` says of each node of a list, which begins in the word at `list`. */
function listed(words: Int32Array, list: number, tellOne: (node: number) => string): string {
  const told: string[] = [];
  for (let node = words[list]; node !== 0; node = words[node + NodeWord.NEXT]) {
    told.push(tellOne(node));
  }
  return told.join();
}

function tellAtomic(words: Int32Array, at: Address): string {
  const waiting = listed(words, at + AtomicWord.WAITING_FIRST, (node) => waiter(words, node));
  return `${words[at + AtomicWord.LOW]}.${words[at + AtomicWord.HIGH]}[${waiting}]`;
}

const waiter = (words: Int32Array, node: number): string =>
  `${words[node + NodeWord.THREAD]}.${words[node + NodeWord.STATE]}`;

function tellMutex(words: Int32Array, at: Address): string {
  const [holder, poisoned] = [words[at + MutexWord.HOLDER], words[at + MutexWord.POISONED]];
  return `${holder}.${poisoned}:${valueAt(words, at + MutexWord.VALUE_TAG)}`;
}

function tellRwLock(words: Int32Array, at: Address): string {
  const readers = listed(words, at + RwLockWord.READERS_FIRST, (node) => waiter(words, node));
  const line = listed(words, at + RwLockWord.LINE_FIRST, (node) => waiter(words, node));
  const [writer, poisoned] = [words[at + RwLockWord.WRITER], words[at + RwLockWord.POISONED]];
  const value = valueAt(words, at + RwLockWord.VALUE_TAG);
  return `${writer}.${poisoned}[${readers}][${line}]:${value}`;
}

function tellChannel(words: Int32Array, at: Address): string {
  const messages = listed(words, at + ChannelWord.FIRST, (node) =>
    words[at + ChannelWord.CAPACITY] === 0
      ? `${words[node + NodeWord.THREAD]}{${contentOf(words, node)}}`
      : `{${contentOf(words, node)}}`,
  );
  const waiting = listed(words, at + ChannelWord.WAITING_FIRST, (node) => waiter(words, node));
  const ends: string[] = [];
  for (let end = words[at + ChannelWord.ENDS]; end !== 0; end = words[end + EndWord.NEXT]) {
    ends.push(`${end}.${words[end + EndWord.SIDE]}.${words[end + EndWord.OWNER]}`);
  }
  return `${messages}[${waiting}]${ends.join()}`;
}
