/** SEMANTICS, "Dependence (for exploring)", sentence by sentence: which pairs of operations on one object commute. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Address } from "../../src/base/brand.ts";
import { AtomicOperation, atomic, WaitResult } from "../../src/objects/atomic.ts";
import { barrier, BarrierOperation, PassResult } from "../../src/objects/barrier.ts";
import { broadcast, BroadcastOperation, LAGGED } from "../../src/objects/broadcast.ts";
import { cell, CellOperation, CellTag } from "../../src/objects/cell.ts";
import { channel, ChannelOperation } from "../../src/objects/channel.ts";
import { condvar, CondvarOperation } from "../../src/objects/condvar.ts";
import { console_, ConsoleOperation } from "../../src/objects/console.ts";
import { OUT_OF_RANGE } from "../../src/objects/count.ts";
import { latch, LatchOperation } from "../../src/objects/latch.ts";
import { LockResult, mutex, MutexOperation } from "../../src/objects/mutex.ts";
import { ReceiveResult, SendResult } from "../../src/objects/ends.ts";
import type { ObjectKind, Step } from "../../src/objects/object.ts";
import { oneshot, OneshotOperation } from "../../src/objects/oneshot.ts";
import { ParkResult, thread, ThreadOperation, ThreadOutcome } from "../../src/objects/thread.ts";
import { rwlock, RwLockOperation, RwLockResult } from "../../src/objects/rwlock.ts";
import { PermitResult, semaphore, SemaphoreOperation } from "../../src/objects/semaphore.ts";
import { waitGroup, WaitGroupOperation } from "../../src/objects/wait-group.ts";
import { watch, WatchOperation } from "../../src/objects/watch.ts";
import { EventKind } from "../../src/trace/event.ts";
import { SmallEngine } from "./small-engine.ts";

function step(
  operation: number,
  result = 0,
  event: EventKind = EventKind.query,
  argument = 0,
): Step {
  return { operation, a: 0, b: 0, result, event, argument };
}

const MESSAGE = 4711;
const OTHER = 4712;

const lock = step(MutexOperation.LOCK, LockResult.HELD, EventKind.lock);
const unlock = step(MutexOperation.UNLOCK, 0, EventKind.unlock);
const tried = step(MutexOperation.TRY_LOCK, LockResult.HELD, EventKind.lock);
const refusedLock = step(MutexOperation.TRY_LOCK, LockResult.REFUSED, EventKind.lockRefused);
const lockTimedOut = step(MutexOperation.LOCK, LockResult.REFUSED, EventKind.lockRefused);
const isPoisoned = step(MutexOperation.IS_POISONED);
const clearPoison = step(MutexOperation.CLEAR_POISON, 0, EventKind.clearPoison);

const load = step(AtomicOperation.LOAD, 1, EventKind.load);
const store = step(AtomicOperation.STORE, 0, EventKind.store);
const fetchAdd = step(AtomicOperation.ADD, 0, EventKind.update);
const exchanged = step(AtomicOperation.COMPARE_EXCHANGE, 0, EventKind.update);
const notExchanged = step(AtomicOperation.COMPARE_EXCHANGE, 0, EventKind.compareFailed);
const notEqual = step(AtomicOperation.WAIT, WaitResult.NOT_EQUAL, EventKind.atomicWait);
const waitTimedOut = step(AtomicOperation.WAIT, WaitResult.TIMED_OUT, EventKind.atomicWait);
const atomicNotify = step(AtomicOperation.NOTIFY, 0, EventKind.atomicNotify);

const read = step(CellOperation.READ, CellTag.INTEGER, EventKind.read);
const write = step(CellOperation.WRITE, 0, EventKind.write);

const send = (number: number): Step =>
  step(ChannelOperation.SEND, SendResult.SENT, EventKind.send, number);
const trySend = (number: number): Step =>
  step(ChannelOperation.TRY_SEND, SendResult.SENT, EventKind.send, number);
const full = step(ChannelOperation.TRY_SEND, SendResult.FULL, EventKind.sendRefused, 0);
const sendTimedOut = step(ChannelOperation.SEND, SendResult.FULL, EventKind.sendRefused, 0);
const sendToNobody = step(ChannelOperation.SEND, SendResult.CLOSED, EventKind.sendRefused, 1);
const receive = (number: number): Step =>
  step(ChannelOperation.RECEIVE, MESSAGE, EventKind.receive, number);
const tryReceive = (number: number): Step =>
  step(ChannelOperation.TRY_RECEIVE, OTHER, EventKind.receive, number);
const empty = step(ChannelOperation.TRY_RECEIVE, ReceiveResult.EMPTY, EventKind.receiveRefused);
const receiveTimedOut = step(
  ChannelOperation.RECEIVE,
  ReceiveResult.EMPTY,
  EventKind.receiveRefused,
);
const closed = step(ChannelOperation.RECEIVE, ReceiveResult.CLOSED, EventKind.closed);
const length = step(ChannelOperation.LENGTH);
const dropSender = step(ChannelOperation.DROP_SENDER, 1, EventKind.dropSender, 1);
const dropLastSender = step(ChannelOperation.DROP_SENDER, 0, EventKind.dropSender, 0);
const dropReceiver = step(ChannelOperation.DROP_RECEIVER, 1, EventKind.dropReceiver, 1);

const spawn = step(ThreadOperation.SPAWN, 0, EventKind.spawn);
const start = step(ThreadOperation.START, 0, EventKind.threadStart);
const end = step(ThreadOperation.END, 0, EventKind.threadEnd);
const join = step(ThreadOperation.JOIN, ThreadOutcome.RETURNED, EventKind.join);
const joinTimedOut = step(ThreadOperation.JOIN, ThreadOutcome.RUNNING, EventKind.query);
const isFinished = step(ThreadOperation.IS_FINISHED);
const unparked = step(ThreadOperation.PARK, ParkResult.UNPARKED, EventKind.park, 1);
const parkTimedOut = step(ThreadOperation.PARK, ParkResult.TIMED_OUT, EventKind.park, 0);
const unpark = step(ThreadOperation.UNPARK, 0, EventKind.unpark);
const chosen = step(ThreadOperation.CHOOSE, 1, EventKind.choice, 1);

const wait = step(CondvarOperation.WAIT, 0, EventKind.conditionWait);
const woken = step(CondvarOperation.AWAIT, 1, EventKind.conditionWoken, 1);
const waitGivenUp = step(CondvarOperation.AWAIT, 0, EventKind.conditionWoken, 0);
const notifyOne = step(CondvarOperation.NOTIFY_ONE, 1, EventKind.notifyOne);
const notifyAll = step(CondvarOperation.NOTIFY_ALL, 2, EventKind.notifyAll);

const acquire = step(SemaphoreOperation.ACQUIRE, PermitResult.DONE, EventKind.acquire);
const acquireMany = step(SemaphoreOperation.ACQUIRE_MANY, PermitResult.DONE, EventKind.acquire);
const noPermit = step(
  SemaphoreOperation.TRY_ACQUIRE,
  PermitResult.REFUSED,
  EventKind.acquireRefused,
);
const acquireTimedOut = step(
  SemaphoreOperation.ACQUIRE,
  PermitResult.REFUSED,
  EventKind.acquireRefused,
);
const release = step(SemaphoreOperation.RELEASE, PermitResult.DONE, EventKind.release);
const available = step(SemaphoreOperation.AVAILABLE, 1);

/** Of a barrier for three. */
const arrive = (generation: number, there: number): Step =>
  step(BarrierOperation.ARRIVE, generation, EventKind.barrierArrive, there);
