/**
 * What a trace means: for each thread its states, holdings and regions; for each object who held it, who waited, which
 * messages went through it. The one model behind the picture, the summary, the words and the analyses.
 *
 *     const timeline = new Timeline(reader.trace);
 *     timeline.advance();                        // after each reader.push: takes in what is new, O(new records)
 *     timeline.advance(100_000);                 // or no more than so many at a time, until timeline.isUpToDate
 *     timeline.thread(id)?.states                // spans; ThreadTrack has the rest
 *     timeline.held(lock), timeline.waits(object), timeline.messages(channel)
 *     timeline.nameOf(object), timeline.kindOf(object), timeline.now
 *
 * Records of different threads come interleaved as the collector found them, in no order of time. So every fact is taken
 * from records whose order is certain: a thread's own, or the two ends of one message by its number. Views across threads
 * are put in order when they are asked for; they cost O(n log n) of what they show, and are kept until the next advance.
 */
import type { ObjectId, SiteId, ThreadId } from "../../base/brand.ts";
import { EventKind, type ObjectKindName } from "../event.ts";
import type { Trace } from "../trace.ts";
import { CoreTracks, type CoreTrack } from "./core-track.ts";
import { spansInOrder, withoutOverlap } from "./in-order.ts";
import { MessageColumns, type Messages } from "./messages.ts";
import { objectNames } from "./names.ts";
import { MESSAGE_KINDS, ObjectTrack, WIRE_KINDS } from "./object-track.ts";
import { OrderedRows } from "./ordered-rows.ts";
import { type Parcels, parcelsOf } from "./parcels.ts";
import { type Readiness, readinessOf } from "./readiness.ts";
import { SpanColumns, type Spans } from "./spans.ts";
import { overlapping, queueDepth, type StepColumns } from "./steps.ts";
import { ThreadState, ThreadTrack, type TrackListener } from "./thread-track.ts";

export class Timeline {
  readonly trace: Trace;
  readonly #threads: (ThreadTrack | undefined)[] = [];
  readonly #objects = new Map<number, ObjectTrack>();
  readonly #cores = new CoreTracks();
  /** Waits whose object is of no known kind yet, as thread and row. */
  #unsettled: [thread: ThreadId, row: number][] = [];
  #taken = 0;
  /** Records before this one were counted, and have their room. */
  #counted = 0;
  #latest = 0;
  /** Views, until the next advance. */
  #views = new Map<string, unknown>();

  readonly #listener: TrackListener = {
    held: (lock, thread, row) => {
      if (lock > 0) this.#object(lock).held.add(thread, row);
    },
    waited: (object, thread, row) => {
      if (object <= 0) return;
      const track = this.#object(object);
      track.waits.add(thread, row);
      if (track.kind === undefined) this.#unsettled.push([thread, row]);
      else settle(this.#threads[thread]!, row, track.kind);
    },
  };

  constructor(trace: Trace) {
    this.trace = trace;
  }

