/**
 * What happens before what (SEMANTICS, Happens-before): the order that a program's own synchronisation gives, kept as vector
 * clocks (Mattern, "Virtual Time and Global States of Distributed Systems", 1989). It takes the events of a run one by one, in
 * an order that respects each object's own; where they come from, a trace or an execution under way, is not its business.
 */
import { EventKind } from "./event.ts";

/** How many steps of each thread are known, by thread; what is missing is 0. */
export type VectorClock = number[];

export interface HappenedEvent {
  readonly thread: number;
  readonly kind: EventKind;
  /** Any number that names the object, the same for all its events. */
  readonly object: number;
  readonly argument: number;
  /** The mutex that a condition's wait gives up. */
  readonly partner: number;
  /** Nobody else will take what it takes: what was known of that may be forgotten. */
  readonly takesLast?: boolean;
}

/** What an event does to the clocks of its thread and of its object. */
const Role = {
  /** It learns what the object knows. */
  ACQUIRES: 1,
  /** The object learns what it knows, beside what it knew. */
  RELEASES: 2,
  /** The object knows what it knows, and nothing else. */
  PUBLISHES: 4,
} as const;

/** Those for which one clock an object is enough. What is not here, and not below, orders nothing. */
const ROLES: Readonly<Partial<Record<EventKind, number>>> = {
  [EventKind.threadEnd]: Role.RELEASES,
  [EventKind.join]: Role.ACQUIRES,
  [EventKind.lock]: Role.ACQUIRES,
  [EventKind.unlock]: Role.RELEASES,
  [EventKind.load]: Role.ACQUIRES,
  [EventKind.compareFailed]: Role.ACQUIRES,
  [EventKind.atomicWait]: Role.ACQUIRES,
  [EventKind.update]: Role.ACQUIRES | Role.RELEASES,
  [EventKind.store]: Role.PUBLISHES,
  [EventKind.atomicNotify]: Role.RELEASES,
  [EventKind.unpark]: Role.RELEASES,
  [EventKind.park]: Role.ACQUIRES,
  [EventKind.acquire]: Role.ACQUIRES,
  [EventKind.release]: Role.RELEASES,
  [EventKind.countDown]: Role.RELEASES,
  [EventKind.countReached]: Role.ACQUIRES,
  [EventKind.dropSender]: Role.RELEASES,
  [EventKind.dropReceiver]: Role.RELEASES,
  [EventKind.closed]: Role.ACQUIRES,
  [EventKind.readLock]: Role.ACQUIRES,
  [EventKind.writeUnlock]: Role.RELEASES,
  [EventKind.onceEnd]: Role.RELEASES,
  [EventKind.onceSeen]: Role.ACQUIRES,
  [EventKind.countAdd]: Role.RELEASES,
  [EventKind.jobSubmit]: Role.RELEASES,
  [EventKind.jobTake]: Role.ACQUIRES,
  [EventKind.jobEnd]: Role.RELEASES,
  [EventKind.jobJoin]: Role.ACQUIRES,
  // Bytes are in order, so that who reads some has got all that were written before, and what was known then.
  [EventKind.bytesWritten]: Role.RELEASES,
  [EventKind.bytesRead]: Role.ACQUIRES,
  [EventKind.writerClosed]: Role.RELEASES,
  [EventKind.readerClosed]: Role.RELEASES,
  [EventKind.connect]: Role.RELEASES,
  [EventKind.accept]: Role.ACQUIRES,
  [EventKind.portBound]: Role.RELEASES,
  [EventKind.portFound]: Role.ACQUIRES,
};

const REFUSED_AS_CLOSED: ReadonlySet<EventKind> = new Set([
  EventKind.sendRefused,
  EventKind.receiveRefused,
]);

