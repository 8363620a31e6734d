/**
 * Words → values. One decoder for each thread; see `word.ts` for the layout.
 *
 * Words are checked as they are read: those of a trace may be damaged. Nothing is allocated by what a size says, only
 * for words that are there, and every step takes at least one of them, so that reading ends.
 */
import { readBigInt } from "./bigint.ts";
import { readBuffer, readNodeBuffer, readWindow } from "./bytes.ts";
import { unbox } from "./builtin.ts";
import { DamageError } from "./damage.ts";
import { ContentReader, type Filling } from "./filling.ts";
import { fillFields } from "./fields.ts";
import type { Externals } from "./externals.ts";
import { Reader } from "./reader.ts";
import type { Session } from "./session.ts";
import { ShapeReader } from "./shape.ts";
import { readShell } from "./shell.ts";
import { readSymbol } from "./symbols.ts";
import { TextReader, wide } from "./text.ts";
import type { Decoding } from "./walk.ts";
import {
  Constant,
  DEPTH_LIMIT,
  Integrity,
  integrityOf,
  kindOfHead,
  Tag,
  TAG_BITS,
  TAG_MASK,
} from "./word.ts";

const NO_ID = -1;
const PLAIN = Tag.OBJECT;

interface Prefixes {
  integrity: number;
  id: number;
  later: boolean;
}

export class Decoder implements Decoding {
  readonly from = new Reader();
  readonly texts = new TextReader();
  readonly shapes = new ShapeReader((from) => this.#key(from));
  readonly #externals: Externals;
  readonly #contents: ContentReader;
  /** By number. */
  #objects: object[] = [];
  #putOff: Filling[] = [];
  #session: Session | undefined;
  #busy = false;
  /** For what person's code (a setter) decodes while this decoder is at work. */
  #inner: Decoder | undefined;

  constructor(externals: Externals) {
    this.#externals = externals;
    this.#contents = new ContentReader(externals);
  }

  /**
   * The value of `length` words from `at` on, in any memory. Throws a `DamageError` for words that no encoder wrote;
   * what the externals throw passes through. Linear in `length`.
   */
  decode(words: Int32Array, at: number, length: number): unknown {
    return this.#decode(words, at, length, undefined);
  }

  /**
   * The same, but objects that `session` knows are refreshed in place. When this throws, some of them may be so
   * already; the session still knows them all.
   */
  decodeWith(session: Session, words: Int32Array, at: number, length: number): unknown {
    return this.#decode(words, at, length, session);
  }

  #decode(words: Int32Array, at: number, length: number, session: Session | undefined): unknown {
    if (this.#busy) {
      this.#inner ??= new Decoder(this.#externals);
      return this.#inner.#decode(words, at, length, session);
    }
    this.from.open(words, at, length);
    this.shapes.begin();
    this.#contents.begin(length);
    this.#busy = true;
    this.#session = session;
    let complete = false;
    try {
      const value = this.value(0);
      // Contents put off others in turn: the list grows while it is walked.
      for (let index = 0; index < this.#putOff.length; index++) {
        this.#contents.fill(this, this.#putOff[index], 0);
      }
      if (this.from.left > 0) this.from.damaged("something follows the value");
      complete = true;
      return value;
    } finally {
      this.#end(complete);
    }
  }

  #end(complete: boolean): void {
    this.from.close();
    if (this.#objects.length > 0) this.#objects = [];
    if (this.#putOff.length > 0) this.#putOff = [];
    if (this.#session !== undefined) {
      if (complete) this.#session.adopt();
      else this.#session.discard();
      this.#session = undefined;
    }
    this.#busy = false;
  }

  value(depth: number): unknown {
    const { from } = this;
    const word = from.take();
    switch (word & TAG_MASK) {
      case Tag.INTEGER:
        return word >> TAG_BITS;
      case Tag.ASCII:
        return this.texts.ascii(from, word);
      case Tag.CONSTANT:
        return this.#constant(word);
      case Tag.DOUBLE:
        return from.double();
      case Tag.WIDE:
        return wide(from, word);
      case Tag.BIGINT:
        return readBigInt(from, word);
      case Tag.SYMBOL:
        return readSymbol(from, this.texts, word);
      case Tag.REFERENCE:
        return this.#numbered(from.sizeOf(word));
      default:
        return word === PLAIN && depth < DEPTH_LIMIT
          ? this.#plain(depth)
          : this.#object(word, depth);
    }
  }

  /** What comes most often: a plain object without prefixes. */
  #plain(depth: number): object {
    const object = {};
    this.#objects.push(object);
    fillFields(this, object, this.shapes.read(this.from), false, depth);
    return object;
  }

