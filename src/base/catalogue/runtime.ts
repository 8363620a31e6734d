/**
 * What a running program is told: TL2xxx. TL2000–TL2099 are the errors that programs can catch, with the classes of
 * `threadloom:std`; TL2100 and above are what the engines say of a run.
 */
import { message } from "./message.ts";

export const RUNTIME_MESSAGES = {
  assertionFailed: message({
    code: "TL2001",
    text: "Assertion failed: {condition}",
    remedy: "Look at what the threads did just before this moment on the timeline.",
    explanation:
      "`assert(condition, message)` throws an AssertionError where its condition does not hold. The run's verdict is then " +
      "`assertion`, even where the program catches the error: an assertion says what must always be true.",
    values: ["condition"],
  }),
  threadPanicked: message({
    code: "TL2002",
    text: "{thread} panicked: {reason}",
    remedy: "The exception itself is this error's `cause`, with its own stack.",
    explanation:
      "An exception that leaves a thread's body ends that thread: it panics. Whoever joins the thread gets a PanicError " +
      "whose `cause` is the exception, and has dealt with the panic. One that nobody joins for until the program ends is " +
      "the run's verdict, `panic`. `scope` joins all of its threads, then throws the panic of the one spawned first.",
    values: ["thread", "reason"],
  }),
  lockPoisoned: message({
    code: "TL2003",
    text: "{lock} is poisoned: an exception passed through the block that held it, at {place}.",
    remedy:
      "Make what it protects whole again: catch this error, take the lock with `error.recover()`, repair the value, then " +
      "call `clearPoison()`.",
    explanation:
      "A thread that throws while it holds a lock may leave what the lock protects half-made. So the lock is poisoned, and " +
      "later locks throw a PoisonError instead of handing out a value that cannot be trusted. Only an exception that " +
      "passes through the block of a `using` poisons; `unlock()` and `drop()` never do.\n\n" +
      "```ts\ntry {\n  using guard = stock.lock();\n} catch (error) {\n  if (!(error instanceof PoisonError)) throw error;\n" +
      "  using guard = error.recover();\n  guard.value = EMPTY;\n  stock.clearPoison();\n}\n```",
    values: ["lock", "place"],
  }),
  noReceiver: message({
    code: "TL2004",
    text: "Nobody can receive from {channel} any more: its last receiver was dropped.",
    remedy:
      "Keep a receiver alive as long as something is sent, or use `trySend`, which says `closed` instead of throwing.",
    explanation:
      "A message to a channel without a receiver would never be read, so `send` throws a ChannelClosedError. A receiver is " +
      "dropped by `drop`, by the end of a `using` block, and by the end of the thread that owns it, a panic included.",
    values: ["channel"],
  }),
  noSender: message({
    code: "TL2005",
    text: "Nothing comes from {channel} any more: its last sender was dropped, and no message is left.",
    remedy:
      "Loop with `for (const message of rx)`, which ends by itself, or use `tryRecv` or `recvFor`.",
    explanation:
      "A channel closes when its last sender is dropped: by `drop`, by the end of a `using` block, or by the end of the " +
      "thread that owns it. Messages that were sent before still arrive; after them, `recv` throws a ChannelClosedError.",
    values: ["channel"],
  }),
  moved: message({
    code: "TL2006",
    text: "{handle} is used at {place}, but it moved to another thread at {moved}.",
    remedy: "Move a `clone()` instead and keep this one, or use it before it moves.",
    explanation:
      "Channel ends and join handles have one owner. A thread that captures one, or gets one in a message, takes it over; " +
      "from then on it is gone for the thread that gave it away. `clone()` makes a second sender or receiver of the same " +
      "channel.\n\n```ts\nconst own = tx.clone();\nspawn(() => own.send(1));\ntx.send(2); // still ours\n```",
    values: ["handle", "place", "moved"],
  }),
  dropped: message({
    code: "TL2007",
    text: "{handle} is used at {place}, but it was dropped at {dropped}.",
    remedy: "Use it before it is dropped, or keep a `clone()`.",
    explanation:
      "`drop`, `handle.drop()` and the end of a `using` block end the life of a handle. Dropping it once more does nothing; " +
      "any other use throws a MovedError that names both places.",
    values: ["handle", "place", "dropped"],
  }),
  released: message({
    code: "TL2008",
    text: "The guard of {lock} is used at {place}, but it was released at {released}.",
    remedy: "Lock again, or release the guard later: with `using`, the end of the block does it.",
    explanation:
      "A guard gives access to what its lock protects while the lock is held. After `unlock()`, `drop(guard)` or the end of " +
      "its `using` block another thread may hold the lock, so that `guard.value` and a second `unlock()` throw a MovedError.",
    values: ["lock", "place", "released"],
  }),
  notSend: message({
    code: "TL2009",
    text: "{path} cannot cross to another thread: it is {what}.",
    remedy:
      "Make it inside the thread that uses it, or pass the plain data that is needed to make it there.",
    explanation:
      "What a thread captures, a message holds or a lock protects crosses by copy. Plain data, instances of your own " +
      "classes and functions of your own files can be copied; locks, conditions and atomics are shared; channel ends and " +
      "join handles move. Native and bound functions, functions of npm packages, generators in flight, promises, guards, " +
      "and sockets and handles of Node's own modules belong to the thread that made them.",
    values: ["path", "what"],
  }),
  badDuration: message({
    code: "TL2010",
    text: "{value} is no duration for `{operation}`.",
    remedy: "Give milliseconds: a number from 0, fractions allowed.",
    explanation: "Durations and time-outs are milliseconds everywhere in `threadloom:std`.",
    values: ["value", "operation"],
  }),
  badCapacity: message({
    code: "TL2011",
    text: "{value} is no capacity for a channel.",
    remedy: "Give an integer from 0, or use `channel()` for a queue without a limit.",
    explanation:
      "`syncChannel(n)` holds at most n messages. With 0 it holds none: sender and receiver meet, and a message passes from " +
      "hand to hand.",
    values: ["value"],
  }),
  tooManyThreads: message({
    code: "TL2012",
    text: "A thread more than {limit} cannot be started while that many run.",
    remedy: "Join some before you spawn more, or let fewer threads take their work from a channel.",
    explanation:
      "Each thread is a real worker with a heap of its own, about 11 MB. A program that wants thousands of tasks wants a " +
      "few threads that share a queue of jobs.",
    values: ["limit"],
  }),
  notAnInteger: message({
    code: "TL2013",
    text: "`{operation}` takes {expected}, and got {value}.",
    remedy: "Convert the value first: `Math.trunc(n)` for AtomicI32, `BigInt(n)` for AtomicI64.",
    explanation:
      "Atomics live in machine words. AtomicI32 takes numbers and keeps their low 32 bits as `| 0` does; AtomicI64 takes " +
      "bigint.",
    values: ["operation", "expected", "value"],
  }),
  wrongGuard: message({
    code: "TL2014",
    text: "`{operation}` needs a guard of a mutex that is held, and got {value}.",
    remedy: "Pass the guard that `lock()` gave, before it is released.",
    explanation:
      "A condition gives the guard's lock back while it waits and takes it again afterwards: it cannot do so with anything " +
      "but a live guard.",
    values: ["operation", "value"],
  }),
  cannotBeShared: message({
    code: "TL2016",
    text: "`{place}` cannot hold {what}: @shared memory has numbers, booleans, strings, bigints, plain objects and arrays of them.",
    remedy: "Put the value into a Mutex, or share the plain data in it.",
    explanation:
      "Every field and element of a `@shared` variable is a cell of its own, so that each access is one event. That works " +
      "for plain data. An instance of a class, a function, a Map or a Date has rules of its own that single cells cannot keep; " +
      "a Mutex protects such a value as a whole.",
    values: ["place", "what"],
  }),
  fixedShape: message({
    code: "TL2017",
    text: "`{place}` has no `{name}`: the shape of a @shared object is fixed when it is made.",
    remedy: "Give the object all its fields where it is declared, or use an array, which can grow.",
    explanation:
      "A field of a `@shared` object is a cell that all threads know. Adding one later would change the shape under their " +
      "feet, so an object keeps the fields that it was made with. Arrays may grow and shrink.",
    values: ["place", "name"],
  }),
  sharedEscapes: message({
    code: "TL2018",
    text: "`{place}` is an object in @shared memory, and a reference to it cannot be taken.",
    remedy: "Use its fields by their path, or take a copy with `snapshot({place})`.",
    explanation:
      "A `@shared` variable is used by paths that begin with its name (`s.x`, `s.a[i]`), so that every access can be seen. A " +
      "reference kept in a variable, passed to a function or returned would hide accesses. `snapshot(s)` reads every cell " +
      "once and gives a plain copy.",
    values: ["place"],
  }),
  spent: message({
    code: "TL2030",
    text: "{handle} is used at {place}, but its one message passed at {spent}.",
    remedy: "Use a channel where more than one message is to pass.",
    explanation:
      "A one-shot carries one message. Sending it uses the sender up, receiving it the receiver: any further use throws a " +
      "MovedError that names both places.",
    values: ["handle", "place", "spent"],
  }),
  badCount: message({
    code: "TL2019",
    text: "{value} is no number for `{operation}`.",
    remedy: "Give a whole number from {least} to {most}.",
    explanation:
      "What is counted in `threadloom:std` (permits, parties, threads, ways to choose from) lives in machine words: whole " +
      "numbers, and none of them below what makes sense.",
    values: ["value", "operation", "least", "most"],
  }),
  notACase: message({
    code: "TL2031",
    text: "`select` needs cases, and got {value}.",
    remedy:
      "Give an array of `rx.case(…)`, `tx.case(…)`, `timeout(…)` and `otherwise(…)`, with at least one of them.",
    explanation:
      "A select takes one of the operations that its cases name. A case is made by `case` of a sender or a receiver, by " +
      "`timeout` or by `otherwise`; making it does nothing yet.",
    values: ["value"],
  }),
  badPreference: message({
    code: "TL2020",
    text: "{value} is nobody whom an RwLock could prefer.",
    remedy: "Give one of {preferences}, or leave it out.",
    explanation:
      "Who waits for a lock for reading and writing is served in order (`fair`, the default), or writers before readers " +
      "(`writers`), or readers before writers (`readers`, under which writers may wait for ever).",
    values: ["value", "preferences"],
  }),
  poolClosed: message({
    code: "TL2021",
    text: "{pool} takes no more jobs: it was shut down.",
    remedy:
      "Submit before `shutdown()`, or before the end of the block whose `using` declares the pool.",
    explanation:
      "`shutdown` waits for all jobs that were submitted and ends the pool's threads. The end of a `using` block does the " +
      "same.",
    values: ["pool"],
  }),
  localOfItself: message({
    code: "TL2035",
    text: "The `init` of {local} asks for the value that it is making.",
    remedy: "Make the value without `get()` of the same ThreadLocal.",
    explanation:
      "`get()` of a ThreadLocal runs its `init` once in each thread, when there is no value yet. If `init` asks for that value " +
      "itself, there is none to give.",
    values: ["local"],
  }),
  movesToMany: message({
    code: "TL2032",
    text: "What several receive cannot hold a {what}: it moves, and there is only one of it.",
    remedy:
      "Send it through a channel, to one receiver; or put into the message what each of them needs to know.",
    explanation:
      "Every subscriber of a broadcast and every reader of a watch gets a copy of the value. Channel ends and join handles " +
      "have one owner and are never copied, so such a value cannot hold them.",
    values: ["what"],
  }),
  lagged: message({
    code: "TL2033",
    text: "This subscriber of {broadcast} was too slow: it missed {missed}.",
    remedy:
      "Receive again: what is left follows. Give the broadcast more capacity, or receive more often.",
    explanation:
      "A broadcast keeps its last messages, as many as its capacity, and never waits for anybody. A subscriber that is " +
      "further behind is told once how many messages it has missed, by a LaggedError, and goes on with the oldest that is " +
      "left.",
    values: ["broadcast", "missed"],
  }),
  badBroadcast: message({
    code: "TL2034",
    text: "{value} is no capacity for a broadcast.",
    remedy: "Give an integer from 1 to {most}: how many messages a subscriber may be behind.",
    explanation:
      "`broadcast(n)` keeps its last n messages for subscribers that have yet to receive them. It needs to keep one at least.",
    values: ["value", "most"],
  }),
} as const;