const pass = (generation: number): Step =>
  step(BarrierOperation.PASS, PassResult.FOLLOWER, EventKind.barrierPass, generation);

/** One after the other, as long as the counts given do not go up. */
const countDown = (left: number): Step => ({
  ...step(LatchOperation.COUNT_DOWN, 0, EventKind.countDown, left),
  a: 1,
});
const belowZero = step(LatchOperation.COUNT_DOWN, OUT_OF_RANGE, EventKind.countDown, 0);
const opened = step(LatchOperation.WAIT, 0, EventKind.countReached);
const count = step(LatchOperation.COUNT, 1);

const add = step(WaitGroupOperation.ADD, 0, EventKind.countUp, 1);
const done = (left: number): Step => step(WaitGroupOperation.DONE, 0, EventKind.countDown, left);
const allDone = step(WaitGroupOperation.WAIT, 0, EventKind.countReached);

const { HELD, WAITING, REFUSED } = RwLockResult;
const readHeld = step(RwLockOperation.READ, HELD, EventKind.readLock);
const readGranted = step(RwLockOperation.GRANT_READ, HELD, EventKind.readLock);
const readUnlock = step(RwLockOperation.READ_UNLOCK, 0, EventKind.readUnlock);
const readWaits = step(RwLockOperation.READ, WAITING, EventKind.lockRequest);
const writeHeld = step(RwLockOperation.WRITE, HELD, EventKind.writeLock);
const writeWaits = step(RwLockOperation.WRITE, WAITING, EventKind.lockRequest, 1);
const writeUnlock = step(RwLockOperation.WRITE_UNLOCK, 0, EventKind.writeUnlock);
const noRead = step(RwLockOperation.TRY_READ, REFUSED, EventKind.lockRefused);
const noWrite = step(RwLockOperation.TRY_WRITE, REFUSED, EventKind.lockRefused);
const writeGivenUp = step(RwLockOperation.GRANT_WRITE, REFUSED, EventKind.lockRefused);

