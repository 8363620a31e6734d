/**
 * The record of one event: six 32-bit words, written by the thread itself into its ring, kept as they are in the file.
 *
 * | word | bits  | what                                                                |
 * |------|-------|---------------------------------------------------------------------|
 * | 0    | 0–31  | time, low half (nanoseconds since the run began)                    |
 * | 1    | 0–23  | time, high part (56 bits in all: over two years)                    |
 * | 1    | 24–31 | kind of event (`EventKind`)                                         |
 * | 2    | 0–31  | object (`ObjectId`), 0 for none                                     |
 * | 3    | 0–31  | the object's version: its operations in order, without a gap        |
 * | 4    | 0–31  | argument (signed; meaning by kind, see `EventKind`)                 |
 * | 5    | 0–17  | site (`SiteId`; 0 for none)                                         |
 * | 5    | 18–31 | thread (`ThreadId`, at most 16,383)                                 |
 *
 * Records of one thread are in order of time. Across threads the order of two operations on one object is that of
 * their versions; stamps never contradict it (they are taken under the object's lock). Marks and
 * `stall` and `capacity` have version 0: they are no operations; nor are `create`, `block`, `onCore` and `select`, which use the word
 * otherwise.
 */
export const RECORD_WORDS = 6;
export const RECORD_BYTES = RECORD_WORDS * 4;
export const MAX_SITE = (1 << 18) - 1;
export const MAX_THREAD = (1 << 14) - 1;
/** The version of the end of a thread that was stopped from outside: after all else, as nobody knows what it had come to. */
export const STOPPED_VERSION = 0x3fff_ffff;

/**
 * Numbers in files: never change one, add at the end of a group. "argument" is word 4.
 *
 * A thread is *running* from `threadStart` to `threadEnd` but for these: from a `block` record until the thread's next
 * record it is *blocked* (or *waiting*, where it waits for an event rather than a holder: join, condition, receive);
 * from `sleep` until its next record it is *sleeping*; from `stall` for the time it tells it waited for the recorder.
 */
