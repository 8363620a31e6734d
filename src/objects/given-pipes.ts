/**
 * The ends of pipes that have gone into a process: what moves into it, and what is to be closed where it is ended from outside.
 * A list in the heap that begins in a word of the process's object (`process.ts`). Whoever has started a process has one, and on
 * real processes the process has another one in its own memory, by which it finds what others name.
 *
 * One that the process closes, or gives to a process of its own, stays in the list: whether it is open is told by the pipe.
 */
import type { Address } from "../base/brand.ts";
import { ProcessWord } from "./process.ts";

const GivenWord = {
  NEXT: 0,
  /** 0: it was taken back. */
  PIPE: 1,
  END: 2,
  /** One of `EndSide`. */
  SIDE: 3,
  /** What the pipe is called by whoever has started the process: its address there. */
  NAME: 4,
  /** 1 once it has gone; until then it is about to go. */
  GONE: 5,
} as const;
export const GIVEN_WORDS = 6;

export interface GivenPipe {
  readonly pipe: Address;
  readonly end: Address;
  readonly side: number;
  readonly name: number;
  readonly isGone: boolean;
}

/** `block`: of `GIVEN_WORDS`. By one thread at a time; others may read meanwhile. */
export function addGiven(
  words: Int32Array,
  process: Address,
  block: Address,
  { pipe, end, side, name, isGone }: GivenPipe,
): void {
  words[block + GivenWord.PIPE] = pipe;
  words[block + GivenWord.END] = end;
  words[block + GivenWord.SIDE] = side;
  words[block + GivenWord.NAME] = name;
  words[block + GivenWord.GONE] = isGone ? 1 : 0;
  words[block + GivenWord.NEXT] = words[process + ProcessWord.PIPES];
  Atomics.store(words, process + ProcessWord.PIPES, block);
}

export function hasGone(words: Int32Array, block: Address): void {
  words[block + GivenWord.GONE] = 1;
}

/** It did not go. */
export function takeBack(words: Int32Array, block: Address): void {
  Atomics.store(words, block + GivenWord.PIPE, 0);
}

/** Those that are there, the last one first. `until`: the block from which on they are known. */
export function givenPipes(words: Int32Array, process: Address, until = 0): GivenPipe[] {
  const found: GivenPipe[] = [];
  let block = Atomics.load(words, process + ProcessWord.PIPES);
  for (; block !== until; block = words[block + GivenWord.NEXT]) {
    const pipe = Atomics.load(words, block + GivenWord.PIPE) as Address;
    if (pipe === 0) continue;
    const end = words[block + GivenWord.END] as Address;
    found.push({
      ...{ pipe, end },
      side: words[block + GivenWord.SIDE],
      name: words[block + GivenWord.NAME],
      isGone: words[block + GivenWord.GONE] === 1,
    });
  }
  return found;
}