const print = step(ConsoleOperation.WRITE, 0, EventKind.output);

type Row = readonly [ObjectKind, Step, "commutes with" | "depends on", Step, number?];

function holds(sentence: string, rows: readonly Row[]): void {
  test(sentence, () => {
    for (const [kind, one, says, other, capacity = -1] of rows) {
      const engine = new SmallEngine();
      const at: Address = engine.create(kind, capacity);
      const message = [one, other]
        .map(({ operation, event }) => `${kind.operations[operation].name} (event ${event})`)
        .join(` ${says} `);
      const expected = says === "commutes with";
      assert.equal(kind.commutes(engine.words, at, one, other), expected, message);
      assert.equal(
        kind.commutes(engine.words, at, other, one),
        expected,
        `${message}, turned round`,
      );
    }
  });
}

holds("two operations on one object depend on each other, unless both are reads", [
  [cell, write, "depends on", write],
  [cell, write, "depends on", read],
  [cell, read, "commutes with", read],
  [atomic, store, "depends on", load],
  [atomic, store, "depends on", store],
  [mutex, clearPoison, "depends on", isPoisoned],
  [mutex, unlock, "depends on", isPoisoned],
]);

holds("loads are reads", [[atomic, load, "commutes with", load]]);

holds("queries are reads", [
  [mutex, isPoisoned, "commutes with", isPoisoned],
  [thread, isFinished, "commutes with", isFinished],
  [channel, length, "commutes with", length],
  [channel, length, "depends on", send(1)],
  [channel, length, "depends on", receive(1)],
  [thread, isFinished, "depends on", end],
]);

holds("every try that was refused or found nothing is a read", [
  [mutex, refusedLock, "commutes with", refusedLock],
  [mutex, refusedLock, "commutes with", isPoisoned],
  [mutex, refusedLock, "depends on", unlock],
  [mutex, tried, "depends on", unlock],
  [mutex, tried, "depends on", refusedLock],
  [channel, full, "commutes with", full, 1],
  [channel, full, "depends on", receive(1), 1],
  [channel, empty, "commutes with", empty],
  [channel, empty, "commutes with", length],
  [channel, empty, "depends on", send(1)],
  [channel, sendToNobody, "commutes with", sendToNobody],
  [channel, full, "commutes with", empty, 0],
  [atomic, notEqual, "commutes with", load],
  [atomic, notEqual, "depends on", store],
]);

