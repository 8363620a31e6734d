/** What `std` stands on in a modelled run: one object, which answers for the thread that runs now. */
import type {
  Address,
  Milliseconds,
  Nanoseconds,
  ObjectId,
  SiteId,
  ThreadId,
} from "../../base/brand.ts";
import { empty } from "../../base/empty.ts";
import { MODEL_MESSAGES } from "../../base/catalogue/model.ts";
import { RUNTIME_MESSAGES } from "../../base/catalogue/runtime.ts";
import { channel } from "../../objects/channel.ts";
import { indexOfKind, KINDS } from "../../objects/kinds.ts";
import { BLOCKED, Head, type ObjectKind } from "../../objects/object.ts";
import { EndWord } from "../../objects/ends.ts";
import { ProcessWord } from "../../objects/process.ts";
import { ports } from "../../objects/ports.ts";
import { thread as threadKind, ThreadOperation } from "../../objects/thread.ts";
import { NODE_WORDS } from "../../objects/waiters.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { Told } from "../../std/check/told.ts";
import { text } from "../../std/errors.ts";
import type { Intrinsics, Network, Session, StartedThread } from "../../std/intrinsics.ts";
import { EventKind, MAX_THREAD } from "../../trace/event.ts";
import type { World } from "../outside/world.ts";
import type { SeenStale } from "../stale-write.ts";
import { madeOf } from "../program/made.ts";
import { nameOfObject, placeOfSite } from "../program/names.ts";
import { SameNames } from "../program/same-names.ts";
import type { ThreadContext } from "./context.ts";
import { LockedValues } from "./locked-values.ts";
import type { Machine } from "./machine.ts";
import { SimulatedNetwork } from "./network.ts";
import type { ModelMemory } from "./memory.ts";
import type { Observer } from "./observer.ts";
import type { Recorder } from "./recorder.ts";
import type { Processes } from "./processes.ts";
import { SUSPENDED } from "./suspension.ts";

export interface IntrinsicsParts {
  readonly program: CompiledProgram;
  readonly memory: ModelMemory;
  readonly machine: Machine;
  readonly cores: number;
}

/** A run as its threads see it. */
export interface IntrinsicsRun {
  readonly recorder: Recorder | undefined;
  readonly observer: Observer | undefined;
  readonly parallelism: number;
  /** Whether somebody decides who goes on, or did in the run that is made again: a search, a person, a schedule. */
  readonly decided: boolean;
  /** Whether it follows a recording, its network too. */
  readonly follows: boolean;
  /** What threads are called, by id: grows as they are made. */
  readonly names: string[];
  readonly processes: Processes;
  pidOf(process: number, spawner: ThreadId): number;
  /** Starts a thread with this body, which stands in a block; it may not begin before this answers. */
  beginThread(thread: NewThread): void;
  assertionFailed(thread: ThreadId, error: Error, site: SiteId): void;
  /** Whether writes outside guards are looked for; they are told by `foundStale`. */
  readonly watchesLocked: boolean;
  foundStale(seen: SeenStale): void;
}

export interface NewThread {
  readonly id: ThreadId;
  readonly object: Address;
  readonly name: string;
  readonly body: Address;
  /** What the body is given; -1: nothing. */
  readonly argument: number;
  /** -1: nobody's, it is main. */
  readonly parent: ThreadId | -1;
  /** It begins a process: its object, and what its `@shared` variables hold. Absent: it is of its parent's. */
  readonly process?: { readonly at: Address; readonly shared: Address };
}

export class ModelIntrinsics implements Intrinsics {
  evaluating = false;
  readonly remoteProcesses = false;
  readonly #parts: IntrinsicsParts;
  readonly #machine: Machine;
  /** Each thread waits for one thing at a time: one node each. */
  readonly #nodes: Address[] = [];
  /** Every object that is no part of another one, in the order in which they were made. */
  readonly objects: Address[] = [];
  /** By object: the process in whose memory it is, where that is not the program's own. */
  readonly #within = new Map<Address, Address>();
  readonly #locked = new LockedValues();
  readonly #names: SameNames;
  /** By process, 0 for the program's own: how many objects have each name in its memory. */
  readonly #named = new Map<number, Int32Array>();
  network!: Network;
  #run!: IntrinsicsRun;
  #context!: ThreadContext;
  #objects = 0;

  constructor(parts: IntrinsicsParts) {
    this.#parts = parts;
    this.#machine = parts.machine;
    this.#names = new SameNames(parts.program);
  }

