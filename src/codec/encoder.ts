/**
 * Values → words. One encoder for each thread; see `word.ts` for the layout.
 *
 * A graph is walked depth first, and an object is written where it is first met. What would lie too deep, and what a
 * function captures (it may lead back to the function, which does not exist yet when it is read), is put off: its head
 * stands there, its contents follow after the value. So the stack's depth has a bound whatever the graph, and a reader
 * can make every object at its head.
 *
 * Left out on purpose: property attributes and accessors (a getter's value crosses), named properties of arrays (save
 * those of a match), of functions and of typed arrays, and prototypes that no class of the program made.
 */
import { writeBigInt } from "./bigint.ts";
import type { Builtin } from "./builtin.ts";
import { baseOf, builtinOf, partsOfRegExp, unbox } from "./builtin.ts";
import { isDetached, writeBuffer, writeNodeBuffer, writeWindow } from "./bytes.ts";
import { isMatch, type Holding, writeContents } from "./contents.ts";
import type { Refusal } from "./crossing-error.ts";
import { CrossingError } from "./crossing-error.ts";
import type { Code, Externals, Outgoing } from "./externals.ts";
import type { Making } from "./making-order.ts";
import { capture, makingOrder } from "./making-order.ts";
import { tellPlace, Trail, Way, type Place } from "./place.ts";
import {
  closedBase,
  closedClass,
  DETACHED,
  nativeFunction,
  unfreezable,
  UNIQUE_SYMBOL,
} from "./refusal.ts";
import { Seen } from "./seen.ts";
import type { Session } from "./session.ts";
import { ShapeWriter } from "./shape.ts";
import { isCommon, writeSymbol } from "./symbols.ts";
import { writeText } from "./text.ts";
import type { Encoding } from "./walk.ts";
import { Constant, DEPTH_LIMIT, integrityOf, Tag, TAG_BITS } from "./word.ts";
import { Writer } from "./writer.ts";

/** Good until the encoder's next encode. */
interface Encoded {
  /** May be longer: the first `length` are meant. */
  readonly words: Int32Array;
  readonly length: number;
  /** The handles in the value, each once, in the order of their words: those that move are to be moved now. */
  readonly handles: readonly object[];
  /** All objects in the value, by their numbers in the words, where they are asked for. */
  readonly objects: readonly object[];
}

/** An object whose contents come after the value. */
interface PutOff {
  readonly object: object;
  readonly head: number;
  readonly outgoing: Holding | undefined;
  readonly place: Place;
}

const NO_HANDLES: readonly object[] = [];
const PLAIN = Tag.OBJECT;
/** What `Object.freeze` does not keep from being changed. */
const CHANGES_FROZEN: ReadonlySet<number> = new Set([
  Tag.MAP,
  Tag.SET,
  Tag.DATE,
  Tag.BUFFER,
  Tag.VIEW,
  Tag.BYTES,
]);
const WITHOUT_PROTOTYPE = (1 << TAG_BITS) | Tag.OBJECT;

export class Encoder implements Encoding {
  readonly out = new Writer();
  readonly shapes = new ShapeWriter((out, key) =>
    typeof key === "symbol" ? writeSymbol(out, key) : writeText(out, String(key)),
  );
  readonly #externals: Externals;
  readonly #seen = new Seen();
  readonly #trail = new Trail();
  readonly #encoded: { -readonly [key in keyof Encoded]: Encoded[key] };
  #putOff: PutOff[] = [];
  #handles: object[] | undefined;
  #session: Session | undefined;
  #root = "";
  #busy = false;
  #freezes = false;
  /** For what person's code (a getter) encodes while this encoder is at work. */
  #inner: Encoder | undefined;

  constructor(externals: Externals) {
    this.#externals = externals;
    this.#encoded = { words: this.out.words, length: 0, handles: NO_HANDLES, objects: NO_HANDLES };
  }

