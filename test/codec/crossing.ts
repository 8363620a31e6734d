/** Carries values over, as if to another thread: through a memory that is shared, at an odd place in it. */
import { Decoder } from "../../src/codec/decoder.ts";
import { Encoder } from "../../src/codec/encoder.ts";
import { DATA_ONLY, type Externals } from "../../src/codec/externals.ts";
import type { Session } from "../../src/codec/session.ts";

/** Where words lie: never at an even word, so that nothing may count on an alignment of eight bytes. */
export const PLACE = 3;

export function crosses(value: unknown, externals: Externals = DATA_ONLY, root = "value"): unknown {
  const words = wordsOf(value, externals, root);
  return new Decoder(externals).decode(words, PLACE, words.length - PLACE - 1);
}

/** The encoded words in shared memory, from `PLACE` on, with one more behind them. */
export function wordsOf(
  value: unknown,
  externals: Externals = DATA_ONLY,
  root = "value",
): Int32Array {
  return placed(new Encoder(externals).encode(value, root));
}

export function placed(encoded: { words: Int32Array; length: number }): Int32Array {
  const memory = new Int32Array(new SharedArrayBuffer((PLACE + encoded.length + 1) * 4));
  memory.set(encoded.words.subarray(0, encoded.length), PLACE);
  return memory;
}

/** One thread's coders, with a session for a value that several threads share. */
export class Thread {
  readonly encoder: Encoder;
  readonly decoder: Decoder;
  readonly session: Session;

  constructor(session: Session, externals: Externals = DATA_ONLY) {
    this.encoder = new Encoder(externals);
    this.decoder = new Decoder(externals);
    this.session = session;
  }

  puts(value: unknown): Int32Array {
    return placed(this.encoder.encodeWith(this.session, value, "value"));
  }

  takes(words: Int32Array): unknown {
    return this.decoder.decodeWith(this.session, words, PLACE, words.length - PLACE - 1);
  }
}