holds("a failed compareExchange is a read", [
  [atomic, notExchanged, "commutes with", notExchanged],
  [atomic, notExchanged, "commutes with", load],
  [atomic, notExchanged, "depends on", store],
  [atomic, exchanged, "depends on", load],
  [atomic, exchanged, "depends on", notExchanged],
]);

holds("a time-out is a read", [
  [mutex, lockTimedOut, "commutes with", refusedLock],
  [mutex, lockTimedOut, "depends on", unlock],
  [channel, sendTimedOut, "commutes with", full, 1],
  [channel, sendTimedOut, "depends on", receive(1), 1],
  [channel, receiveTimedOut, "commutes with", empty],
  [channel, receiveTimedOut, "depends on", send(1)],
  [thread, joinTimedOut, "commutes with", isFinished],
  [thread, joinTimedOut, "commutes with", joinTimedOut],
  [thread, joinTimedOut, "depends on", end],
  [atomic, waitTimedOut, "commutes with", load],
  [atomic, waitTimedOut, "depends on", atomicNotify],
  [condvar, waitGivenUp, "commutes with", waitGivenUp],
  [condvar, waitGivenUp, "depends on", notifyOne],
]);

holds("but at capacity 0 a time-out withdraws what a try of the other side would have met", [
  [channel, sendTimedOut, "depends on", empty, 0],
  [channel, receiveTimedOut, "depends on", full, 0],
  [channel, sendTimedOut, "commutes with", full, 0],
  [channel, receiveTimedOut, "commutes with", empty, 0],
]);

holds("read-modify-write is a write, and values do not matter", [
  [atomic, fetchAdd, "depends on", fetchAdd],
  [atomic, fetchAdd, "depends on", load],
  [atomic, exchanged, "depends on", exchanged],
]);

holds("lock and unlock of one mutex do not commute", [
  [mutex, lock, "depends on", lock],
  [mutex, lock, "depends on", unlock],
  [mutex, unlock, "depends on", unlock],
]);

holds("two sends on one channel do not commute, two receives neither", [
  [channel, send(1), "depends on", send(2)],
  [channel, send(1), "depends on", trySend(2)],
  [channel, receive(1), "depends on", receive(2)],
  [channel, receive(1), "depends on", tryReceive(2)],
]);

holds("a send and a receive depend only through the message", [
  [channel, send(1), "depends on", receive(1)],
  [channel, send(1), "depends on", tryReceive(1)],
  [channel, send(2), "commutes with", receive(1)],
  [channel, send(2), "commutes with", tryReceive(1)],
  [channel, trySend(9), "commutes with", receive(1)],
  [channel, send(1), "depends on", receive(1), 0],
]);

holds("and through the capacity: a receive makes room for the send so many further on", [
  [channel, trySend(3), "depends on", receive(1), 2],
  [channel, trySend(3), "commutes with", receive(2), 2],
  [channel, trySend(2), "depends on", receive(1), 1],
  [channel, send(2), "commutes with", receive(1), 2],
]);

holds("sender drops commute, and observing closed follows them all", [
  [channel, dropSender, "commutes with", dropSender],
  [channel, dropSender, "commutes with", dropLastSender],
  [channel, closed, "depends on", dropSender],
  [channel, closed, "depends on", dropLastSender],
  [channel, empty, "depends on", dropLastSender],
  [channel, closed, "commutes with", closed],
]);

holds("drops of senders are indifferent to what is queued already", [
  [channel, send(1), "commutes with", dropSender],
  [channel, receive(1), "commutes with", dropLastSender],
]);

holds("a send that finds nobody depends on the drops of receivers", [
  [channel, sendToNobody, "depends on", dropReceiver],
  [channel, send(1), "depends on", dropReceiver],
  [channel, dropReceiver, "depends on", dropReceiver],
]);

