/**
 * What has raced in a run on the model so far, and what would: each step is told to the marks (`race-marks.ts`). It costs each step
 * a little, so a session has one only from when somebody asks for races.
 */
import type { Address, ThreadId } from "../../base/brand.ts";
import { channel, ChannelWord } from "../../objects/channel.ts";
import { KINDS } from "../../objects/kinds.ts";
import { BLOCKED, Head, type ObjectKind } from "../../objects/object.ts";
import { EventKind } from "../../trace/event.ts";
import type { Observer, Operation } from "../model/observer.ts";
import type { ModelThread } from "../model/thread.ts";
import type { Candidate } from "../scheduler.ts";
import { RaceMarks } from "./race-marks.ts";

interface Told {
  readonly thread: ThreadId;
  /** The object's number: its place in memory may be another's later. */
  readonly object: number;
  readonly event: EventKind;
  readonly argument: number;
}

export class RacesSoFar implements Observer {
  readonly #words: () => Int32Array;
  readonly #marks = new RaceMarks();
  /** Of the step under way: what others' operations came to by it, and the parts of a select. */
  #joined: Told[] = [];
  #parts: Told[] = [];

  /** `words`: the run's memory. */
  constructor(words: () => Int32Array) {
    this.#words = words;
  }

  /** Whether this access, if it were made now, would race with one that was made before. */
  wouldRace(candidate: Candidate): boolean {
    return this.#marks.wouldRace(this.#words(), candidate);
  }

  created(): void {
    // What nobody has touched yet orders nothing.
  }

  performed(thread: ModelThread, _result: number, event: EventKind, argument: number): void {
    const [joined, parts] = [this.#joined, this.#parts];
    this.#joined = [];
    this.#parts = [];
    // What others handed over comes before it is taken.
    for (const told of joined) if (told.event === EventKind.send) this.#take(told);
    const { object: at, operation, a, b } = thread.next;
    this.#takeCapacity(at);
    const given = this.#kindOf(at).partner?.(operation, a, b) ?? 0;
    const partner = given === 0 ? 0 : this.#idOf(given);
    this.#take({ thread: thread.id, object: this.#idOf(at), event, argument }, partner);
    for (const told of parts) if (told.thread === thread.id) this.#take(told);
    for (const told of joined) if (told.event !== EventKind.send) this.#take(told);
  }

  joined(
    { id }: ModelThread,
    _result: number,
    event: EventKind,
    argument: number,
    at: Address,
  ): void {
    this.#takeCapacity(at);
    this.#joined.push({ thread: id, object: this.#idOf(at), event, argument });
  }

  acted(
    { id }: ModelThread,
    at: Address,
    _operation: Operation,
    result: number,
    event: EventKind,
    argument: number,
  ): void {
    if (result === BLOCKED) return;
    this.#takeCapacity(at);
    this.#parts.push({ thread: id, object: this.#idOf(at), event, argument });
  }

  noted(): void {
    // Who is blocked has done nothing yet.
  }

  #take({ thread, object, event, argument }: Told, partner = 0): void {
    this.#marks.take({ thread, kind: event, object, argument, partner });
  }

  /** A channel's, before its first message. */
  #takeCapacity(at: Address): void {
    if (this.#kindOf(at) !== channel) return;
    const argument = this.#words()[at + ChannelWord.CAPACITY];
    const told = { thread: 0, kind: EventKind.capacity, object: this.#idOf(at), argument };
    if (argument >= 0) this.#marks.take({ ...told, partner: 0 });
  }

  #idOf(at: Address): number {
    return this.#words()[at + Head.ID];
  }

  #kindOf(at: Address): ObjectKind {
    return KINDS[this.#words()[at + Head.KIND]];
  }
}
