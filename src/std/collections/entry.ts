/**
 * The entries that a map's operations bring: a key as it is compared, its hash, and the number by which exploring tells it from
 * other keys. Primitives are the same key as in JavaScript's Map; an object is the same key wherever it comes from, as it is published
 * when it is inserted (`std/identity.ts`).
 */
import type { Address } from "../../base/brand.ts";
import { ENTRY_WORDS, EntryWord } from "../../objects/map.ts";
import { High, isNumber } from "../../objects/value-words.ts";
import { NODE_WORDS, NodeWord } from "../../objects/waiters.ts";
import { identify, identifyToStore, identity, release, stored } from "../identity.ts";
import { engine } from "../intrinsics.ts";

/** Objects are told apart by addresses, which are others in other executions: to exploring they are one key. */
const SOME_OBJECT = 0x0b1ec7;

/** The number, the same in all executions, of the key that was entered last. */
export let keyNumber = 0;

/** An entry to be compared with those of the map at `at`. Throws `NotSendError` for what no map can hold. */
export function entryToFind(key: unknown, at: Address): Address {
  identify(oneZero(key), at);
  return enter(key);
}

/** An entry to be inserted. `kept` or `notKept` says what became of it. Throws `NotSendError`. */
export function entryToInsert(key: unknown, at: Address): Address {
  identifyToStore(oneZero(key), at);
  return enter(key);
}

/** The entry is the map's. */
export function kept(entry: Address): void {
  const { words } = engine;
  stored(words[entry + EntryWord.KEY_LOW], words[entry + EntryWord.KEY_HIGH], true);
}

/** It is not: gives it back, and its key, but for the value in it. */
export function notKept(entry: Address): void {
  const { words } = engine;
  stored(words[entry + EntryWord.KEY_LOW], words[entry + EntryWord.KEY_HIGH], false);
  engine.release(entry);
}

/** Gives back an entry that only asked, or that was taken out of its map; the value in it is not looked at. */
export function giveBack(entry: Address): void {
  const { words } = engine;
  release(words[entry + EntryWord.KEY_LOW], words[entry + EntryWord.KEY_HIGH]);
  engine.release(entry);
}

/** Map has one zero. */
const oneZero = (key: unknown): unknown => (key === 0 ? 0 : key);

function enter(key: unknown): Address {
  const { low, high } = identity;
  const entry = engine.allocate(ENTRY_WORDS);
  const { words } = engine;
  const hash = high === High.BLOCK ? hashOf(words, low) : mixed(low ^ Math.imul(high, 0x9e3779b1));
  words[entry + EntryWord.HASH] = hash;
  words[entry + EntryWord.KEY_LOW] = low;
  words[entry + EntryWord.KEY_HIGH] = high;
  const isObject = typeof key === "function" || (typeof key === "object" && !isConstant(high));
  keyNumber = isObject ? SOME_OBJECT : hash;
  return entry;
}

const isConstant = (high: number): boolean =>
  isNumber(high) || (high !== High.BLOCK && high !== High.OBJECT);

/** Of the words that a block holds. */
function hashOf(words: Int32Array, block: number): number {
  const end = block + NODE_WORDS + words[block + NodeWord.LOAD];
  let hash = 0;
  for (let at = block + NODE_WORDS; at < end; at++) {
    hash = mixed((hash ^ words[at]) + 0x9e3779b9);
  }
  return hash;
}

/** The last steps of MurmurHash3 (A. Appleby, public domain): every bit of the word reaches every bit of the result. */
function mixed(word: number): number {
  let hash = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
