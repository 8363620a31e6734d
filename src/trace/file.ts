/**
 * The outer form of a `.tltrace` file: numbers that the writer and the reader share. `docs/trace-format.md` describes the
 * format, and is right where this file differs.
 */

/** Not text, not valid UTF-8, and changed by whoever translates line ends: the idea is PNG's. */
export const MAGIC: readonly number[] = [0x89, 0x54, 0x4c, 0x54, 0x52, 0x0d, 0x0a, 0x1a];

/** Changes when older readers would misread a file: they refuse it. */
export const MAJOR_VERSION = 1;
/** Changes with what older readers may pass over. */
export const MINOR_VERSION = 2;

export const FILE_HEADER_BYTES = 16;
export const CHUNK_HEADER_BYTES = 16;

/** A chunk's kind: four letters, as the 32-bit number that they are in the file. */
function fourLetters(text: string): number {
  return (
    text.charCodeAt(0) |
    (text.charCodeAt(1) << 8) |
    (text.charCodeAt(2) << 16) |
    (text.charCodeAt(3) << 24)
  );
}

export const ChunkKind = {
  head: fourLetters("head"),
  sites: fourLetters("site"),
  sources: fourLetters("srcs"),
  threads: fourLetters("thrd"),
  processes: fourLetters("proc"),
  strings: fourLetters("strs"),
  facts: fourLetters("fact"),
  inputs: fourLetters("inpt"),
  records: fourLetters("recs"),
  output: fourLetters("outp"),
  findings: fourLetters("find"),
  end: fourLetters("done"),
} as const;

/** Before the bytes of a chunk of inputs: the thread whose they are. */
export const INPUT_HEAD_BYTES = 4;

/** Whether a number can be a chunk's kind: four lower-case letters. */
export function canBeKind(kind: number): boolean {
  for (let shift = 0; shift < 32; shift += 8) {
    const letter = (kind >>> shift) & 0xff;
    if (letter < 0x61 || letter > 0x7a) return false;
  }
  return true;
}

/**
 * The largest payload of a chunk of rows; a writer with more begins another chunk, a reader refuses it. It bounds what
 * a hostile chunk can cost to parse: nested empty lists take sixteen times their text.
 */
export const MAX_ROWS_BYTES = 16 * 1024 * 1024;
/** The largest payload of any chunk. */
export const MAX_CHUNK_BYTES = 0x7fff_fff8;

/** Chunks begin at multiples of eight bytes. */
export const padded = (bytes: number): number => (bytes + 7) & ~7;
