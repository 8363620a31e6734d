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
import { ContentReader } from "./filling.ts";
import { fillFields } from "./fields.ts";
import type { Code, Externals } from "./externals.ts";
import { Reader } from "./reader.ts";
import type { Session } from "./session.ts";
import { ShapeReader } from "./shape.ts";
import { baseConstructor, shell } from "./shell.ts";
import { readSymbol } from "./symbols.ts";
import { TextReader, wide } from "./text.ts";
import type { Decoding } from "./walk.ts";
import { Constant, DEPTH_LIMIT, Integrity, integrityOf, Tag, TAG_BITS, TAG_MASK } from "./word.ts";

const NO_ID = -1;
/** Numbers for which there is room from one message to the next. */
const KEPT = 1 << 10;
const PLAIN = Tag.OBJECT;

const TOO_DEEP = "values stand too deep within each other";

/** An object whose contents come after the value. */
interface PutOff {
  readonly target: object;
  readonly tag: number;
  readonly of: Code | undefined;
  readonly fresh: boolean;
  readonly integrity: number;
}

export class Decoder implements Decoding {
  readonly from = new Reader();
  readonly texts = new TextReader();
  readonly shapes = new ShapeReader((from) => this.#key(from));
  readonly #externals: Externals;
  readonly #contents: ContentReader;
  /** By number; the array may be longer, and holds nothing there. */
  #objects: (object | undefined)[] = [];
  #count = 0;
  #putOff: PutOff[] = [];
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

  /** The objects of the value, by their numbers in the words. */
  objects(words: Int32Array, at: number, length: number): object[] {
    const objects: object[] = [];
    this.#decode(words, at, length, undefined, objects);
    return objects;
  }

  /**
   * The same, but objects that `session` knows are refreshed in place. When this throws, some of them may be so
   * already; the session still knows them all.
   */
  decodeWith(session: Session, words: Int32Array, at: number, length: number): unknown {
    return this.#decode(words, at, length, session);
  }

  #decode(
    words: Int32Array,
    at: number,
    length: number,
    session: Session | undefined,
    objects?: object[],
  ): unknown {
    if (this.#busy) {
      this.#inner ??= new Decoder(this.#externals);
      return this.#inner.#decode(words, at, length, session, objects);
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
        const { target, tag, of, fresh, integrity } = this.#putOff[index];
        this.#contents.fill(this, target, tag, of, fresh, integrity, 0);
      }
      if (this.from.left > 0) this.from.damaged("something follows the value");
      for (let number = 0; objects !== undefined && number < this.#count; number++) {
        objects.push(this.#objects[number]!);
      }
      complete = true;
      return value;
    } finally {
      this.#end(complete);
    }
  }

  #end(complete: boolean): void {
    this.from.close();
    if (this.#count > KEPT) this.#objects = [];
    else for (let number = 0; number < this.#count; number++) this.#objects[number] = undefined;
    this.#count = 0;
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
    this.#objects[this.#count++] = object;
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
    if (depth > DEPTH_LIMIT + 1) from.damaged(TOO_DEEP);
    let integrity: number = Integrity.EXTENSIBLE;
    let id = NO_ID;
    let later = false;
    for (let word = first; ; word = from.take()) {
      switch (word & TAG_MASK) {
        case Tag.DEFINE:
          this.#define(depth);
          break;
        case Tag.INTEGRITY:
          integrity = word >> TAG_BITS;
          break;
        case Tag.ID:
          id = this.#id(word);
          break;
        case Tag.LATER:
          later = true;
          break;
        default:
          return this.#whole(word, id, depth) ?? this.#holder(word, integrity, id, later, depth);
      }
    }
  }

  #define(depth: number): void {
    const { from } = this;
    let id = NO_ID;
    let word = from.take();
    if ((word & TAG_MASK) === Tag.ID) {
      id = this.#id(word);
      word = from.take();
    }
    if (!this.#whole(word, id, depth)) from.damaged("nothing is defined");
  }

  #id(word: number): number {
    return (word >>> TAG_BITS) * 2 ** 32 + (this.from.take() >>> 0);
  }

  /** An object with contents: made at its head, or known from before, and filled now or later. */
  #holder(word: number, integrity: number, id: number, later: boolean, depth: number): object {
    const of = (word & TAG_MASK) === Tag.INSTANCE ? this.#class() : undefined;
    const base = of === undefined ? word : word >> TAG_BITS;
    let before = this.#known(id, word);
    if (before !== undefined) {
      const other = of !== undefined && Object.getPrototypeOf(before) !== of.prototype;
      if (other || integrityOf(before) !== integrity) before = undefined;
    }
    const target =
      of === undefined
        ? shell(word, before, this, this.#externals)
        : (before ?? this.#instance(of, base));
    const fresh = target !== before;
    this.#arrived(target, id, word);
    const tag = base & TAG_MASK;
    if (later) this.#putOff.push({ target, tag, of, fresh, integrity });
    else if (depth < DEPTH_LIMIT)
      this.#contents.fill(this, target, tag, of, fresh, integrity, depth);
    else this.from.damaged(TOO_DEEP);
    return target;
  }

  #class(): Code {
    const of = this.#numbered(this.from.take());
    return typeof of === "function" ? of : this.from.damaged("an instance has no class");
  }

  #instance(of: Code, base: number): object {
    const constructor = baseConstructor(base) ?? this.from.damaged("an instance has no such base");
    return this.#externals.shell(of, constructor);
  }

  /** An object that is complete at its head; undefined for all others. */
  #whole(word: number, id: number, depth: number): object | undefined {
    const { from } = this;
    const kind = word & TAG_MASK;
    switch (kind) {
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
      case Tag.BUFFER: {
        const before = this.#known(id, kind);
        return this.#arrived(
          this.#built(() => readBuffer(from, word, before)),
          id,
          kind,
        );
      }
      case Tag.VIEW: {
        const buffer = this.#numbered(from.take());
        const before = this.#known(id, word);
        return this.#arrived(
          this.#built(() => readWindow(from, word, buffer, before)),
          id,
          word,
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
    this.#objects[this.#count++] = object;
    if (id !== NO_ID) this.#session?.arrived(object, id, kind);
    return object;
  }
}
