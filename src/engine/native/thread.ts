/** A native thread: what `std` stands on in a worker. One per worker, for the one thread that it runs. */
import { here } from "../../std/activation.ts";
import { tellCallers } from "../../std/tasks/callers.ts";
import { inspect } from "node:util";
import { Decoder } from "../../codec/decoder.ts";
import { Encoder } from "../../codec/encoder.ts";
import type {
  Address,
  Milliseconds,
  Nanoseconds,
  ObjectId,
  SiteId,
  ThreadId,
} from "../../base/brand.ts";
import { PROCESS_MESSAGES } from "../../base/catalogue/processes.ts";
import { RUNTIME_MESSAGES } from "../../base/catalogue/runtime.ts";
import { channel } from "../../objects/channel.ts";
import { indexOfKind, KINDS } from "../../objects/kinds.ts";
import { Head, type ObjectKind } from "../../objects/object.ts";
import { thread as threadKind, ThreadOperation } from "../../objects/thread.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import { text, UNTELLABLE } from "../../std/errors.ts";
import type { Intrinsics, Session, StartedThread } from "../../std/intrinsics.ts";
import { EventKind } from "../../trace/event.ts";
import type { Heap } from "../heap.ts";
import { ProgramExternals } from "../program/externals.ts";
import type { Modules } from "../program/modules.ts";
import { Published } from "../program/published.ts";
import { Runtime } from "../program/runtime.ts";
import { madeOf } from "../program/made.ts";
import { nameOfObject, placeOfSite } from "../program/names.ts";
import { SameNames } from "../program/same-names.ts";
import { Values } from "../program/values.ts";
import { ControlWord, StandWord } from "./control/words.ts";
import { Gate } from "./gate.ts";
import { MAX_ALIVE, MAX_THREADS, RunWord, SlotWord, THREAD_TABLE } from "./layout.ts";
import type { FromWorker, Thrown } from "./messages.ts";
import type { RunMemory } from "./memory.ts";
import { NetworkDoor } from "./network/door.ts";
import { createObject, createSlot } from "./new-objects.ts";
import type { Recorder } from "./recorder.ts";
import { startProcess } from "./processes/starting.ts";
import { callRunner } from "./rounds.ts";
import { pushSpawn } from "./spawns.ts";
import type { ThreadOutside } from "./thread-outside.ts";

export interface ThreadParts {
  readonly memory: RunMemory;
  readonly heap: Heap;
  readonly recorder: Recorder;
  readonly program: CompiledProgram;
  readonly thread: ThreadId;
  readonly cores: number;
  /** What stands between it and the world, if anything does. */
  readonly outside?: ThreadOutside;
  readonly post: (message: FromWorker) => void;
  /** How many threads may be alive at once beside main; as many as there can be workers, if nothing is said. */
  readonly mostAlive?: number;
}

/** How many frames of a stack are told, ours and packages' included. */
const MOST_FRAMES = 200;

/** The stack of whoever calls, in the person's lines (`installStacks`). */
function stackText(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = MOST_FRAMES;
  const look = new Error("a look at the stack");
  tellCallers(look, here.tasks.running);
  const { stack } = look;
  Error.stackTraceLimit = limit;
  return typeof stack === "string" ? stack : "";
}

export function thrownOf(value: unknown): Thrown {
  try {
    if (value instanceof Error) {
      const { name, message, stack = "" } = value;
      return { name: String(name), message: String(message), stack: String(stack) };
    }
    const message = typeof value === "string" ? value : inspect(value, { breakLength: Infinity });
    return { name: "", message, stack: "" };
  } catch {
    // What it says of itself is the program's code, which may throw in its turn.
    return { name: "", message: UNTELLABLE, stack: "" };
  }
}

export class NativeThread implements Intrinsics {
  readonly thread: ThreadId;
  readonly parallelism: number;
  readonly runtime = new Runtime();
  readonly node: Address;
  readonly network: NetworkDoor;
  evaluating = false;
  readonly remoteProcesses = true;
  readonly followsProcesses = false;
  readonly exploring: boolean;
  /** Set once the person's modules are defined in this thread. */
  modules: Modules | undefined;