  /**
   * The words of a value. Throws a `CrossingError` when something in it cannot cross, with a path that begins with
   * `root`; what getters and the externals throw passes through. Linear in the size of the graph.
   */
  encode(value: unknown, root: string): Encoded {
    return this.#encode(value, root, undefined);
  }

  /** The same, with ids for the objects that `session` knows, and for new ones. A failure leaves the session as it was. */
  encodeWith(session: Session, value: unknown, root: string): Encoded {
    return this.#encode(value, root, session);
  }

  /** The same, with the objects in it; and what could be changed though it is frozen is refused. */
  encodeFrozen(value: unknown, root: string): Encoded {
    return this.#encode(value, root, undefined, true);
  }

  #encode(value: unknown, root: string, session: Session | undefined, freezes = false): Encoded {
    if (this.#busy) {
      this.#inner ??= new Encoder(this.#externals);
      return this.#inner.#encode(value, root, session, freezes);
    }
    this.out.rewind();
    this.shapes.begin();
    this.#busy = true;
    this.#root = root;
    this.#session = session;
    this.#freezes = freezes;
    let complete = false;
    try {
      this.#value(value, 0);
      if (this.#putOff.length > 0) this.#writePutOff();
      complete = true;
    } finally {
      this.#end(complete);
    }
    return this.#encoded;
  }

  #end(complete: boolean): void {
    const encoded = this.#encoded;
    encoded.words = this.out.words;
    encoded.length = complete ? this.out.at : 0;
    encoded.handles = this.#handles ?? NO_HANDLES;
    encoded.objects = complete && this.#freezes ? this.#seen.all() : NO_HANDLES;
    this.#handles = undefined;
    this.#seen.clear();
    this.#trail.clear();
    if (this.#putOff.length > 0) this.#putOff = [];
    if (this.#session !== undefined) {
      if (complete) this.#session.adopt();
      else this.#session.discard();
      this.#session = undefined;
    }
    this.#busy = false;
  }

  child(value: unknown, depth: number, way: Way, key: unknown): void {
    if (typeof value === "number") return this.out.number(value);
    if (typeof value === "string") return writeText(this.out, value);
    this.#trail.step(depth, way, key);
    this.#value(value, depth + 1);
  }

  refuseChild(depth: number, way: Way, key: unknown, refusal: Refusal): never {
    this.#trail.step(depth, way, key);
    this.#refuse(depth + 1, refusal);
  }

  #refuse(depth: number, refusal: Refusal): never {
    throw new CrossingError(tellPlace(this.#trail.at(depth), this.#root), refusal);
  }

  #value(value: unknown, depth: number): void {
    const { out } = this;
    switch (typeof value) {
      case "number":
        return out.number(value);
      case "string":
        return writeText(out, value);
      case "boolean":
        return out.put(value ? Constant.TRUE : Constant.FALSE);
      case "undefined":
        return out.put(Constant.UNDEFINED);
      case "object":
        return value === null ? out.put(Constant.NULL) : this.#object(value, depth);
      case "function":
        return this.#function(value, depth);
      case "bigint":
        return writeBigInt(out, value);
      case "symbol":
        if (!isCommon(value)) this.#refuse(depth, UNIQUE_SYMBOL);
        return writeSymbol(out, value);
    }
  }