  /**
   * Takes in the records that came since the last time, `most` of them at most, and answers how many. Of those that are
   * left it is known already which threads they are of.
   */
  advance(most = Infinity): number {
    const { events, end } = this.trace;
    const { time, kind, thread, object, version, argument, site } = events;
    const from = this.#taken;
    const count = Math.min(events.count, from + most);
    if (events.count - Math.max(from, this.#counted) > WORTH_COUNTING) this.#reserve();
    for (let row = from; row < count; row++) {
      const at = time[row];
      if (at > this.#latest) this.#latest = at;
      const by = thread[row];
      const what = kind[row];
      const about = object[row];
      const track = (this.#threads[by] ??= new ThreadTrack(by as ThreadId, at, this.#listener));
      track.take(row, at, what, about, version[row], argument[row], site[row]);
      if (what === EventKind.onCore || this.#cores.any) this.#cores.take(events, row);
      if (about > 0) this.#touch(row, at, what, about, version[row], argument[row], site[row], by);
    }
    this.#taken = count;
    if (end !== undefined && this.isUpToDate) this.#latest = Math.max(this.#latest, end.durationNs);
    this.#settle();
    for (const track of this.#threads) track?.extend(this.#latest);
    this.#cores.extend(this.#latest);
    this.#views.clear();
    return count - from;
  }

  /** Whether all records that have come were taken in. */
  get isUpToDate(): boolean {
    return this.#taken === this.trace.events.count;
  }

  /** The latest time that was taken in, or the run's end. Nanoseconds since the run began. */
  get now(): number {
    return this.#latest;
  }

  /** How far the run goes, as far as that is known: ahead of `now` while not all was taken in. */
  get horizon(): number {
    return Math.max(this.#latest, this.trace.end?.durationNs ?? 0);
  }

  /** By `ThreadId`; those that have recorded something. */
  get threads(): readonly ThreadTrack[] {
    return this.#view("threads", () => this.#threads.filter((track) => track !== undefined));
  }

  thread(id: ThreadId): ThreadTrack | undefined {
    return this.#threads[id];
  }

  /** Those that the run's execution model pictured, also where nobody was on them; none of a run on real threads. */
  get cores(): readonly CoreTrack[] {
    return this.#cores.all(this.trace.head?.cores ?? 0);
  }

  /** By `ObjectId`. */
  get objects(): readonly ObjectTrack[] {
    return this.#view("objects", () => [...this.#objects.values()].sort((a, b) => a.id - b.id));
  }

  object(id: ObjectId): ObjectTrack | undefined {
    return this.#objects.get(id);
  }

  /** Objects of one kind, by `ObjectId`. */
  objectsOf(kind: ObjectKindName): readonly ObjectTrack[] {
    return this.#view(`kind ${kind}`, () => this.objects.filter((object) => object.kind === kind));
  }

  /** Whatever is held, by `ObjectId`. */
  get locks(): readonly ObjectTrack[] {
    return this.#view("locks", () => this.objects.filter(({ kind }) => isLock(kind)));
  }

  /** Channels, and whatever else messages pass through, by `ObjectId`. */
  get channels(): readonly ObjectTrack[] {
    return this.#view("channels", () =>
      this.objects.filter(({ kind }) => kind !== undefined && MESSAGE_KINDS.includes(kind)),
    );
  }

  /** What a person calls the object. */
  nameOf(id: ObjectId): string {
    return (
      this.#view("names", () => objectNames(this.trace, this.objects)).get(id) ?? `object ${id}`
    );
  }

  /** Undefined while it is not known: its `create` record may still be on its way. */
  kindOf(id: ObjectId): ObjectKindName | undefined {
    return this.#objects.get(id)?.kind;
  }

  /** Text of a label or region: `argument` and `site` as its record or span has them. */
  textOf(argument: number, site: number): string {
    return this.trace.strings.get(argument) ?? this.trace.site(site as SiteId)?.name ?? "";
  }

  /**
   * Who held a lock: `value` is the thread, `site` where it took it. Does not overlap: of several readers the one that began
   * last is told, each thread's own `holdings` have them all.
   */
  held(lock: ObjectId): Spans {
    return this.#view(`held ${lock}`, () => {
      const references = this.#objects.get(lock)?.held;
      if (references === undefined) return NO_SPANS;
      return withoutOverlap(spansInOrder(references, (by) => this.#threads[by]?.holdings));
    });
  }

  /** The same with all readers, for as long as each of them read: may overlap. */
  holders(lock: ObjectId): Spans {
    return this.#view(`holders ${lock}`, () => {
      const references = this.#objects.get(lock)?.held;
      if (references === undefined) return NO_SPANS;
      return spansInOrder(references, (by) => this.#threads[by]?.holdings);
    });
  }

  /** Who waited for an object: `value` is the thread, `other` whom it waited for at first (-1: nobody). May overlap. */
  waits(object: ObjectId): Spans {
    return this.#view(`waits ${object}`, () => {
      const references = this.#objects.get(object)?.waits;
      if (references === undefined) return NO_SPANS;
      return spansInOrder(references, (by) => this.#threads[by]?.states);
    });
  }

  /** How many threads waited for an object at a time: above 0, it was contended. */
  queue(object: ObjectId): StepColumns {
    return this.#view(`queue ${object}`, () => overlapping([this.waits(object)]));
  }

  messages(channel: ObjectId): Messages {
    return this.#view(`messages ${channel}`, () =>
      (this.#objects.get(channel)?.messages ?? NO_MESSAGES).inOrder(this.trace.events),
    );
  }

  /** Pipes, each direction of connections, and listeners, by `ObjectId`. */
  get wires(): readonly ObjectTrack[] {
    return this.#view("wires", () =>
      this.objects.filter(({ kind }) => kind !== undefined && WIRE_KINDS.includes(kind)),
    );
  }

  /** What went through a pipe or one direction of a connection. */
  parcels(wire: ObjectId): Parcels {
    return this.#view(`parcels ${wire}`, () => parcelsOf(this.trace.events, this.#rowsOf(wire)));
  }

  /** When a pipe, a connection or a listener was ready for who polled it. */
  readiness(source: ObjectId): Readiness {
    return this.#view(`ready ${source}`, () =>
      readinessOf(this.trace.events, this.#rowsOf(source), this.#latest),
    );
  }

  #rowsOf(object: ObjectId): Int32Array {
    return this.#objects.get(object)?.stream?.inOrder() ?? NO_ROWS;
  }

  /** How many messages were in a channel's queue at a time. */
  depth(channel: ObjectId): StepColumns {
    return this.#view(`depth ${channel}`, () => queueDepth(this.messages(channel)));
  }

  /** How many threads were in a state at a time: running, for how parallel the program was. */
  threadsIn(state: ThreadState): StepColumns {
    return this.#view(`in ${state}`, () =>
      overlapping(
        this.threads.map((track) => track.states),
        (spans, row) => spans.value[row] === state,
      ),
    );
  }

  #view<T>(name: string, make: () => T): T {
    if (!this.#views.has(name)) this.#views.set(name, make());
    return this.#views.get(name) as T;
  }

  #object(id: number): ObjectTrack {
    let track = this.#objects.get(id);
    if (track === undefined) this.#objects.set(id, (track = new ObjectTrack(id as ObjectId)));
    return track;
  }