export class HappensBefore {
  /** By thread. */
  readonly #clocks: VectorClock[] = [];
  readonly #ofObjects = new Map<number, VectorClock>();
  /** By object, then number: of messages or entries, of a barrier's generations, of who waits on a condition. */
  readonly #numbered = new Map<number, Map<number, VectorClock>>();
  /** What those who read under a lock knew. */
  readonly #readers = new Map<number, VectorClock>();
  /** Threads that wait on a condition. */
  readonly #waiters = new Map<number, Set<number>>();
  readonly #generations = new Map<number, number>();
  /** Of channels that have one. */
  readonly #capacities = new Map<number, number>();
  /** By such a channel: what those knew who made room, by the message that has it. */
  readonly #rooms = new Map<number, Map<number, VectorClock>>();
  /** By a channel without any room: who sent a message. */
  readonly #senders = new Map<number, Map<number, number>>();

  /** As new, for another run. */
  reset(): void {
    this.#clocks.length = 0;
    this.#ofObjects.clear();
    this.#numbered.clear();
    this.#readers.clear();
    this.#waiters.clear();
    this.#generations.clear();
    this.#capacities.clear();
    this.#rooms.clear();
    this.#senders.clear();
  }

  /** What the thread knows, its own steps included. Changes as it goes on. */
  clockOf(thread: number): VectorClock {
    return (this.#clocks[thread] ??= startOf(thread));
  }

  /** Whether the step with which `thread` had come to `count` of its own is known to `other`. */
  knows(other: number, thread: number, count: number): boolean {
    return (this.clockOf(other)[thread] ?? 0) >= count;
  }

  /** Takes the next event. O(threads) for those that order something. */
  take(event: HappenedEvent): void {
    const { thread, kind, object, argument } = event;
    const clock = this.clockOf(thread);
    const role = ROLES[kind];
    if (role !== undefined) return this.#plays(role, clock, thread, object);
    switch (kind) {
      case EventKind.spawn:
        learn(this.clockOf(argument), clock);
        return this.#tick(clock, thread);
      case EventKind.capacity:
        this.#capacities.set(object, argument);
        return;
      case EventKind.send:
        return this.#sends(event);
      case EventKind.receive:
        return this.#receives(event);
      // Of an entry of a collection: before the look-ups that see it.
      case EventKind.insert:
        return this.#releaseInto(object, argument, event);
      case EventKind.replace:
        this.#acquireFrom(object, argument, event);
        return this.#releaseInto(object, argument, event);
      case EventKind.find:
      case EventKind.remove:
        return this.#acquireFrom(object, argument, event);
      // Readers do not wait for each other, so that nothing orders them.
      case EventKind.readUnlock:
        learn(clockIn(this.#readers, object), clock);
        return this.#tick(clock, thread);
      case EventKind.writeLock:
        learn(clock, this.#objectOf(object));
        return learn(clock, clockIn(this.#readers, object));
      case EventKind.barrierArrive:
        if (argument === 1) this.#generations.set(object, this.#generationOf(object) + 1);
        return this.#releaseInto(object, this.#generationOf(object), event);
      case EventKind.barrierPass:
        return this.#acquireFrom(object, argument, event);
      default:
        if (REFUSED_AS_CLOSED.has(kind) && argument === 1) learn(clock, this.#objectOf(object));
        else this.#condition(event, clock);
    }
  }

  /** After the receipt that made room for it. */
  #sends(event: HappenedEvent): void {
    const { object, argument, thread } = event;
    const capacity = this.#capacities.get(object);
    if (capacity === 0) {
      numbersIn(this.#senders, object).set(argument, thread);
    } else if (capacity !== undefined) {
      const rooms = numbersIn(this.#rooms, object);
      const room = rooms.get(argument);
      if (room !== undefined) learn(this.clockOf(thread), room);
      rooms.delete(argument);
    }
    this.#releaseInto(object, argument, event);
  }

  /** Without any room, sender and receiver meet: each knows what the other knew. */
  #receives(event: HappenedEvent): void {
    const { object, argument, thread } = event;
    this.#acquireFrom(object, argument, event);
    const capacity = this.#capacities.get(object);
    if (capacity === undefined) return;
    const clock = this.clockOf(thread);
    if (capacity === 0) {
      const senders = numbersIn(this.#senders, object);
      const sender = senders.get(argument);
      if (sender === undefined) return;
      learn(this.clockOf(sender), clock);
      senders.delete(argument);
    } else {
      numbersIn(this.#rooms, object).set(argument + capacity, [...clock]);
    }
    this.#tick(clock, thread);
  }

  #condition(event: HappenedEvent, clock: VectorClock): void {
    const { thread, kind, object, argument, partner } = event;
    switch (kind) {
      case EventKind.conditionWait:
        this.#waitersOf(object).add(thread);
        learn(this.#objectOf(partner), clock);
        return this.#tick(clock, thread);
      case EventKind.notifyOne:
      case EventKind.notifyAll: {
        const waiters = this.#waitersOf(object);
        const woken = kind === EventKind.notifyAll ? [...waiters] : [argument];
        for (const one of woken) {
          if (waiters.delete(one)) this.#releaseInto(object, one, event);
        }
        return;
      }
      case EventKind.conditionWoken:
        this.#waitersOf(object).delete(thread);
        this.#acquireFrom(object, thread, event);
        this.#numbered.get(object)?.delete(thread);
        return;
      default:
    }
  }

  #plays(role: number, clock: VectorClock, thread: number, object: number): void {
    const shared = this.#objectOf(object);
    if ((role & Role.ACQUIRES) !== 0) learn(clock, shared);
    if ((role & Role.PUBLISHES) !== 0) shared.length = 0;
    if ((role & (Role.RELEASES | Role.PUBLISHES)) === 0) return;
    learn(shared, clock);
    this.#tick(clock, thread);
  }

  #releaseInto(object: number, number: number, { thread }: HappenedEvent): void {
    const clock = this.clockOf(thread);
    const numbered = numbersIn(this.#numbered, object);
    const known = numbered.get(number);
    if (known === undefined) numbered.set(number, [...clock]);
    else learn(known, clock);
    this.#tick(clock, thread);
  }

  #acquireFrom(object: number, number: number, { thread, takesLast }: HappenedEvent): void {
    const numbered = this.#numbered.get(object);
    const known = numbered?.get(number);
    if (known === undefined) return;
    learn(this.clockOf(thread), known);
    if (takesLast === true) numbered!.delete(number);
  }

  /** What the thread does from here on is not known to whoever learnt from it. */
  #tick(clock: VectorClock, thread: number): void {
    clock[thread]++;
  }

  #objectOf(object: number): VectorClock {
    return clockIn(this.#ofObjects, object);
  }

  #waitersOf(object: number): Set<number> {
    let waiters = this.#waiters.get(object);
    if (waiters === undefined) this.#waiters.set(object, (waiters = new Set()));
    return waiters;
  }

  #generationOf(object: number): number {
    return this.#generations.get(object) ?? -1;
  }
}

function numbersIn<T>(all: Map<number, Map<number, T>>, object: number): Map<number, T> {
  let numbers = all.get(object);
  if (numbers === undefined) all.set(object, (numbers = new Map<number, T>()));
  return numbers;
}

function clockIn(clocks: Map<number, VectorClock>, object: number): VectorClock {
  let clock = clocks.get(object);
  if (clock === undefined) clocks.set(object, (clock = []));
  return clock;
}

function startOf(thread: number): VectorClock {
  const clock = new Array<number>(thread + 1).fill(0);
  clock[thread] = 1;
  return clock;
}

function learn(clock: VectorClock, from: VectorClock): void {
  for (let thread = 0; thread < from.length; thread++) {
    const count = from[thread] ?? 0;
    if (count > (clock[thread] ?? 0)) {
      while (clock.length < thread) clock.push(0);
      clock[thread] = count;
    }
  }
}