holds("spawn, start, end and join add no choice", [
  [thread, spawn, "commutes with", start],
  [thread, start, "commutes with", join],
  [thread, start, "commutes with", isFinished],
  [thread, end, "commutes with", join],
  [thread, join, "commutes with", join],
]);

holds("parking and unparking of one thread depend on each other, and on nothing else", [
  [thread, unparked, "depends on", unpark],
  [thread, parkTimedOut, "depends on", unpark],
  [thread, unpark, "depends on", unpark],
  [thread, unpark, "commutes with", end],
  [thread, unpark, "commutes with", join],
  [thread, unpark, "commutes with", isFinished],
]);

holds("what a thread chooses concerns nobody else", [
  [thread, chosen, "commutes with", unpark],
  [thread, chosen, "commutes with", join],
  [thread, chosen, "commutes with", isFinished],
]);

holds(
  "waits and notifications of one condition depend on each other, being woken on no other's wait",
  [
    [condvar, wait, "depends on", wait],
    [condvar, wait, "depends on", notifyOne],
    [condvar, notifyOne, "depends on", notifyAll],
    [condvar, woken, "commutes with", woken],
    [condvar, woken, "commutes with", wait],
    [condvar, woken, "depends on", notifyOne],
  ],
);

const sendOnce = step(OneshotOperation.SEND, SendResult.SENT, EventKind.send, 1);
const receiveOnce = step(OneshotOperation.RECEIVE, MESSAGE, EventKind.receive, 1);
const notYet = step(OneshotOperation.TRY_RECEIVE, ReceiveResult.EMPTY, EventKind.receiveRefused);
const never = step(OneshotOperation.RECEIVE, ReceiveResult.CLOSED, EventKind.closed);
const dropUnsent = step(OneshotOperation.DROP_SENDER, 0, EventKind.dropSender);
const dropUnread = step(OneshotOperation.DROP_RECEIVER, 0, EventKind.dropReceiver);

holds("a one-shot is as a channel", [
  [oneshot, sendOnce, "depends on", receiveOnce],
  [oneshot, sendOnce, "depends on", notYet],
  [oneshot, sendOnce, "depends on", dropUnread],
  [oneshot, never, "depends on", dropUnsent],
  [oneshot, notYet, "depends on", dropUnsent],
  [oneshot, dropUnsent, "commutes with", dropUnread],
]);

holds("acquire and release of one semaphore do not commute", [
  [semaphore, acquire, "depends on", acquire],
  [semaphore, acquire, "depends on", acquireMany],
  [semaphore, acquire, "depends on", release],
  [semaphore, release, "depends on", release],
  [semaphore, acquire, "depends on", available],
  [semaphore, noPermit, "depends on", release],
  [semaphore, noPermit, "commutes with", acquireTimedOut],
  [semaphore, noPermit, "commutes with", available],
]);

holds("arrivals at one generation of a barrier commute", [
  [barrier, arrive(0, 2), "commutes with", arrive(0, 3), 3],
  [barrier, arrive(0, 2), "commutes with", arrive(0, 2), 3],
  [barrier, arrive(0, 3), "depends on", arrive(0, 3), 3],
  [barrier, arrive(0, 3), "depends on", arrive(1, 1), 3],
  [barrier, arrive(0, 1), "depends on", pass(0), 3],
  [barrier, arrive(1, 1), "commutes with", pass(0), 3],
  [barrier, pass(0), "commutes with", pass(0)],
  [barrier, pass(0), "commutes with", pass(1)],
]);

holds("arrivals at a latch commute", [
  [latch, countDown(1), "commutes with", countDown(0)],
  [latch, countDown(0), "depends on", opened],
  [latch, countDown(1), "depends on", count],
  [latch, opened, "commutes with", opened],
  [latch, opened, "commutes with", count],
]);

holds("but two that want the last count do not, nor one that finds it gone", [
  [latch, countDown(0), "depends on", countDown(0)],
  [latch, countDown(0), "depends on", belowZero],
  [latch, belowZero, "commutes with", belowZero],
]);

