/**
 * Values of one thread on their way to others: encoded into blocks of the heap, and what moves with them. The same on every
 * engine (SEMANTICS, Values); an engine gives the memory, and the thread's own idea of functions and classes.
 */
import { CrossingError } from "../../codec/crossing-error.ts";
import type { Decoder } from "../../codec/decoder.ts";
import type { Encoder } from "../../codec/encoder.ts";
import { idsOf, Session as CodecSession } from "../../codec/session.ts";
import type { Address, ThreadId } from "../../base/brand.ts";
import { RUNTIME_MESSAGES } from "../../base/catalogue/runtime.ts";
import { NODE_WORDS, NodeWord } from "../../objects/waiters.ts";
import { NotSendError, text } from "../../std/errors.ts";
import { crossingOf } from "../../std/handle.ts";
import type { Session } from "../../std/intrinsics.ts";
import type { Heap } from "../heap.ts";
import type { Published } from "./published.ts";

/** Where a block keeps the number of its encoded words: the last word of its node. */
const LENGTH = NodeWord.LOAD;
/** So many words are copied faster one by one. */
const SHORT = 32;
const NOTHING: readonly object[] = [];

interface Encoded {
  readonly words: Int32Array;
  readonly length: number;
  readonly handles: readonly object[];
  readonly objects: readonly object[];
}

export interface ValuesParts {
  /** The run's memory. Asked for `words` anew after each allocation, and before each decode. */
  readonly memory: { readonly words: Int32Array };
  readonly heap: Heap;
  /** Of this thread alone, or of several that never code at the same time: then they know whose turn it is. */
  readonly encoder: Encoder;
  readonly decoder: Decoder;
  readonly published: Published;
  readonly thread: ThreadId;
}

export class Values {
  readonly #memory: ValuesParts["memory"];
  readonly #heap: Heap;
  readonly #encoder: Encoder;
  readonly #decoder: Decoder;
  readonly #published: Published;
  readonly #thread: ThreadId;
  readonly #firstId: number;
  #ids: ReturnType<typeof idsOf>;
  #departing = NOTHING;

  constructor({ memory, heap, encoder, decoder, published, thread }: ValuesParts) {
    this.#memory = memory;
    this.#heap = heap;
    this.#thread = thread;
    this.#encoder = encoder;
    this.#decoder = decoder;
    this.#published = published;
    this.#ids = idsOf(thread);
    this.#firstId = this.#ids.next;
  }

  /** See `Intrinsics.encode`. */
  encode(value: unknown, what: string): Address {
    return this.#store(this.#words(value, what, undefined), 0 as Address);
  }

  /** See `Intrinsics.publish`. */
  publish(value: object, what: string): Address {
    // One that an operation threw before it was stored.
    this.#published.withdrawn(this.#heap);
    const known = this.#published.addressOf(value);
    if (known !== 0) return known;
    const encoded = this.#coded(() => this.#encoder.encodeFrozen(value, what));
    const { objects, handles } = encoded;
    const moving = handles.map(crossingOf).find((crossing) => crossing?.moves !== undefined);
    if (moving !== undefined) {
      const told = text(RUNTIME_MESSAGES.movesToMany, { what: moving.kind });
      throw new NotSendError(told, what);
    }
    const block = this.#store(encoded, 0 as Address);
    this.departed();
    return this.#published.stage(this.#heap, block, objects, handles, value);
  }

  published(kept: boolean): void {
    if (kept) this.#published.published();
    else this.#published.withdrawn(this.#heap);
  }

  publishedAt(address: Address): object {
    return this.#published.at(address);
  }

  addressOf(object: object): Address {
    return this.#published.addressOf(object);
  }

  decode(block: Address): unknown {
    const { words } = this.#memory;
    return this.#decoder.decode(words, block + NODE_WORDS, words[block + LENGTH]);
  }

  /** The objects of an encoded value, by number. */
  objects(block: Address): object[] {
    const { words } = this.#memory;
    return this.#decoder.objects(words, block + NODE_WORDS, words[block + LENGTH]);
  }

  session(): Session {
    const session = new CodecSession(this.#ids);
    let moved = false;
    return {
      get moved() {
        return moved;
      },
      encode: (value, what, block) => {
        const stored = this.#store(this.#words(value, what, session), block);
        moved = this.#departing.some((handle) => crossingOf(handle)?.moves !== undefined);
        this.departing(-1);
        this.departed();
        return stored;
      },
      decode: (block) => {
        const { words } = this.#memory;
        return this.#decoder.decodeWith(session, words, block + NODE_WORDS, words[block + LENGTH]);
      },
    };
  }

  departing(owner: ThreadId | -1): readonly object[] {
    for (const handle of this.#departing) crossingOf(handle)?.moves?.belongsTo(owner);
    return this.#departing;
  }

  departed(): void {
    for (const handle of this.#departing) crossingOf(handle)?.moves?.moved();
    this.#departing = NOTHING;
  }

  stayed(block: Address): void {
    this.departing(this.#thread);
    this.#departing = NOTHING;
    this.#heap.release(block);
  }

  /** As new, for a thread of the next run. */
  reset(): void {
    this.#departing = NOTHING;
    this.#published.forget();
    if (this.#ids.next !== this.#firstId) this.#ids = idsOf(this.#thread);
  }

  #words(value: unknown, what: string, session: CodecSession | undefined): Encoded {
    return this.#coded(() =>
      session === undefined
        ? this.#encoder.encode(value, what)
        : this.#encoder.encodeWith(session, value, what),
    );
  }

  #coded(encode: () => Encoded): Encoded {
    try {
      return encode();
    } catch (error) {
      if (error instanceof CrossingError) throw new NotSendError(refusalText(error), error.path);
      throw error;
    }
  }

  /** Into `reuse` where it fits (0: nowhere); 0 if exactly these words stand there already. */
  #store({ words: from, length, handles }: Encoded, reuse: Address): Address {
    this.#departing = handles;
    if (reuse !== 0 && this.#holds(reuse, from, length)) return 0 as Address;
    const heap = this.#heap;
    const fits = reuse !== 0 && heap.capacity(reuse) >= length + NODE_WORDS;
    if (reuse !== 0 && !fits) heap.release(reuse);
    const block = fits ? reuse : heap.allocate(length + NODE_WORDS);
    const { words } = this.#memory;
    words[block + LENGTH] = length;
    if (length <= SHORT) {
      for (let i = 0; i < length; i++) words[block + NODE_WORDS + i] = from[i]!;
    } else {
      words.set(from.subarray(0, length), block + NODE_WORDS);
    }
    return block;
  }

  #holds(block: Address, from: Int32Array, length: number): boolean {
    const { words } = this.#memory;
    if (words[block + LENGTH] !== length) return false;
    for (let i = 0; i < length; i++) if (words[block + NODE_WORDS + i] !== from[i]) return false;
    return true;
  }
}

function refusalText(error: CrossingError): string {
  // The body of a thread is called nothing, so that what it captures is called by its own name.
  const message = error.path === "" ? error.message.replace("``", "The body") : error.message;
  return `${message} ${error.remedy} [${error.code}]`;
}