  /** As new, for this run. */
  begin(run: IntrinsicsRun): void {
    this.#run = run;
    empty(this.#nodes);
    empty(this.objects);
    if (this.#within.size > 0) this.#within.clear();
    for (const counts of this.#named.values()) counts.fill(0);
    this.#objects = 0;
    this.evaluating = false;
    this.#locked.reset();
  }

  /** The program may use the network: its ports are there from the beginning, the same object in every execution. */
  openNetwork(world: () => World): void {
    this.network = new SimulatedNetwork(this.create(ports), this.#run.follows, world);
  }

  /** From here on it answers for this thread. */
  enter(context: ThreadContext): void {
    this.#context = context;
  }

  /** Of the thread for which it answers. */
  get context(): ThreadContext {
    return this.#context;
  }

  get followsProcesses(): boolean {
    return this.#run.follows;
  }

  get thread(): ThreadId {
    return this.#context.id;
  }

  get site(): SiteId {
    return this.#context.runtime.site as SiteId;
  }

  set site(site: SiteId) {
    this.#context.runtime.site = site;
  }

  get low(): number {
    return this.#machine.turn.low;
  }

  set low(low: number) {
    this.#machine.turn.low = low;
  }

  get high(): number {
    return this.#machine.turn.high;
  }

  set high(high: number) {
    this.#machine.turn.high = high;
  }

  // ---- operations. Where they must wait they answer `SUSPENDED`, which their callers' twins know how to take.

  perform(object: Address, operation: number, a = 0, b = 0): number {
    if (this.evaluating) return this.#look(object, operation, a, b);
    const { site } = this.#context.runtime;
    return this.#machine.perform(object, operation, a, b, site as SiteId, Infinity) as number;
  }

  performFor(
    object: Address,
    operation: number,
    a: number,
    b: number,
    timeout: Milliseconds,
  ): number {
    if (this.evaluating) return this.#look(object, operation, a, b);
    const { site } = this.#context.runtime;
    return this.#machine.perform(object, operation, a, b, site as SiteId, timeout) as number;
  }

  sleep(duration: Milliseconds): void {
    return this.#machine.sleep(duration, this.site) as never;
  }

  yieldNow(): void {
    return this.#machine.yieldNow(this.site) as never;
  }

  pause(): void {
    // Nobody holds a word: only one thread runs, and it runs from operation to operation.
  }

  /** An annotation's expression: outside of every thread, and no event. */
  #look(object: Address, operation: number, a: number, b: number): number {
    const { turn } = this.#machine;
    const result = turn.peek(object, operation, this.thread, a, b);
    if (result !== BLOCKED) return result;
    throw new TypeError(text(MODEL_MESSAGES.conditionBlocks, { object: this.nameOf(object) }));
  }

  // ---- memory

  get words(): Int32Array {
    return this.#parts.memory.words;
  }

  get traced(): boolean {
    return this.#run.recorder !== undefined;
  }

  get node(): Address {
    const { id } = this.#context;
    return (this.#nodes[id] ??= this.allocate(NODE_WORDS));
  }

  allocate(size: number): Address {
    return this.#parts.memory.heap.allocate(size);
  }

  release(block: Address): void {
    this.#parts.memory.heap.release(block);
  }

  create(kind: ObjectKind, a = 0, b = 0, name = -1): Address {
    const { memory } = this.#parts;
    const size = Head.OWN + kind.words;
    const at = memory.heap.allocate(size);
    const { words } = memory;
    for (let word = at as number; word < at + size; word++) words[word] = 0;
    const id = ++this.#objects;
    const index = indexOfKind(kind);
    words[at + Head.ID] = id;
    words[at + Head.KIND] = index;
    words[at + Head.SITE] = this.site;
    kind.create(words, at, a, b);
    this.#run.observer?.created(this.thread, at);
    if (name < 0) this.#keep(at, kind);
    this.#record(EventKind.create, id, name + 1, index);
    if (kind === channel && a >= 0) this.#record(EventKind.capacity, id, 0, a);
    return at;
  }

  #keep(at: Address, kind: ObjectKind): void {
    this.objects.push(at);
    const process = this.#run.processes.of(this.thread);
    if (process > 0) this.#within.set(at, process);
    const named = this.#names.of(kind, this.site);
    if (named < 0) return;
    let counts = this.#named.get(process);
    if (counts === undefined)
      this.#named.set(process, (counts = new Int32Array(this.#names.count)));
    this.words[at + Head.NTH] = ++counts[named];
  }

  /** What the process is called in whose memory an object is; undefined: it is in the program's own. */
  processOf(object: Address): string | undefined {
    const process = this.#within.get(object);
    if (process === undefined) return undefined;
    return this.#run.names[this.words[process + ProcessWord.THREAD]];
  }

  idOf(object: Address): ObjectId {
    return this.words[object + Head.ID] as ObjectId;
  }

  // ---- what is recorded and is no operation

  mark(event: EventKind, argument: number): void {
    this.#record(event, 0, 0, argument);
  }

  keepLocked(lock: Address, value: unknown): void {
    if (this.#run.watchesLocked) this.#locked.keep(this.thread, lock, value, this.site);
  }

  checkLocked(lock: Address): void {
    if (!this.#run.watchesLocked) return;
    const { thread, site } = this;
    const changed = this.#locked.changed(thread, lock);
    if (changed === undefined) return;
    const name = this.#run.names[thread];
    this.#run.foundStale({ thread, name, lock: this.nameOf(lock), ...changed, to: site });
  }

  checked(told: Told): void {
    this.#run.observer?.checked?.(this.thread, told);
  }

  #record(event: EventKind, object: number, version: number, argument: number): void {
    const { turn, threads } = this.#machine;
    const thread = threads[this.thread];
    if (thread !== undefined) turn.record(thread, event, object, version, argument, this.site);
  }

  string(words: string): number {
    return this.#run.recorder?.string(words) ?? 0;
  }

  now(): Nanoseconds {
    return this.#machine.clock.ticks as Nanoseconds;
  }

  // ---- threads

  start(body: (index?: number) => unknown, name: string | undefined, index = -1): StartedThread {
    const { names } = this.#run;
    const id = names.length as ThreadId;
    if (id > MAX_THREAD) {
      throw new RangeError(text(RUNTIME_MESSAGES.tooManyThreads, { limit: MAX_THREAD + 1 }));
    }
    const context = this.#context;
    const block = context.values.encode(body, "");
    names.push(name === undefined ? `worker-${id}` : String(name));
    const object = this.create(threadKind, id);
    context.values.departing(id);
    const begin = (): StartedThread => {
      context.values.departed();
      const parent = context.id;
      this.#run.beginThread({ id, object, name: names[id], body: block, argument: index, parent });
      return { thread: id, object };
    };
    const spawned: unknown = this.perform(object, ThreadOperation.SPAWN);
    if (spawned !== SUSPENDED) return begin();
    context.thread.after = begin;
    return spawned as never;
  }

  get process(): Address {
    return this.#run.processes.of(this.thread);
  }

  sentToProcess(): void {
    // It is there already.
  }

  startProcess(at: Address, body: Address, shared: Address, name: string | undefined): void {
    const { names, processes } = this.#run;
    const id = names.length as ThreadId;
    if (id > MAX_THREAD) {
      throw new RangeError(text(RUNTIME_MESSAGES.tooManyThreads, { limit: MAX_THREAD + 1 }));
    }
    const parent = this.#context.id;
    const nth = processes.startedBy(processes.of(parent)).length + 1;
    names.push(name === undefined ? `process-${nth}` : String(name));
    const object = this.create(threadKind, id);
    const { words } = this;
    words[at + ProcessWord.THREAD] = id;
    for (const end of [ProcessWord.UP_SENDER, ProcessWord.DOWN_RECEIVER]) {
      words[words[at + end] + EndWord.OWNER] = id + 1;
    }
    const called = this.encode(names[id], "name");
    this.words[at + ProcessWord.NAME] = called;
    const number = processes.add(at, processes.of(parent), id);
    words[at + ProcessWord.PID] = this.#run.pidOf(number, parent);
    const begin = (): void => {
      const process = { at, shared };
      this.#run.beginThread({ id, object, name: names[id], body, argument: -1, parent, process });
    };
    const spawned: unknown = this.perform(object, ThreadOperation.SPAWN);
    if (spawned !== SUSPENDED) return begin();
    this.#context.thread.after = begin;
    return spawned as never;
  }

  threadObject(thread: ThreadId): Address {
    return this.#machine.threads[thread].object;
  }

  threadName(thread: ThreadId): string {
    return this.#run.names[thread];
  }

  /** As the program's head says. */
  get cores(): number {
    return this.#parts.cores;
  }

  get exploring(): boolean {
    return this.#run.decided;
  }

  get parallelism(): number {
    return this.#run.parallelism;
  }

  // ---- values

  encode(value: unknown, what: string): Address {
    return this.#context.values.encode(value, what);
  }

  departing(owner: ThreadId | -1): readonly object[] {
    return this.#context.values.departing(owner);
  }

  departed(): void {
    this.#context.values.departed();
  }

  stayed(block: Address): void {
    this.#context.values.stayed(block);
  }

  decode(block: Address): unknown {
    return this.#context.values.decode(block);
  }

  session(): Session {
    return this.#context.values.session();
  }

  publish(value: object, what: string): Address {
    return this.#context.values.publish(value, what);
  }

  published(kept: boolean): void {
    this.#context.values.published(kept);
  }

  publishedAt(address: Address): object {
    return this.#context.values.publishedAt(address);
  }

  addressOf(object: object): Address {
    return this.#context.values.addressOf(object);
  }

  // ---- words for messages

  capturesOf(made: object): readonly unknown[] {
    return madeOf(made)?.environment ?? [];
  }

  nameOf(object: Address): string {
    return nameOfObject(this.#parts.program, this.words, object, KINDS);
  }

  textOf(site: SiteId): string {
    return this.#parts.program.sites[site]?.text ?? "";
  }

  placeOf(site: SiteId): string {
    return placeOfSite(this.#parts.program, site);
  }

  assertionFailed(error: Error): void {
    this.mark(EventKind.panic, 1);
    this.#run.assertionFailed(this.thread, error, this.site);
  }
}
