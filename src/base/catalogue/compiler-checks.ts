/** What the checks of a program's text say: TL13xx. */
import { message } from "./message.ts";

export const CHECK_MESSAGES = {
  notSend: message({
    code: "TL1301",
    text: "`{path}` is {what}, which cannot cross to another thread: {why}.",
    remedy: "{remedy}",
    explanation:
      "Every thread has a memory of its own. What a thread captures, sends, returns or puts into a lock is shared (a Mutex, an " +
      "atomic …), moved (an end of a channel, a JoinHandle) or copied (plain data, instances of your own classes). Types tell " +
      "that this can be neither, so that it would be refused when the program runs. The path leads to it from what was to " +
      "cross; what a thread reaches through functions that it calls is captured, too.\n\n" +
      "```ts\nconst job = { id: 1, reply: Promise.resolve(2) };\nspawn(() => console.log(job.id)); // job.reply is a Promise\n" +
      "```\nHere the fix is to capture only what the thread uses: `const { id } = job;`. Where it can happen only sometimes (an " +
      "array may be empty), and inside a `try` that catches, this is a warning, and the program runs.",
    values: ["path", "what", "why", "remedy"],
  }),
  notSendToProcess: message({
    code: "TL1307",
    text: "`{path}` is {what}, which cannot cross to another process: {why}.",
    remedy: "{remedy}",
    explanation:
      "A process shares nothing with the one that starts it. What its body captures is copied when it is started: plain data, " +
      "functions, instances of your own classes, and `@shared` variables, which are two variables from then on. Locks, ends of " +
      "channels and all other handles belong to one memory. Types tell that this is one, so that it would be refused when the " +
      "program runs; the path leads to it from what was to cross. Messages are copied in the same way.\n\n" +
      "```ts\nconst total = new Mutex(0);\nProcess.spawn(() => total.lock()); // `captures.total` is a Mutex …\n```\n" +
      "Here the fix is a message: the process sends what it has, and whoever receives it adds it up.",
    values: ["path", "what", "why", "remedy"],
  }),
  moved: message({
    code: "TL1302",
    text: "`{name}` has moved away: {how} in line {line} took it along.",
    remedy: "{remedy}",
    explanation:
      "An end of a channel and a JoinHandle belong to one thread at a time. A thread that captures one takes it along, and " +
      "using it afterwards throws a MovedError. Clone it before, and let the thread capture the clone.\n\n" +
      "```ts\nconst theirs = tx.clone();\nspawn(() => theirs.send(1));\ntx.send(2);\n```",
    values: ["name", "how", "line", "remedy"],
  }),
  plainWrite: message({
    code: "TL1303",
    text: "`{name}` is a copy in this thread: nobody else sees this change.",
    remedy:
      "Make it `@shared`, keep it in a Mutex, or return the value from the thread and take it from `join()`.",
    explanation:
      "A thread gets copies of the plain variables that it captures. Changing such a copy changes nothing for the others. " +
      "Variables that threads change together are `@shared` or lie in a Mutex; a result is returned by the thread and comes " +
      "from `join()`.\n\n" +
      "```ts\nconst worker = spawn(() => sum(numbers));\nconst total = worker.join();\n```",
    values: ["name"],
  }),
  unmodelled: message({
    code: "TL1304",
    text: "Threadloom neither sees nor controls {what}.",
    remedy: "{instead}",
    explanation:
      "Timelines, analyses and schedules know what goes through `threadloom:std` and `@shared` variables. Memory shared by " +
      "other means, locks of other packages, threads and processes started otherwise run as they are: what they do is not " +
      "drawn, not explored and not replayed, and a wait for them looks like work.",
    values: ["what", "instead"],
  }),
  outside: message({
    code: "TL1305",
    text: "{what} differs from run to run.",
    remedy: "{instead}",
    explanation:
      "The time of day and random numbers come from outside the program. A recording keeps what they gave, so that a replay " +
      "gives it again; exploring and running anew do not. For a choice that is explored, use `choose` or `random` of " +
      "`threadloom:std`; for order in time, use channels, conditions and joins.",
    values: ["what", "instead"],
  }),
  nothingConcurrent: message({
    code: "TL1306",
    text: "Nothing in this program is concurrent: it starts no thread and no task.",
    remedy:
      "Start a thread by spawn(() => …), or put /** @thread */ before a function of the top level.",
    explanation:
      "No file of the program spawns a thread, declares a `@thread`, makes a pool, or does anything asynchronous. It runs, on " +
      "one thread; there is nothing in it for two threads to disagree about, so that a pass means little.",
    values: [],
  }),
  unguarded: message({
    code: "TL1308",
    text: "{name} is {did} here without {lock}, which guards it.",
    remedy:
      "Take {lock} around the access, or take `@guardedBy` away if {lock} does not guard {name}.",
    explanation:
      "`@guardedBy m` says that every access to the variable holds `m`. Here nobody can: neither this function nor any on the way to it, " +
      "from where a thread begins, has taken it before. Of an RwLock, a write holds it for writing. Only what is plain in the text is " +
      "said while typing; running and exploring see every access (TL8109).\n\n" +
      "```ts\nconst m = new Mutex(0);\n/** @shared @guardedBy m */ let counter = 0;\n" +
      "/** @thread */ function careless() { counter++; }\n```",
    values: ["name", "did", "lock"],
  }),
  awaitUnderLock: message({
    code: "TL1309",
    text: "This awaits while {guard} holds a lock ({taken}).",
    remedy:
      "Give the lock back before the await, in a block of its own; or use the Mutex of `threadloom:async`, which tasks await.",
    explanation:
      "A lock of `threadloom:std` blocks the whole thread of whoever waits for it. A task that awaits with such a lock in hand lets " +
      "the thread's other tasks run; one of them that takes the lock blocks the thread, and the task that would give it back " +
      "never goes on. TL3011 says the same of a run in which it happened.\n\n" +
      "```ts\nasync function save() {\n  {\n    using guard = db.lock();\n    guard.value++;\n  } // given back here\n" +
      "  await write();\n}\n```",
    values: ["guard", "taken"],
  }),
} as const;
