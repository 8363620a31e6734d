/** The shared objects of a run in words, read off its memory: nothing is stepped, and nothing changes. */
import type { Address, SiteId, ThreadId } from "../../../base/brand.ts";
import { atomic, AtomicWord } from "../../../objects/atomic.ts";
import { atomicRef, referred } from "../../../objects/atomic-ref.ts";
import { cell, CellTag, CellWord } from "../../../objects/cell.ts";
import { channel, ChannelWord } from "../../../objects/channel.ts";
import { condvar, CondvarWord } from "../../../objects/condvar.ts";
import { KINDS } from "../../../objects/kinds.ts";
import { mutex, MutexWord } from "../../../objects/mutex.ts";
import { Head, type ObjectKind } from "../../../objects/object.ts";
import { rwlock, RwLockWord } from "../../../objects/rwlock.ts";
import { thread as threadKind, ThreadOutcome, ThreadWord } from "../../../objects/thread.ts";
import { NodeWord } from "../../../objects/waiters.ts";
import type { CompiledProgram } from "../../../protocol/program.ts";
import type { Place } from "../../../trace/finding.ts";
import { unpack } from "../../../std/cargo.ts";
import { valueOf } from "../../../std/identity.ts";
import { parts } from "../../../std/shared/parts.ts";
import { nameOfObject, placeOfSite, siteAsPlace } from "../../program/names.ts";
import type { Looker } from "./inert.ts";
import { collectionText, contentsOf } from "./collections.ts";
import { preview } from "./preview.ts";
import { synchroniserText } from "./synchronisers.ts";
import { wireText } from "./wires.ts";

export interface LookedRun {
  readonly program: CompiledProgram;
  readonly words: Int32Array;
  readonly looker: Looker;
  readonly nameOfThread: (thread: ThreadId) => string;
}

/** What a shared object holds: members that can be looked into. */
export type Held = readonly (readonly [name: string, value: unknown])[];

export class ObjectView {
  readonly run: LookedRun;
  readonly at: Address;
  readonly kind: ObjectKind;

  constructor(run: LookedRun, at: Address) {
    this.run = run;
    this.at = at;
    this.kind = KINDS[run.words[at + Head.KIND]];
  }

  get id(): number {
    return this.#word(Head.ID);
  }