  #touch(
    row: number,
    time: number,
    kind: number,
    object: number,
    version: number,
    argument: number,
    site: number,
    thread: number,
  ): void {
    const track = this.#object(object);
    switch (kind) {
      case EventKind.create:
        track.create(time, thread, version, argument, site);
        return;
      case EventKind.block:
      case EventKind.capacity:
        return;
      case EventKind.send:
        (track.messages ??= new MessageColumns()).sent(argument, row);
        break;
      case EventKind.receive:
        (track.messages ??= new MessageColumns()).received(argument, row);
        break;
      case EventKind.connect:
        (track.messages ??= new MessageColumns()).sent(argument, row);
        (track.stream ??= new OrderedRows()).take(row, version);
        break;
      case EventKind.accept:
        (track.messages ??= new MessageColumns()).received(argument, row);
        (track.stream ??= new OrderedRows()).take(row, version);
        break;
      case EventKind.ready:
        track.polled = true;
        (track.stream ??= new OrderedRows()).take(row, version);
        break;
      case EventKind.bytesWritten:
      case EventKind.bytesRead:
      case EventKind.writeRefused:
      case EventKind.readRefused:
      case EventKind.writerClosed:
      case EventKind.readerClosed:
      case EventKind.listenerClosed:
        (track.stream ??= new OrderedRows()).take(row, version);
        break;
      case EventKind.dropSender:
      case EventKind.dropReceiver:
      case EventKind.cloneSender:
      case EventKind.cloneReceiver:
        track.end(kind, version, argument);
        break;
    }
    track.use(thread, kind);
  }

  /** Waits of which it was not known what for. */
  #settle(): void {
    this.#unsettled = this.#unsettled.filter(([thread, row]) => {
      const track = this.#threads[thread]!;
      const kind = this.#objects.get(track.states.object[row])?.kind;
      if (kind !== undefined) settle(track, row, kind);
      return kind === undefined;
    });
  }

  /** Looks once through many records, so that no thread's columns have to grow while they are taken in. */
  #reserve(): void {
    const { time, kind, thread, count } = this.trace.events;
    const counts: (Room | undefined)[] = [];
    const from = Math.max(this.#taken, this.#counted);
    this.#counted = count;
    for (let row = from; row < count; row++) {
      const room = (counts[thread[row]] ??= { ...NO_ROOM, first: time[row] });
      room.events++;
      switch (kind[row]) {
        case EventKind.block:
        case EventKind.sleep:
        case EventKind.stall:
        case EventKind.onCore:
          room.states += 2; // it, and the running that follows
          break;
        case EventKind.offCore:
          room.states++;
          break;
        case EventKind.lock:
        case EventKind.readLock:
        case EventKind.writeLock:
          room.holdings++;
          break;
        case EventKind.regionBegin:
          room.regions++;
          break;
      }
    }
    counts.forEach((room, id) => {
      if (!room) return;
      const track = (this.#threads[id] ??= new ThreadTrack(
        id as ThreadId,
        room.first,
        this.#listener,
      ));
      track.reserve(room);
    });
  }
}

/** What is held. */
export const isLock = (kind: ObjectKindName | undefined): boolean =>
  kind === "mutex" || kind === "rwlock";

/** A wait for a lock is "blocked", any other is "waiting": known as soon as the object's kind is. */
function settle({ states }: ThreadTrack, row: number, kind: ObjectKindName): void {
  if (isLock(kind)) states.value[row] = ThreadState.blocked;
}

/** Fewer new records than these are taken in as they come. */
const WORTH_COUNTING = 4096;
const NO_ROOM = { first: 0, events: 0, states: 0, holdings: 0, regions: 0 };
type Room = typeof NO_ROOM;

const NO_SPANS: Spans = new SpanColumns(0);
const NO_MESSAGES = new MessageColumns();
const NO_ROWS = new Int32Array(0);
