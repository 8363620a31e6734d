/**
 * The value that a lock protects, as this thread last saw it: decoded once, and as long as nobody else has replaced it, it
 * is the same object each time.
 */
import type { Address } from "../base/brand.ts";
import { CellTag } from "../objects/cell.ts";
import { isInteger, packed, packs, unpack } from "./cargo.ts";
import { engine, type Session } from "./intrinsics.ts";

/** Words of the value, from the first one of a lock's: a tag and two words (`cargo.ts`), and how often it was replaced. */
const Word = { TAG: 0, LOW: 1, HIGH: 2, VERSION: 3 } as const;

export class LiveValue<T> {
  /** The lock: what the value is called by. */
  readonly #lock: Address;
  /** Its first word. */
  readonly #at: number;
  #session: Session | undefined;
  #version = -1;
  #value: unknown;

  constructor(lock: Address, first: number) {
    this.#lock = lock;
    this.#at = lock + first;
  }

  /** The protected value; decoded unless this thread wrote it last. The lock is held (or nobody runs). */
  read(): T {
    const { words } = engine;
    const at = this.#at;
    const version = words[at + Word.VERSION];
    if (version !== this.#version) {
      this.#value = unpack(
        words[at + Word.TAG],
        words[at + Word.LOW],
        words[at + Word.HIGH],
        (block) => (this.#session ??= engine.session()).decode(block),
      );
      this.#version = version;
      engine.keepLocked(this.#lock, this.#value);
    }
    return this.#value as T;
  }

  /** The lock was taken: what it protects should be as this thread left it. */
  check(): void {
    engine.checkLocked(this.#lock);
  }

  /** Stores `value`, unless it is what stands there already. A count that goes up is what most locks protect. */
  write(value: T): void {
    const { words } = engine;
    const at = this.#at;
    const tag = words[at + Word.TAG];
    if (tag === CellTag.INTEGER && isInteger(value)) {
      words[at + Word.LOW] = value;
      this.#version = ++words[at + Word.VERSION];
      this.#value = value;
      return;
    }
    const block = (tag === CellTag.BLOCK ? words[at + Word.LOW] : 0) as Address;
    if (packs(value)) {
      if (block !== 0) {
        engine.release(block);
        engine.keepLocked(this.#lock, undefined);
      }
      this.#store(packed.tag, packed.low, packed.high);
    } else {
      const session = (this.#session ??= engine.session());
      const stored = session.encode(value, engine.nameOf(this.#lock), block);
      if (stored !== 0) this.#store(CellTag.BLOCK, stored, 0);
      // The handles in it are spent: the next look makes new ones.
      if (session.moved) this.#version = -1;
      else this.#value = value;
      engine.keepLocked(this.#lock, session.moved ? undefined : value);
      return;
    }
    this.#value = value;
  }

  #store(tag: number, low: number, high: number): void {
    const { words } = engine;
    const at = this.#at;
    words[at + Word.TAG] = tag;
    words[at + Word.LOW] = low;
    words[at + Word.HIGH] = high;
    this.#version = ++words[at + Word.VERSION];
  }
}