  get name(): string {
    const { program, words, nameOfThread } = this.run;
    if (this.kind === threadKind) return nameOfThread(this.#word(ThreadWord.THREAD) as ThreadId);
    return nameOfObject(program, words, this.at, KINDS);
  }

  /** Whether the program's text has a name for it. */
  get isNamed(): boolean {
    return this.run.program.sites[this.#word(Head.SITE)]?.name !== undefined;
  }

  get place(): Place | undefined {
    return siteAsPlace(this.run.program, this.#word(Head.SITE));
  }

  /** Of a lock. */
  get holder(): ThreadId | undefined {
    const holder = this.kind === mutex ? this.#word(MutexWord.HOLDER) : 0;
    return holder === 0 ? undefined : ((holder - 1) as ThreadId);
  }

  /** Of a cell or an atomic, as a value. */
  get value(): unknown {
    switch (this.kind) {
      case cell:
        return sharedValue(this.run, this.at);
      case mutex:
        return this.#cargo(MutexWord.VALUE_TAG);
      case rwlock:
        return this.#cargo(RwLockWord.VALUE_TAG);
      case atomic: {
        const low = this.#word(AtomicWord.LOW);
        if (this.#word(AtomicWord.WIDE) !== 1) return low;
        return (BigInt(this.#word(AtomicWord.HIGH)) << 32n) | BigInt(low >>> 0);
      }
      case atomicRef: {
        const { low, high } = referred(this.run.words, this.at);
        return valueOf(low, high, this.run.looker);
      }
      default:
        return undefined;
    }
  }

  /** "0", "held by worker-1 since line 14", "2 messages". */
  get text(): string {
    switch (this.kind) {
      case cell:
      case atomic:
      case atomicRef:
        return this.#told(this.value);
      case mutex:
        return this.#lockText();
      case channel:
        return this.#channelText();
      case condvar: {
        const count = this.#word(CondvarWord.COUNT);
        return count === 0 ? "nobody waits" : `${count} waiting`;
      }
      case threadKind:
        return ["running", "has ended", "has panicked"][this.#word(ThreadWord.OUTCOME)] ?? "";
      default:
        return (
          synchroniserText(this.kind, (index) => this.#word(index)) ??
          collectionText(this.run, this.kind, this.at) ??
          wireText(this.run.words, this.kind, this.at) ??
          ""
        );
    }
  }

  /** What is in it. */
  get held(): Held {
    switch (this.kind) {
      case mutex: {
        const { holder } = this;
        const since = placeOfSite(this.run.program, this.#word(MutexWord.SINCE) as SiteId);
        return [
          ["value", this.value],
          ["held by", holder === undefined ? "nobody" : this.run.nameOfThread(holder)],
          ...(holder === undefined || since === "" ? [] : ([["since", since]] as const)),
          ["poisoned", this.#word(MutexWord.POISONED) !== 0],
        ];
      }
      case channel:
        return [
          ...this.messages.map((value, index) => [`[${index}]`, value] as const),
          ["senders", this.#word(ChannelWord.SENDERS)],
          ["receivers", this.#word(ChannelWord.RECEIVERS)],
        ];
      case atomicRef:
        return [["value", this.value]];
      case threadKind: {
        const outcome = this.#word(ThreadWord.OUTCOME);
        const result = this.#word(ThreadWord.RESULT) as Address;
        if (outcome === ThreadOutcome.RUNNING || result === 0) return [];
        const name = outcome === ThreadOutcome.PANICKED ? "panic" : "result";
        return [[name, this.run.looker.decode(result)]];
      }
      default:
        return contentsOf(this.run, this.kind, this.at, (value) => this.#told(value));
    }
  }

  /** Of a channel: what is queued, or on offer. */
  get messages(): unknown[] {
    const { words, looker } = this.run;
    const messages: unknown[] = [];
    for (
      let node = words[this.at + ChannelWord.FIRST] as Address;
      node !== 0;
      node = words[node + NodeWord.NEXT] as Address
    )
      messages.push(looker.decode(node));
    return messages;
  }

  #lockText(): string {
    const { holder } = this;
    const poisoned = this.#word(MutexWord.POISONED) !== 0 ? ", poisoned" : "";
    if (holder === undefined) return `free${poisoned}`;
    const since = siteAsPlace(this.run.program, this.#word(MutexWord.SINCE));
    const line = since === undefined ? "" : ` since line ${since.line}`;
    return `held by ${this.run.nameOfThread(holder)}${line}${poisoned}`;
  }

  #channelText(): string {
    const { length } = this.messages;
    const capacity = this.#word(ChannelWord.CAPACITY);
    const room = capacity > 0 ? ` of ${capacity}` : "";
    const count = capacity === 0 ? `${length} on offer` : `${length}${room} queued`;
    const closed = this.#word(ChannelWord.SENDERS) === 0 ? ", no sender left" : "";
    return `${count}${closed}`;
  }

  #cargo(tagAt: number): unknown {
    return unpack(this.#word(tagAt), this.#word(tagAt + 1), this.#word(tagAt + 2), (block) =>
      this.run.looker.decode(block),
    );
  }

  #told(value: unknown): string {
    return preview(value, (_kind, object) => this.tellHandle(object)).text;
  }

  /** How a handle within a value is told. */
  tellHandle(object: number): string {
    return new ObjectView(this.run, object as Address).name;
  }

  #word(index: number): number {
    return this.run.words[this.at + index];
  }
}

/** What stands in `@shared` memory, as plain copies. */
export function sharedValue(run: LookedRun, at: Address): unknown {
  const { words, looker } = run;
  const tag = words[at + CellWord.TAG];
  const low = words[at + CellWord.LOW];
  if (tag !== CellTag.OBJECT && tag !== CellTag.ARRAY) {
    return unpack(tag, low, words[at + CellWord.HIGH], (block) => looker.decode(block));
  }
  const found = parts(words, tag === CellTag.ARRAY, low as Address);
  if (found.kind === "array") {
    return found.cells.map((inner) => (inner === 0 ? undefined : sharedValue(run, inner)));
  }
  const names = looker.decode(found.names) as string[];
  return Object.fromEntries(
    found.cells.map((inner, index) => [names[index], sharedValue(run, inner)]),
  );
}