export const EventKind = {
  // ---- threads (object = the thread's own object)
  /** argument = the thread that spawned it, -1 for main. */
  threadStart: 1,
  /**
   * argument = 0 returned, 1 panicked, 2 stopped with its process. Last record of a thread, but for `drop…` of what it still
   * owned just before.
   */
  threadEnd: 2,
  /** object = the child's thread object; argument = the child's `ThreadId`. */
  spawn: 3,
  /** argument = the joined `ThreadId`. */
  join: 4,
  /** argument = what it asked for, in microseconds. */
  sleep: 5,
  yield: 6,
  /**
   * The thread cannot go on: object = what it is blocked on; argument = holder or awaited `ThreadId`, -1 for none;
   * version = the number of the operation in its kind of object, plus one (0: not told).
   */
  block: 7,
  /**
   * The ring was full: the thread waited for the collector for argument microseconds, from this record's time on. Stands
   * before the record that had to wait, with its time: what that one tells took effect before the wait.
   */
  stall: 8,

  // ---- objects
  /**
   * An object came to be: object; argument = index in `OBJECT_KINDS`. Site = where; its name is that site's name, unless
   * version is not 0: then it is the string with index version - 1 (a field `s.x` of a shared object).
   */
  create: 9,

  /** A question that changes nothing (`isPoisoned`, `isFinished`, a length). argument = the answer. */
  query: 10,

  /** The thread goes on after `sleep`. */
  wake: 11,

  // ---- cores of the model engine under an execution model, and workers that carry green threads (object 0); argument = which, from 0
  /**
   * The thread has the core from here on, until it is blocked, sleeps, ends, or has to leave. version = how many ticks it
   * had waited for a core since it could go on.
   */
  onCore: 12,
  /**
   * It leaves the core although it could go on: it is *runnable* until it has one again. version = 1 on real threads if it
   * yielded, rather than being interrupted; on the model engine a `yield` one tick before says so.
   */
  offCore: 13,

  // ---- locks (object = the mutex)
  /** The lock is held from here on. argument = 1 if it was poisoned (then it is not held), else 0. */
  lock: 16,
  /** A `tryLock` or `lockFor` that did not get it. argument = holder. */
  lockRefused: 17,
  /** argument = 1 if this poisoned it. */
  unlock: 18,
  clearPoison: 19,

  // ---- conditions (object = the condition)
  /** The thread gave up the mutex and waits. argument = `ObjectId` of the mutex. Followed by `block`. */
  conditionWait: 24,
  /** It was notified (argument 1) or timed out (argument 0); it now takes the mutex again (`lock` follows). */
  conditionWoken: 25,
  /** argument = the `ThreadId` woken, -1 for nobody. */
  notifyOne: 26,
  /** argument = how many. */
  notifyAll: 27,

  // ---- atomics and shared cells (object = the atomic, reference or cell); argument = the value, where it fits in 32 bits
  load: 32,
  store: 33,
  /** fetchAdd, swap, successful compareExchange …: argument = the value after. */
  update: 34,
  compareFailed: 35,
  atomicWait: 36,
  atomicNotify: 37,
  /** A plain `@shared` access: object = the cell. */
  read: 40,
  write: 41,

  // ---- channels (object = the channel)
  /** argument = number of the message in its channel, from 1. */
  send: 48,
  /** argument = number of the message. */
  receive: 49,
  /** A try or a timed send that did not go. argument = 0 full, 1 closed. */
  sendRefused: 50,
  /** A try or a timed receive that found nothing. argument = 0 empty, 1 closed. */
  receiveRefused: 51,
  /** `recv` or iteration observed that the channel is closed. */
  closed: 52,
  /** An end was dropped: argument = how many of its side are left. */
  dropSender: 53,
  dropReceiver: 54,
  cloneSender: 55,
  cloneReceiver: 56,
  /**
   * The next operations of this thread, `version` in number (at least one), were one step, a select's: the last is the case that
   * it took, `argument` its place among the cases; -1 where it took none. What comes before the last are cases that were
   * passed over by rule, or whose offer was withdrawn. No object.
   */
  select: 57,
  /** A subscriber of a broadcast was told that it missed messages. argument = how many. */
  lagged: 58,
  /** The channel that was made just before has room for so many messages: argument. Left out where it has no bounds. */
  capacity: 59,

  // ---- marks and output
  /** argument = index of a string in the string table, or -1: then the site's name is the text. */
  label: 64,
  /** argument = as for `label`; regions of one thread nest. */
  regionBegin: 65,
  regionEnd: 66,
  /** argument = number of the output line (`OutputLine.sequence`). */
  output: 67,
  /** An exception left the thread's body, or an assertion failed. argument = 0 panic, 1 assertion. */
  panic: 68,
  /** The lock whose `ObjectId` is argument is one that tasks await: it may be held across an await. */
  lockForTasks: 69,

  // ---- what a thread does by itself (object = the thread's own object)
  /** `choose` or `random`: argument = which it was, from 0. */
  choice: 80,
  /** It goes on: argument = 1 it was unparked, 0 its time was up. */
  park: 81,
  /** object = the other thread's; argument = its `ThreadId`. */
  unpark: 82,

  // ---- semaphores (object = the semaphore); argument = permits that are left
  acquire: 84,
  acquireRefused: 85,
  release: 86,

  // ---- barriers (object = the barrier)
  /** argument = how many of its generation are there now. */
  barrierArrive: 88,
  /** argument = the generation, from 0. */
  barrierPass: 89,

  // ---- latches and wait groups (object = one of these); argument = how many are left to come
  countDown: 92,
  /** More were announced (`add`). */
  countUp: 93,
  /** Seen at 0: argument = 0. */
  countReached: 94,

  // ---- locks for reading and writing (object = the lock); `lockRefused` and `clearPoison` are theirs as well
  /** It is held from here on. argument = 1 if it was poisoned (then it is not held), else 0. */
  readLock: 96,
  writeLock: 97,
  readUnlock: 98,
  /** argument = 1 if this poisoned it. */
  writeUnlock: 99,
  /** The thread stands in line from here on, and holds up others. argument = 0 to read, 1 to write. */
  lockRequest: 100,

  // ---- what is done once (object = the Once or OnceCell)
  /** The thread begins to do it. */
  onceBegin: 101,
  /** argument = 1 it is done, 0 it failed, and the next one tries. */
  onceEnd: 102,
  /** It was done already. */
  onceSeen: 103,

  // ---- pools (object = the pool)
  /** argument = how many jobs are queued now. */
  jobSubmit: 104,
  jobTake: 105,
  /** The pool takes no more jobs; all its threads are done. */
  poolClose: 106,
  poolEnd: 107,

  // ---- jobs of pools (object = the job)
  jobStart: 108,
  /** argument = 0 returned, 1 panicked. */
  jobEnd: 109,
  /** argument = the `ThreadId` that ran it. */
  jobJoin: 110,

  // ---- tasks of a thread (object 0): calls of async functions and async generators; argument = its number in the thread, from 1
  /** Its body begins to run, at the call: until it awaits, within whatever runs there. */
  taskBegin: 112,
  /** It awaits, at this place; what has called it, or the next job, goes on. */
  taskAwait: 113,
  /** What it awaits has come, by what stands at this place: it will go on. Left out where there was nothing to wait for. */
  taskWake: 114,
  /** It goes on, at the place where it awaited. */
  taskResume: 115,
  taskEnd: 116,

  // ---- variables of which each thread has its own (object = the variable)
  /** A thread makes its value, as it asks for it for the first time. argument = 0. */
  localMake: 120,

  // ---- collections (object = the collection); argument = the number of the entry in it, from 1
  insert: 124,
  /** The entry has another value now. */
  replace: 125,
  find: 126,
  remove: 127,
  /** A look-up, or a try to take something out, that found nothing. argument = 0. */
  findNothing: 128,
  /** There was no room. argument = 0. */
  insertRefused: 129,
  /** Something was added to a sum. argument = the low half of what. */
  countAdd: 132,

  // ---- pipes and connections (object = the pipe, or one direction of the connection)
  /** argument = how many bytes have been written in all, modulo 2^32. */
  bytesWritten: 136,
  /** argument = how many bytes have been read in all. As many as before: its end was seen. */
  bytesRead: 137,
  /** argument = 0 there is no room, 1 nobody reads any more. */
  writeRefused: 138,
  /** argument = 0 nothing is there, 1 the connection was reset. */
  readRefused: 139,
  /** Something is under way, and the network is not done with it yet. argument = 0. */
  late: 140,
  /**
   * A poll found it ready: argument = 1 to read or to accept, 2 to write, with 4 added where the other side is closed, and 8 times
   * its place among what was polled.
   */
  ready: 141,
  /** argument = 1 where it was reset rather than ended. */
  writerClosed: 142,
  /** argument = how many bytes nobody will read. */
  readerClosed: 143,

  // ---- listeners, and the ports that they have (object = the listener; for the first two all ports)
  /** argument = the port. */
  portBound: 144,
  /** argument = the port that is in use. */
  portRefused: 145,
  /** A look for who listens: argument = the port, negative where nobody does. */
  portFound: 146,
  portFreed: 147,
  /** argument = number of the connection at its listener, from 1. */
  connect: 148,
  /** Nobody listens any more. argument = 0. */
  connectRefused: 149,
  /** argument = number of the connection. */
  accept: 150,
  /** argument = 0. */
  acceptRefused: 151,
  /** argument = how many connections nobody will accept. */
  listenerClosed: 152,

  // ---- processes (object = the process); argument = the exit code, or less than zero, the signal that ended it
  /** It ends from here on: its main thread has nothing left to do, or a thread of it exits. */
  processEnd: 156,
  /** Seen ended, by who has waited for it. */
  processWait: 157,
  /** It was made to end: none of its threads makes a step from here on. */
  processKill: 158,
} as const;
export type EventKind = (typeof EventKind)[keyof typeof EventKind];

/** Kinds of object as traces name them; the index is what `create` records. Never change a number, add at the end. */
export const OBJECT_KINDS = [
  "thread",
  "mutex",
  "condvar",
  "atomic",
  "cell",
  "channel",
  "console",
  "oneshot",
  "semaphore",
  "barrier",
  "latch",
  "waitgroup",
  "rwlock",
  "watch",
  "broadcast",
  "once",
  "pool",
  "job",
  "atomicref",
  "notify",
  "threadlocal",
  "map",
  "queue",
  "stack",
  "counter",
  "process",
  "pipe",
  "connection",
  "listener",
  "ports",
] as const;
export type ObjectKindName = (typeof OBJECT_KINDS)[number];
