/** The pen of a modelled run: records in the order in which things happened, in batches for whoever keeps them. */
import { type EventKind, RECORD_WORDS } from "../../trace/event.ts";

const BATCH_WORDS = 1024 * RECORD_WORDS;
const HIGH = 2 ** -32;

/** What a run tells of itself; `trace/writer.ts` is one. */
export interface RecordSink {
  /** Whole records, to be copied. */
  records(words: Int32Array): void;
  strings(texts: readonly (readonly [index: number, text: string])[]): void;
}

export class Recorder {
  readonly #sink: RecordSink;
  readonly #words = new Int32Array(BATCH_WORDS);
  readonly #strings = new Map<string, number>();
  #at = 0;
  #flushed = 0;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  record(
    time: number,
    event: EventKind,
    object: number,
    version: number,
    argument: number,
    site: number,
    thread: number,
  ): void {
    if (this.#at === BATCH_WORDS) this.flush();
    const words = this.#words;
    const at = this.#at;
    words[at] = time | 0;
    words[at + 1] = ((time * HIGH) & 0xff_ffff) | (event << 24);
    words[at + 2] = object;
    words[at + 3] = version;
    words[at + 4] = argument;
    words[at + 5] = site | (thread << 18);
    this.#at = at + RECORD_WORDS;
  }

  /** Index of a text in the trace's table of strings. */
  string(text: string): number {
    let index = this.#strings.get(text);
    if (index === undefined) {
      index = this.#strings.size;
      this.#strings.set(text, index);
      this.#sink.strings([[index, text]]);
    }
    return index;
  }

  /** Records so far. */
  get events(): number {
    return this.#flushed + this.#at / RECORD_WORDS;
  }

  flush(): void {
    if (this.#at === 0) return;
    this.#sink.records(this.#words.subarray(0, this.#at));
    this.#flushed += this.#at / RECORD_WORDS;
    this.#at = 0;
  }
}