  #constant(word: number): unknown {
    switch (word) {
      case Constant.UNDEFINED:
        return undefined;
      case Constant.NULL:
        return null;
      case Constant.FALSE:
        return false;
      case Constant.TRUE:
        return true;
      case Constant.NAN:
        return NaN;
      case Constant.NEGATIVE_ZERO:
        return -0;
      case Constant.INFINITY:
        return Infinity;
      case Constant.NEGATIVE_INFINITY:
        return -Infinity;
      default:
        return this.from.damaged(`there is no constant ${word >> TAG_BITS}`);
    }
  }

  #key(from: Reader): PropertyKey {
    const word = from.take();
    if ((word & TAG_MASK) === Tag.SYMBOL) return readSymbol(from, this.texts, word);
    from.at--;
    return this.texts.any(from);
  }

  #numbered(number: number): object {
    return this.#objects[number] ?? this.from.damaged(`there is no object ${number}`);
  }

  /** An object, of which `first` was read: the head, or a definition or prefix before it. */
  #object(first: number, depth: number): object {
    const { from } = this;
    if (depth > DEPTH_LIMIT + 1) from.damaged("values stand too deep within each other");
    const prefixes: Prefixes = { integrity: Integrity.EXTENSIBLE, id: NO_ID, later: false };
    for (let word = first; ; word = from.take()) {
      switch (word & TAG_MASK) {
        case Tag.DEFINE:
          this.#define(depth);
          break;
        case Tag.INTEGRITY:
          prefixes.integrity = word >> TAG_BITS;
          break;
        case Tag.ID:
          prefixes.id = (word >> TAG_BITS) * 2 ** 32 + (from.take() >>> 0);
          break;
        case Tag.LATER:
          prefixes.later = true;
          break;
        default:
          return this.#headed(word, prefixes, depth);
      }
    }
  }

  #define(depth: number): void {
    const { from } = this;
    let id = NO_ID;
    let word = from.take();
    if ((word & TAG_MASK) === Tag.ID) {
      id = (word >> TAG_BITS) * 2 ** 32 + (from.take() >>> 0);
      word = from.take();
    }
    if (!this.#whole(word, id, depth)) from.damaged("nothing is defined");
  }

  #headed(word: number, prefixes: Prefixes, depth: number): object {
    const whole = this.#whole(word, prefixes.id, depth);
    if (whole !== undefined) return whole;
    const { integrity, later } = prefixes;
    const kind = kindOfHead(word);
    const before = this.#known(prefixes.id, kind);
    const filling = readShell(
      word,
      before !== undefined && integrityOf(before) === integrity ? before : undefined,
      { by: this, externals: this.#externals, numbered: (number) => this.#numbered(number) },
    );
    this.#arrived(filling.target, prefixes.id, kind);
    filling.integrity = integrity;
    if (later) this.#putOff.push(filling);
    else if (depth < DEPTH_LIMIT) this.#contents.fill(this, filling, depth);
    else this.from.damaged("values stand too deep within each other");
    return filling.target;
  }

  /** An object that is complete at its head; undefined for all others. */
  #whole(word: number, id: number, depth: number): object | undefined {
    const { from } = this;
    const kind = kindOfHead(word);
    switch (word & TAG_MASK) {
      case Tag.HANDLE:
        return this.#arrived(this.#externals.handle(from.copy(from.sizeOf(word))), NO_ID, kind);
      case Tag.FUNCTION:
      case Tag.CLASS:
        if (depth > DEPTH_LIMIT) from.damaged("a captured function was not defined before");
        return this.#literal(word, id);
      case Tag.BOXED: {
        const value = this.value(depth + 1);
        if (value === null || value === undefined || typeof value === "object") {
          from.damaged("what is boxed is no primitive");
        }
        const before = this.#known(id, kind);
        const same = before !== undefined && Object.is(unbox(before), value);
        return this.#arrived(same ? before : (Object(value) as object), id, kind);
      }
      case Tag.BUFFER:
        return this.#arrived(
          this.#built(() => readBuffer(from, word, this.#known(id, kind))),
          id,
          kind,
        );
      case Tag.VIEW: {
        const buffer = this.#numbered(from.take());
        return this.#arrived(
          this.#built(() => readWindow(from, word, buffer, this.#known(id, kind))),
          id,
          kind,
        );
      }
      case Tag.BYTES:
        return this.#arrived(readNodeBuffer(from, word, this.#known(id, kind)), id, kind);
      default:
        return undefined;
    }
  }

  #literal(word: number, id: number): object {
    const { from } = this;
    const count = from.sizeOf(word);
    from.expect(count);
    const module = from.take();
    const literal = from.take();
    const isClass = (word & TAG_MASK) === Tag.CLASS;
    const uid = isClass ? from.take() : 0;
    const environment: unknown[] = [];
    for (let index = 0; index < count; index++) environment.push(this.value(DEPTH_LIMIT + 1));
    if (isClass) {
      const made = this.#externals.makeClass(module, literal, uid, environment);
      return this.#arrived(made, NO_ID, Tag.CLASS);
    }
    const made =
      this.#known(id, Tag.FUNCTION) ?? this.#externals.makeFunction(module, literal, environment);
    return this.#arrived(made, id, Tag.FUNCTION);
  }

  /** What the platform refuses to build was never built from a value. */
  #built<T>(build: () => T): T {
    try {
      return build();
    } catch (error) {
      if (error instanceof DamageError) throw error;
      return this.from.damaged(error instanceof Error ? error.message : String(error), error);
    }
  }

  #known(id: number, kind: number): object | undefined {
    return id === NO_ID ? undefined : this.#session?.known(id, kind);
  }

  /** Gives an object its number. */
  #arrived(object: object, id: number, kind: number): object {
    this.#objects.push(object);
    if (id !== NO_ID) this.#session?.arrived(object, id, kind);
    return object;
  }
}
