/** SEMANTICS, Verdicts: "Who waits for whom". */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Address, ThreadId } from "../../src/base/brand.ts";
import { atomic, AtomicOperation } from "../../src/objects/atomic.ts";
import { channel, ChannelOperation } from "../../src/objects/channel.ts";
import { condvar, CondvarOperation } from "../../src/objects/condvar.ts";
import { END_WORDS, EndSide, EndWord } from "../../src/objects/ends.ts";
import { KINDS } from "../../src/objects/kinds.ts";
import { mutex, MutexOperation } from "../../src/objects/mutex.ts";
import { BLOCKED, Head } from "../../src/objects/object.ts";
import { OneshotOperation, OneshotWord } from "../../src/objects/oneshot.ts";
import { Prefer, rwlock, RwLockOperation } from "../../src/objects/rwlock.ts";
import { thread, ThreadOperation, ThreadOutcome } from "../../src/objects/thread.ts";
import { call, SmallEngine } from "./small-engine.ts";
import { endsOf, channelSubject } from "./subjects/channel.ts";
import { oneshotSubject } from "./subjects/oneshot.ts";
import { endsIn } from "./words.ts";

const [T0, T1, T2] = [0, 1, 2] as ThreadId[];

/** Blocks `waiting` in an operation and answers whom it then waits for. */
function awaited(
  engine: SmallEngine,
  waiting: ThreadId,
  at: Address,
  operation: number,
  a = 0,
): ThreadId[] {
  assert.equal(engine.perform(waiting, call(at, operation, a)), BLOCKED);
  return askAgain(engine, waiting, at, operation);
}

function askAgain(
  engine: SmallEngine,
  waiting: ThreadId,
  at: Address,
  operation: number,
): ThreadId[] {
  const kind = KINDS[engine.words[at + Head.KIND]];
  return kind.waitsFor(engine.words, at, operation, waiting).sort();
}

test("a lock waits for its holder, and for the next one when it changes hands", () => {
  const engine = new SmallEngine();
  const at = engine.create(mutex);
  engine.perform(T0, call(at, MutexOperation.LOCK));
  assert.deepEqual(awaited(engine, T2, at, MutexOperation.LOCK), [T0]);
  engine.perform(T0, call(at, MutexOperation.UNLOCK));
  engine.perform(T1, call(at, MutexOperation.LOCK));
  assert.equal(engine.again(T2), BLOCKED);
  assert.deepEqual(askAgain(engine, T2, at, MutexOperation.LOCK), [T1]);
});

test("whoever locks what it holds waits for itself", () => {
  const engine = new SmallEngine();
  const at = engine.create(mutex);
  engine.perform(T0, call(at, MutexOperation.LOCK));
  assert.deepEqual(awaited(engine, T0, at, MutexOperation.LOCK), [T0]);
});

test("a join waits for its thread", () => {
  const engine = new SmallEngine();
  const at = engine.create(thread, T2);
  assert.deepEqual(awaited(engine, T0, at, ThreadOperation.JOIN), [T2]);
  engine.perform(T2, call(at, ThreadOperation.END, ThreadOutcome.RETURNED));
  assert.deepEqual(askAgain(engine, T0, at, ThreadOperation.JOIN), []);
});

test("who wants to write waits for all who read; who wants to read behind a writer in line, for that one", () => {
  const engine = new SmallEngine();
  const at = engine.create(rwlock, Prefer.FAIR);
  for (const reader of [T0, T1, T0])
    engine.perform(reader, call(at, RwLockOperation.READ, engine.node()));
  const [writes, reads] = [engine.node(), engine.node()];
  engine.perform(T2, call(at, RwLockOperation.WRITE, writes));
  assert.deepEqual(awaited(engine, T2, at, RwLockOperation.GRANT_WRITE, writes), [T0, T1]);
  engine.perform(T1, call(at, RwLockOperation.READ, reads));
  assert.deepEqual(awaited(engine, T1, at, RwLockOperation.GRANT_READ, reads), [T2]);
});

test("whoever parks waits for nobody in particular", () => {
  const engine = new SmallEngine();
  const at = engine.create(thread, T2);
  assert.deepEqual(awaited(engine, T2, at, ThreadOperation.PARK), []);
});

