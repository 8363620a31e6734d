/**
 * The memory of one native run: a head of words that the engine shares, the table of threads, then the heap.
 */
import { SHARED_LIST_WORDS } from "../heap.ts";

/** Words of the head, by index. Word 0 is never used: address 0 means "nowhere". */
export const RunWord = {
  /** How many words there are; a thread that sees more than its view has makes a new view. */
  LENGTH: 1,
  /** The first word that nobody has. */
  TOP: 2,
  NEXT_OBJECT: 3,
  NEXT_THREAD: 4,
  NEXT_STRING: 5,
  /** Threads that run or are about to: spawned, not ended, and not parked without a time. 0: nothing can move. */
  RUNNING: 6,
  /** Threads that were spawned and have not ended, main not counted. */
  ALIVE: 7,
  ENDED: 8,
  /** Counts spawns: workers without a thread wait on it. */
  SPAWNS: 9,
  /** A lock word, then first and last of the threads that wait for a worker (thread + 1). */
  PENDING_LOCK: 10,
  PENDING_FIRST: 11,
  PENDING_LAST: 12,
  PENDING_COUNT: 13,
  /** Workers that wait for a thread. */
  IDLE: 14,
  /** Set by the runner when every thread has ended: main's worker looks at the conditions. */
  CONDITIONS: 15,
  /** Address of the console. */
  CONSOLE: 16,
  /** 0: the run is not recorded. */
  TRACED: 17,
  /** Messages that workers have posted: the runner judges a run when it has heard them all. */
  SAID: 18,
  /** Address of the control (`control/words.ts`); 0: the run is free. */
  CONTROL: 19,
  /** Counts what threads call the runner for (`rounds.ts`). */
  CALLS: 20,
  /** Counts the runner's rounds: a thread that sees a new one knows that its ring has been emptied. */
  ROUNDS: 21,
  /** Address of the ports; 0: the program has no network. */
  PORTS: 22,
  /** The first of the wires and listeners that have changed (`network/changed.ts`). */
  CHANGED: 23,
  /** How many processes were started. */
  PROCESSES: 24,
  /** The last one that was started, linked to the one before it. */
  LAST_PROCESS: 25,
  /** How many numbers of threads are given to those of other processes, from the top. */
  FAR_THREADS: 26,
  /** Address of a word for each name that objects may have: how many have it (`program/same-names.ts`). */
  NAMED: 27,
  /** The first of the rings that belong to workers rather than threads (`green/rings.ts`). */
  WORKER_RINGS: 28,
  /** Address of the process that the run is; 0: it is the program itself. */
  PROCESS: 29,
  SHARED_LISTS: 32,
} as const;

/** Threads a run may have in all, as many as a record can name. */
export const MAX_THREADS = 1 << 14;
/** Threads that may be alive at once beside main: a worker each. */
export const MAX_ALIVE = 256;

export const THREAD_TABLE = RunWord.SHARED_LISTS + SHARED_LIST_WORDS;
export const HEAP_START = THREAD_TABLE + MAX_THREADS;

/** Words of a thread's slot, a block whose address stands in the thread table. */
export const SlotWord = {
  /** What the thread parks on: one of `Park`. */
  PARK: 0,
  /** Next in the queue of the object that it is blocked on (thread + 1). */
  NEXT: 1,
  /** What it is blocked on, 0 if on nothing. */
  WAIT_OBJECT: 2,
  WAIT_OPERATION: 3,
  WAIT_SITE: 4,
  /** What a completed operation gave, and how it is recorded. */
  RESULT: 5,
  RESULT_EVENT: 6,
  RESULT_ARGUMENT: 7,
  RESULT_VERSION: 8,
  RESULT_TIME_LOW: 9,
  RESULT_TIME_HIGH: 10,
  /** Its object. */
  OBJECT: 11,
  /** The encoded body, 0 for main. */
  BODY: 12,
  PARENT: 13,
  /** Its ring, 0 until a worker has taken it. */
  RING: 14,
  /** 1 once it has ended. */
  ENDED: 15,
  /** Its waiter's node. */
  NODE: 16,
  /** Always 0: what a thread naps on that finds a word-lock taken. */
  NAP: 20,
  /** Its name, an encoded string; 0 for main. */
  NAME: 21,
  /** What its body is called with: the index of a `@thread` function, -1 for nothing. */
  ARGUMENT: 22,
  /** Where it stands in a controlled run (`control/words.ts`). */
  STAND: 23,
  /** Where its random numbers come from, and who it is in the trace that is followed (thread + 1). */
  SEED: 24,
  ROLE: 25,
  /** The ring of what it was given from outside, 0 until it was given anything. */
  INPUTS: 26,
  /** What the runner answers it, 0 until it does. */
  ANSWER: 27,
  /** Where it is told to whom it goes on, if it shares its worker (`waking.ts`); 0: it parks by itself. */
  CARRIER: 28,
  /** The next of those that its worker has been told of. */
  NEXT_WOKEN: 29,
} as const;
export const SLOT_WORDS = 30;

export const Park = {
  /** Blocked, and still looking. */
  BLOCKED: 0,
  /** Asleep until woken; not counted as running. */
  PARKED: 1,
  /** Asleep until woken or its time is up; counted as running. */
  PARKED_TIMED: 2,
  /** May step again. */
  RETRY: 3,
  /** Its operation was completed by another thread. */
  DONE: 4,
} as const;

/** Records a thread's ring holds: 192 kB. */
export const RING_CAPACITY = 8192;
