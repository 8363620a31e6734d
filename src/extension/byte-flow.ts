/**
 * Which bytes of a growing file may be sent next, so that a slow timeline is never buried: at most `window` bytes are
 * under way, the timeline tells how far it has got, and nothing is kept in memory here. Pure; `timeline-view.ts` reads and
 * sends.
 */
export interface Chunk {
  readonly offset: number;
  readonly length: number;
}

export class ByteFlow {
  readonly #chunk: number;
  readonly #window: number;
  #available = 0;
  #sent = 0;
  #taken = 0;

  /** Bytes; a chunk fits into the window. */
  constructor(limits: { chunk: number; window: number }) {
    this.#chunk = limits.chunk;
    this.#window = limits.window;
  }

  /** So many bytes of the file may be read. It never shrinks. */
  grow(available: number): void {
    this.#available = Math.max(this.#available, available);
  }

  /** The chunk to send now, counted as sent; undefined while there is nothing new or too much under way. */
  next(): Chunk | undefined {
    const length = Math.min(this.#chunk, this.#available - this.#sent);
    if (length <= 0 || this.#sent - this.#taken + length > this.#window) return undefined;
    const offset = this.#sent;
    this.#sent += length;
    return { offset, length };
  }

  /** The timeline has taken all bytes before `offset`. What it cannot have been sent is not believed. */
  took(offset: number): void {
    if (offset <= this.#sent) this.#taken = Math.max(this.#taken, offset);
  }

  /** Whether all that may be read has been sent. */
  get isSent(): boolean {
    return this.#sent === this.#available;
  }
}