for (const capacity of [-1, 0, 1]) {
  const name = capacity < 0 ? "without a limit" : `of capacity ${capacity}`;
  const subject = channelSubject(capacity);

  test(`a receive from a channel ${name} waits for the owners of the senders`, () => {
    const engine = new SmallEngine();
    const at = subject.create(engine);
    assert.deepEqual(awaited(engine, T0, at, ChannelOperation.RECEIVE, engine.node()), [
      T0,
      T1,
      T2,
    ]);
    const [sender] = endsOf(engine.words, at, T1, EndSide.SENDER);
    engine.perform(T1, call(at, ChannelOperation.DROP_SENDER, sender));
    assert.deepEqual(askAgain(engine, T0, at, ChannelOperation.RECEIVE), [T0, T2]);
  });

  test(`an end of a channel ${name} that travels in a message is nobody's`, () => {
    const engine = new SmallEngine();
    const at = subject.create(engine);
    const [sender] = endsOf(engine.words, at, T2, EndSide.SENDER);
    engine.words[sender + EndWord.OWNER] = 0;
    assert.deepEqual(awaited(engine, T0, at, ChannelOperation.RECEIVE, engine.node()), [T0, T1]);
  });
}

for (const capacity of [0, 1]) {
  test(`a send to a channel of capacity ${capacity} waits for the owners of the receivers`, () => {
    const engine = new SmallEngine();
    const at = channelSubject(capacity).create(engine);
    for (let i = 0; i < capacity; i++) {
      engine.perform(T0, call(at, ChannelOperation.SEND, engine.node()));
    }
    assert.deepEqual(awaited(engine, T0, at, ChannelOperation.SEND, engine.node()), [T0, T1, T2]);
    const clone = engine.allocate(END_WORDS);
    engine.perform(T1, call(at, ChannelOperation.CLONE_RECEIVER, clone));
    const before = askAgain(engine, T0, at, ChannelOperation.SEND);
    assert.deepEqual(before, [T0, T1, T2], "each is named once");
    for (const end of endsOf(engine.words, at, T1, EndSide.RECEIVER)) {
      engine.perform(T1, call(at, ChannelOperation.DROP_RECEIVER, end));
    }
    assert.deepEqual(askAgain(engine, T0, at, ChannelOperation.SEND), [T0, T2]);
  });
}

test("a receive from a one-shot waits for the owner of the sender, while there is one", () => {
  const engine = new SmallEngine();
  const at = oneshotSubject.create(engine);
  const [receiver] = endsIn(engine.words, at + OneshotWord.ENDS, T1, EndSide.RECEIVER);
  assert.deepEqual(awaited(engine, T1, at, OneshotOperation.RECEIVE, receiver), [T0]);
  const [sender] = endsIn(engine.words, at + OneshotWord.ENDS, T0, EndSide.SENDER);
  engine.words[sender + EndWord.OWNER] = T2 + 1;
  assert.deepEqual(askAgain(engine, T1, at, OneshotOperation.RECEIVE), [T2]);
  engine.perform(T2, call(at, OneshotOperation.DROP_SENDER, sender));
  assert.deepEqual(askAgain(engine, T1, at, OneshotOperation.RECEIVE), []);
});

test("a condition names nobody", () => {
  const engine = new SmallEngine();
  const [at, lock, node] = [engine.create(condvar), engine.create(mutex), engine.node()];
  engine.perform(T0, call(lock, MutexOperation.LOCK));
  engine.perform(T0, call(at, CondvarOperation.WAIT, lock, node));
  assert.deepEqual(awaited(engine, T0, at, CondvarOperation.AWAIT, node), []);
});

test("an atomic names nobody", () => {
  const engine = new SmallEngine();
  const at = engine.create(atomic);
  engine.perform(T0, call(at, AtomicOperation.LOAD));
  assert.equal(engine.perform(T0, call(at, AtomicOperation.WAIT, 0, engine.node())), BLOCKED);
  assert.deepEqual(askAgain(engine, T0, at, AtomicOperation.WAIT), []);
});

test("a channel that was made fresh has one sender and one receiver", () => {
  const engine = new SmallEngine();
  const at = engine.create(channel, -1);
  assert.equal(engine.perform(T0, call(at, ChannelOperation.LENGTH)), 0);
  assert.equal(engine.perform(T0, call(at, ChannelOperation.DROP_SENDER)), 0);
  assert.equal(engine.perform(T0, call(at, ChannelOperation.DROP_RECEIVER)), 0);
});