  readonly #memory: RunMemory;
  readonly #heap: Heap;
  readonly #recorder: Recorder;
  protected readonly gate: Gate;
  readonly #program: CompiledProgram;
  readonly #names: SameNames;
  readonly #slot: number;
  readonly #post: (message: FromWorker) => void;
  readonly #values: Values;
  readonly #outside: ThreadOutside | undefined;
  readonly #mostAlive: number;
  readonly #strings = new Map<string, number>();

  constructor(parts: ThreadParts) {
    const { memory, heap, recorder, program, thread, cores, outside, post } = parts;
    this.#mostAlive = parts.mostAlive ?? MAX_ALIVE;
    this.thread = thread;
    this.parallelism = outside?.parallelism ?? cores;
    this.#outside = outside;
    this.exploring = outside?.exploring ?? false;
    this.#memory = memory;
    this.#heap = heap;
    this.#recorder = recorder;
    this.#program = program;
    this.#names = new SameNames(program);
    this.#post = post;
    this.#slot = memory.words[THREAD_TABLE + thread]!;
    this.node = (this.#slot + SlotWord.NODE) as Address;
    this.network = new NetworkDoor({
      ...{ memory, slot: this.#slot, post },
      world: () => outside?.outside.world,
      follows: outside?.follows ?? false,
    });
    this.gate = new Gate(memory, recorder, thread, this.#slot, cores);
    const published = new Published({
      memory: this,
      decode: (block) => this.#values.objects(block),
    });
    const externals = new ProgramExternals(
      () => this.modules!,
      (make) => this.runtime.whileRestoring(make),
      published,
    );
    // This thread is the memory that they see: its view is always long enough for addresses that others made.
    this.#values = new Values({
      memory: this,
      heap,
      encoder: new Encoder(externals),
      decoder: new Decoder(externals),
      published,
      thread,
    });
    const control = memory.words[RunWord.CONTROL];
    if (control !== 0 && memory.words[control + ControlWord.STACKS] === 1) {
      this.gate.tellStacks(() => this.#tellStack());
    }
  }

  // ---- the operation under way

  get site(): SiteId {
    return this.runtime.site as SiteId;
  }

  set site(site: SiteId) {
    this.runtime.site = site;
  }

  get low(): number {
    return this.gate.low;
  }

  set low(low: number) {
    this.gate.low = low;
  }

  get high(): number {
    return this.gate.high;
  }

  set high(high: number) {
    this.gate.high = high;
  }

  perform(object: Address, operation: number, a = 0, b = 0): number {
    return this.gate.perform(object, operation, a, b, this.runtime.site as SiteId, Infinity);
  }

  performFor(
    object: Address,
    operation: number,
    a: number,
    b: number,
    timeout: Milliseconds,
  ): number {
    return this.gate.perform(object, operation, a, b, this.runtime.site as SiteId, timeout);
  }

  /** Its body is over. */
  leave(): void {
    this.gate.leave();
  }

  // ---- memory

  /** Addresses that other threads made come in wherever shared memory is read: the view is always long enough for them. */
  get words(): Int32Array {
    const memory = this.#memory;
    if (memory.words[RunWord.LENGTH] !== memory.words.length) memory.refresh();
    return memory.words;
  }

  get traced(): boolean {
    return this.#recorder.traced;
  }

  allocate(size: number): Address {
    return this.#heap.allocate(size);
  }

  release(block: Address): void {
    this.#heap.release(block);
  }

  create(kind: ObjectKind, a = 0, b = 0, name = -1): Address {
    const at = createObject(this.#memory, this.#heap, kind, a, b, this.runtime.site);
    const id = this.words[at + Head.ID];
    const time = this.#recorder.traced ? this.#recorder.now() : 0;
    this.#recorder.record(time, EventKind.create, id, name + 1, indexOfKind(kind), this.site);
    if (kind === channel && a >= 0)
      this.#recorder.record(time, EventKind.capacity, id, 0, a, this.site);
    if (name >= 0) return at;
    const named = this.#names.of(kind, this.site);
    if (named >= 0) {
      this.words[at + Head.NTH] = Atomics.add(this.words, this.words[RunWord.NAMED] + named, 1) + 1;
    }
    this.#link(at);
    return at;
  }

  /** In a controlled run, where whoever looks at it finds all objects. */
  #link(at: Address): void {
    const { words } = this;
    const control = words[RunWord.CONTROL];
    if (control === 0) return;
    const last = control + ControlWord.OBJECTS;
    for (;;) {
      const before = Atomics.load(words, last);
      words[at + Head.MADE_BEFORE] = before;
      if (Atomics.compareExchange(words, last, before, at) === before) return;
    }
  }

  /** Writes down where this thread is in its code, in the place of what was written before. */
  #tellStack(): Address {
    const before = this.words[this.words[this.#slot + SlotWord.STAND] + StandWord.STACK];
    if (before !== 0) this.release(before as Address);
    return this.encode(stackText(), "stack");
  }

  idOf(object: Address): ObjectId {
    return this.words[object + Head.ID] as ObjectId;
  }

  // ---- the thread itself

  pause(): void {
    this.gate.nap();
  }

  /** Records that it does. */
  protected goesToSleep(duration: Milliseconds): void {
    this.mark(EventKind.sleep, Math.min(Math.round(duration * 1000), 0x7fff_ffff));
  }

  sleep(duration: Milliseconds): void {
    this.goesToSleep(duration);
    this.gate.sleep(duration, this.site);
    this.mark(EventKind.wake, 0);
  }

  /** Milliseconds of the virtual clock of a controlled run, which moves only while nobody else does; undefined: it is free. */
  get virtualMs(): number | undefined {
    const { words } = this;
    const control = words[RunWord.CONTROL];
    if (control === 0) return undefined;
    const low = words[control + ControlWord.NOW_LOW] >>> 0;
    return (words[control + ControlWord.NOW_HIGH] * 2 ** 32 + low) / 1000;
  }

  /** How often it has blocked so far. */
  get blocks(): number {
    return this.gate.blocks;
  }

  /** It has waited in its event loop since `since`, for a timer that was set at `site`: recorded now that it goes on. */
  waited(since: number, site: SiteId): void {
    this.site = site;
    const recorder = this.#recorder;
    if (!recorder.traced) return;
    // Whatever came from elsewhere meanwhile was something to do.
    const from = Math.max(since, recorder.last);
    const now = recorder.now();
    recorder.record(from, EventKind.sleep, 0, 0, Math.round((now - from) / 1000), site);
    recorder.record(now, EventKind.wake, 0, 0, 0, site);
  }

  yieldNow(): void {
    this.mark(EventKind.yield, 0);
    this.gate.yieldNow(this.site);
  }

  now(): Nanoseconds {
    return this.#recorder.now() as Nanoseconds;
  }

  mark(event: EventKind, argument: number, version = 0): void {
    if (this.#recorder.traced)
      this.#recorder.record(this.#recorder.now(), event, 0, version, argument, this.site);
  }

  checked(): void {
    // Exploring is the model engine's: nobody judges a run of real threads.
  }

  keepLocked(): void {
    // Nobody looks for writes outside of guards: a lock's whole value would have to be looked at each time.
  }

  checkLocked(): void {
    // As nothing was kept.
  }

  string(text: string): number {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    const index = Atomics.add(this.words, RunWord.NEXT_STRING, 1);
    this.#strings.set(text, index);
    this.#post({ type: "string", index, text });
    return index;
  }

  start(body: (index?: number) => unknown, name: string | undefined, index = -1): StartedThread {
    const limit = this.#mostAlive;
    if (Atomics.add(this.words, RunWord.ALIVE, 1) >= limit) {
      Atomics.sub(this.words, RunWord.ALIVE, 1);
      throw new RangeError(text(RUNTIME_MESSAGES.tooManyThreads, { limit }));
    }
    try {
      return this.#start(body, name, index);
    } catch (error) {
      Atomics.sub(this.words, RunWord.ALIVE, 1);
      throw error;
    }
  }

  #start(
    body: (index?: number) => unknown,
    name: string | undefined,
    index: number,
  ): StartedThread {
    const nameBlock = name === undefined ? 0 : this.encode(String(name), "name");
    const bodyBlock = this.encode(body, "");
    const thread = Atomics.add(this.words, RunWord.NEXT_THREAD, 1) as ThreadId;
    if (thread >= MAX_THREADS) {
      throw new RangeError(text(RUNTIME_MESSAGES.tooManyThreads, { limit: MAX_THREADS }));
    }
    const object = this.create(threadKind, thread);
    const slot = createSlot(this.#memory, this.#heap, thread, object, this.thread);
    const { words } = this;
    words[slot + SlotWord.BODY] = bodyBlock;
    words[slot + SlotWord.NAME] = nameBlock;
    words[slot + SlotWord.ARGUMENT] = index;
    this.#outside?.handOn(words, slot);
    this.departing(thread);
    Atomics.add(words, RunWord.RUNNING, 1);
    this.perform(object, ThreadOperation.SPAWN);
    this.departed();
    const row = { id: thread, name: name ?? `worker-${thread}`, object: this.idOf(object) };
    this.#post({ type: "thread", row });
    const control = this.words[RunWord.CONTROL];
    if (control !== 0) Atomics.add(this.words, control + ControlWord.MOVING, 1);
    if (!pushSpawn(this.#memory, thread)) this.#post({ type: "need" });
    return { thread, object };
  }

  get process(): Address {
    return this.words[RunWord.PROCESS] as Address;
  }

  sentToProcess(): void {
    callRunner(this.words);
  }

  startProcess(at: Address, body: Address, shared: Address, name: string | undefined): void {
    if (this.words[RunWord.CONTROL] !== 0) {
      throw new RangeError(text(PROCESS_MESSAGES.notControlled, {}));
    }
    const seed = this.#outside?.seedOfNext();
    startProcess({ engine: this, post: this.#post, seed }, at, body, shared, name);
    this.#memory.refresh();
  }

  threadObject(thread: ThreadId): Address {
    return this.words[this.words[THREAD_TABLE + thread] + SlotWord.OBJECT] as Address;
  }

  threadName(thread: ThreadId): string {
    if (thread === 0) return "main";
    const name = this.words[this.words[THREAD_TABLE + thread] + SlotWord.NAME] as Address;
    return name === 0 ? `worker-${thread}` : (this.decode(name) as string);
  }

  // ---- values

  encode(value: unknown, what: string): Address {
    return this.#values.encode(value, what);
  }

  decode(block: Address): unknown {
    return this.#values.decode(block);
  }

  session(): Session {
    return this.#values.session();
  }

  publish(value: object, what: string): Address {
    return this.#values.publish(value, what);
  }

  published(kept: boolean): void {
    this.#values.published(kept);
  }

  publishedAt(address: Address): object {
    return this.#values.publishedAt(address);
  }

  addressOf(object: object): Address {
    return this.#values.addressOf(object);
  }

  departing(owner: ThreadId | -1): readonly object[] {
    return this.#values.departing(owner);
  }

  departed(): void {
    this.#values.departed();
  }

  stayed(block: Address): void {
    this.#values.stayed(block);
  }

  // ---- words for messages

  capturesOf(made: object): readonly unknown[] {
    return madeOf(made)?.environment ?? [];
  }

  nameOf(object: Address): string {
    return nameOfObject(this.#program, this.words, object, KINDS);
  }

  textOf(site: SiteId): string {
    return this.#program.sites[site]?.text ?? "";
  }

  placeOf(site: SiteId): string {
    return placeOfSite(this.#program, site);
  }

  assertionFailed(error: Error): void {
    this.mark(EventKind.panic, 1);
    this.#post({
      type: "assertion",
      thread: this.thread,
      thrown: thrownOf(error),
      site: this.site,
    });
  }
}
