/**
 * Which bytes of a growing file may be sent next, so that a slow timeline is never buried: at most `window` bytes are
 * under way, each chunk is acknowledged, and nothing is kept in memory here. Pure; `timeline-view.ts` reads and sends.
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
  /** Chunks under way, by their offset. */
  readonly #underWay = new Map<number, number>();
  #bytesUnderWay = 0;

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
    if (length <= 0 || this.#bytesUnderWay + length > this.#window) return undefined;
    const offset = this.#sent;
    this.#sent += length;
    this.#underWay.set(offset, length);
    this.#bytesUnderWay += length;
    return { offset, length };
  }

  /** The timeline has taken the chunk at `offset`. False if none such is under way. */
  took(offset: number): boolean {
    const length = this.#underWay.get(offset);
    if (length === undefined) return false;
    this.#underWay.delete(offset);
    this.#bytesUnderWay -= length;
    return true;
  }

  /** Whether all that may be read has been taken. */
  get isIdle(): boolean {
    return this.#sent === this.#available && this.#underWay.size === 0;
  }
}