  /** Writes a reference where the object has a number already. */
  #refer(object: object): boolean {
    const number = this.#seen.find(object);
    if (number < 0) return false;
    this.out.sized(Tag.REFERENCE, number);
    return true;
  }

  #object(object: object, depth: number): void {
    if (this.#refer(object)) return;
    if (!Object.isExtensible(object) && this.#isPublished(object)) return;
    const prototype = Object.getPrototypeOf(object) as object | null;
    if (prototype === Object.prototype) return this.#hold(object, PLAIN, depth);
    if (prototype === null) return this.#hold(object, WITHOUT_PROTOTYPE, depth);
    const builtin = builtinOf(prototype, object);
    if (builtin !== undefined) return this.#builtin(object, builtin, depth);
    const outgoing = this.#externals.outgoing(object);
    if (outgoing !== undefined) return this.#outgoing(object, outgoing, depth);
    this.#builtin(object, baseOf(object), depth);
  }

  #function(made: Code, depth: number): void {
    if (this.#refer(made) || this.#isPublished(made)) return;
    const outgoing = this.#externals.outgoing(made);
    if (outgoing === undefined) this.#refuse(depth, nativeFunction(made));
    this.#outgoing(made, outgoing, depth);
  }

  /** Writes what all threads know as the handle that it is. */
  #isPublished(object: object): boolean {
    const words = this.#externals.published?.(object);
    if (words === undefined) return false;
    this.#handle(object, words);
    return true;
  }

  #handle(object: object, words: readonly number[]): void {
    this.#seen.add(object);
    (this.#handles ??= []).push(object);
    this.out.sized(Tag.HANDLE, words.length);
    for (const word of words) this.out.put(word);
  }

  #builtin(object: object, builtin: Builtin | Refusal, depth: number): void {
    if ("what" in builtin) this.#refuse(depth, builtin);
    if (this.#freezes && CHANGES_FROZEN.has(builtin.tag))
      this.#refuse(depth, unfreezable(builtin.constructor.name));
    const { out } = this;
    switch (builtin.tag) {
      case Tag.ARRAY: {
        const tag = isMatch(object) ? Tag.MATCH : Tag.ARRAY;
        return this.#hold(object, tag, depth);
      }
      case Tag.BUFFER:
        if (isDetached(object as ArrayBuffer)) this.#refuse(depth, DETACHED);
        this.#head(object, builtin.tag);
        return writeBuffer(out, object as ArrayBuffer);
      case Tag.BYTES:
        this.#head(object, builtin.tag);
        return writeNodeBuffer(out, object as Uint8Array);
      case Tag.VIEW: {
        const view = object as Uint8Array;
        const { buffer } = view;
        const head = (builtin.payload << TAG_BITS) | Tag.VIEW;
        // The buffer comes first: a view is made of it.
        if (this.#seen.find(buffer) < 0) {
          if (!(buffer instanceof ArrayBuffer))
            return this.child(buffer, depth, Way.FIELD, "buffer");
          if (isDetached(buffer)) this.#refuse(depth, DETACHED);
          out.put(Tag.DEFINE);
          this.#head(buffer, Tag.BUFFER);
          writeBuffer(out, buffer);
        }
        this.#head(object, head);
        out.put(head);
        out.put(this.#seen.find(buffer));
        return writeWindow(out, view);
      }
      case Tag.BOXED:
        this.#head(object, builtin.tag);
        out.put(builtin.tag);
        return this.child(unbox(object), depth, Way.CONTENT, undefined);
      default:
        return this.#hold(object, (builtin.payload << TAG_BITS) | builtin.tag, depth);
    }
  }

  #outgoing(object: object, outgoing: Outgoing, depth: number): void {
    switch (outgoing.kind) {
      case "handle":
        return this.#handle(object, outgoing.words);
      case "box":
        return this.#hold(object, Tag.BOX, depth, outgoing);
      case "instance":
        return this.#instance(object, outgoing, depth);
      case "function":
      case "class":
        return this.#make({ object, literal: outgoing, place: this.#trail.at(depth) });
      case "refused": {
        const { field } = outgoing;
        if (field === undefined) return this.#refuse(depth, outgoing);
        return this.refuseChild(depth, field.hidden ? Way.HIDDEN : Way.FIELD, field.key, outgoing);
      }
    }
  }

  #instance(
    object: object,
    outgoing: Extract<Outgoing, { kind: "instance" }>,
    depth: number,
  ): void {
    const base = baseOf(object);
    if ("what" in base) this.#refuse(depth, base);
    if (this.#freezes && CHANGES_FROZEN.has(base.tag))
      this.#refuse(depth, unfreezable(base.constructor.name));
    switch (base.tag) {
      case Tag.OBJECT:
      case Tag.ARRAY:
      case Tag.MAP:
      case Tag.SET:
      case Tag.DATE:
      case Tag.ERROR:
        break;
      default:
        this.#refuse(depth, closedBase(outgoing.of, base.constructor.name));
    }
    if (this.#seen.find(outgoing.of) < 0) this.#defineClass(outgoing, depth);
    const head = (((base.payload << TAG_BITS) | base.tag) << TAG_BITS) | Tag.INSTANCE;
    this.#hold(object, head, depth, outgoing);
  }

  #defineClass({ of, as }: Extract<Outgoing, { kind: "instance" }>, depth: number): void {
    const literal = as ?? this.#externals.outgoing(of);
    if (literal?.kind === "refused") this.#refuse(depth, literal);
    if (literal?.kind !== "class") this.#refuse(depth, closedClass(of));
    const place: Place = { parent: this.#trail.at(depth), way: Way.FIELD, key: "constructor" };
    this.#make({ object: of, literal, place }, true);
  }

  /** Writes a function or class (as a value, or only to define it), and before it what must be made before. */
  #make(last: Making, onlyDefine = false): void {
    const order = makingOrder(last, {
      outgoing: (value) => this.#externals.outgoing(value),
      has: (object) => this.#seen.find(object) >= 0,
    });
    for (const making of order) {
      if (making !== last || onlyDefine) this.out.put(Tag.DEFINE);
      this.#literal(making);
    }
  }

  #literal({ object, literal, place }: Making): void {
    const { out } = this;
    const { environment } = literal;
    const tag = literal.kind === "function" ? Tag.FUNCTION : Tag.CLASS;
    // A class has its own identity in each thread: the engine finds it by its words.
    if (tag === Tag.FUNCTION) this.#id(object, tag);
    out.sized(tag, environment.length);
    out.put(literal.module);
    out.put(literal.literal);
    if (literal.kind === "class") out.put(literal.uid);
    for (let index = 0; index < environment.length; index++) {
      const before = this.#trail.from(capture(place, literal, index), DEPTH_LIMIT);
      this.#value(environment[index], DEPTH_LIMIT);
      this.#trail.back(before);
    }
    this.#seen.add(object);
  }

  #id(object: object, kind: number): void {
    if (this.#session === undefined) return;
    const id = this.#session.idFor(object, kind);
    this.out.put((Math.floor(id / 2 ** 32) << TAG_BITS) | Tag.ID);
    this.out.put(id | 0);
  }

  /** What comes before the head of an object without contents. */
  #head(object: object, kind: number): void {
    this.#id(object, kind);
    this.#seen.add(object);
  }

  /** Writes an object with contents, or its head only, if it lies deep. */
  #hold(object: object, head: number, depth: number, outgoing?: Holding): void {
    const { out } = this;
    const integrity = integrityOf(object);
    if (integrity !== 0) out.put((integrity << TAG_BITS) | Tag.INTEGRITY);
    this.#id(object, head);
    if (depth >= DEPTH_LIMIT) out.put(Tag.LATER);
    this.#seen.add(object);
    out.put(head);
    if (head === Tag.REGEXP) for (const part of partsOfRegExp(object)) writeText(out, part);
    if (outgoing?.kind === "instance") out.put(this.#seen.find(outgoing.of));
    if (depth < DEPTH_LIMIT) writeContents(this, object, head, outgoing, depth);
    else this.#putOff.push({ object, head, outgoing, place: this.#trail.at(depth) });
  }

  #writePutOff(): void {
    // Contents put off others in turn: the list grows while it is walked.
    for (let index = 0; index < this.#putOff.length; index++) {
      const { object, head, outgoing, place } = this.#putOff[index];
      this.#trail.from(place, 0);
      writeContents(this, object, head, outgoing, 0);
    }
  }
}