holds("arrivals at a wait group commute, `add` with nothing", [
  [waitGroup, done(1), "commutes with", done(0)],
  [waitGroup, done(0), "depends on", done(0)],
  [waitGroup, done(0), "depends on", allDone],
  [waitGroup, allDone, "commutes with", allDone],
  [waitGroup, add, "depends on", add],
  [waitGroup, add, "depends on", done(1)],
  [waitGroup, add, "depends on", allDone],
]);

holds("read-locks and read-unlocks of one RwLock commute", [
  [rwlock, readHeld, "commutes with", readHeld],
  [rwlock, readHeld, "commutes with", readUnlock],
  [rwlock, readGranted, "commutes with", readUnlock],
  [rwlock, readUnlock, "commutes with", readUnlock],
  [rwlock, readHeld, "depends on", writeHeld],
  [rwlock, readUnlock, "depends on", writeHeld],
  [rwlock, readHeld, "depends on", writeUnlock],
  [rwlock, readHeld, "depends on", noWrite],
  [rwlock, noRead, "commutes with", noWrite],
]);

holds("a request of an RwLock that must wait is an event of its own, and leaving the line is one", [
  [rwlock, readWaits, "depends on", readWaits],
  [rwlock, writeWaits, "depends on", readHeld],
  [rwlock, writeWaits, "depends on", readUnlock],
  [rwlock, writeGivenUp, "depends on", readHeld],
  [rwlock, writeGivenUp, "depends on", noRead],
  [rwlock, writeGivenUp, "depends on", writeGivenUp],
]);

const post = step(WatchOperation.SEND, SendResult.SENT, EventKind.send, 1);
const look = step(WatchOperation.GET, MESSAGE, EventKind.receive, 1);
const changed = step(WatchOperation.CHANGED, MESSAGE, EventKind.receive, 1);
const over = step(WatchOperation.CHANGED, ReceiveResult.CLOSED, EventKind.closed);
const dropPoster = step(WatchOperation.DROP_SENDER, 0, EventKind.dropSender);

holds("what is sent to a watch is seen by all, and they see nothing of each other", [
  [watch, post, "depends on", look],
  [watch, post, "depends on", changed],
  [watch, look, "commutes with", changed],
  [watch, changed, "commutes with", changed],
  [watch, changed, "commutes with", dropPoster],
  [watch, over, "depends on", dropPoster],
]);

const cast = (number: number): Step => step(BroadcastOperation.SEND, 2, EventKind.send, number);
const heard = (number: number): Step =>
  step(BroadcastOperation.RECEIVE, MESSAGE, EventKind.receive, number);
const missed = step(BroadcastOperation.RECEIVE, LAGGED, EventKind.lagged, 3);
const unheard = step(BroadcastOperation.TRY_RECEIVE, 0, EventKind.receiveRefused);
const subscribe = step(BroadcastOperation.SUBSCRIBE, 1, EventKind.cloneReceiver, 1);
const dropCaster = step(BroadcastOperation.DROP_SENDER, 1, EventKind.dropSender, 1);

holds("a broadcast depends through the message, and through the one that pushes it out", [
  [broadcast, cast(1), "depends on", cast(2), 2],
  [broadcast, cast(1), "depends on", heard(1), 2],
  [broadcast, cast(2), "commutes with", heard(1), 2],
  [broadcast, cast(3), "depends on", heard(1), 2],
  [broadcast, cast(9), "depends on", missed, 2],
  [broadcast, cast(1), "depends on", unheard, 2],
  [broadcast, cast(1), "depends on", subscribe, 2],
  [broadcast, heard(1), "commutes with", heard(1), 2],
  [broadcast, heard(1), "commutes with", missed, 2],
  [broadcast, cast(1), "commutes with", dropCaster, 2],
  [broadcast, unheard, "depends on", dropCaster, 2],
]);

holds("console output is one object, each call a write on it", [
  [console_, print, "depends on", print],
]);
