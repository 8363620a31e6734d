/** What analyses of a trace find: TL3xxx. None of them changes a verdict; what an engine finds itself is in TL21xx. */
import { message } from "./message.ts";

export const FINDING_MESSAGES = {
  contention: message({
    code: "TL3001",
    text:
      "{lock} held up its threads: {contended} of {acquisitions} acquisitions waited, {waited} in all " +
      "({share} of the run), most at {place}.",
    remedy:
      "Hold {lock} for less: do what does not need it before it is taken or after it is released, or give each thread a " +
      "part of its own.",
    explanation:
      "A lock that is taken while another thread holds it makes its taker wait. The figures are the waited time of all " +
      "threads together, so that two threads that wait at once count twice. It is said of locks that were waited for three " +
      "times or more, for more than 5 % of the run.",
    values: ["lock", "contended", "acquisitions", "waited", "share", "place"],
  }),
  neverClosed: message({
    code: "TL3002",
    text: "{thread} waits for ever for a message from {channel}: {senders} never dropped, so it never closes.",
    remedy:
      "Drop what is left: `drop(tx)` in the thread that keeps a sender which it does not use, or move the sender instead of a " +
      "clone.",
    explanation:
      "A receiver's loop ends when the channel closes, and the channel closes when its last sender is dropped. A thread " +
      "drops the senders that it owns when it ends; those that module-level variables hold live until the program ends. The " +
      "usual case is a sender that was cloned for the workers while the original stayed where it was.\n\n" +
      "```ts\nconst [tx, rx] = channel<number>();\nfor (let i = 0; i < 3; i++) {\n  const own = tx.clone();\n" +
      "  spawn(() => own.send(i));\n}\ndrop(tx); // without this, the loop below never ends\nfor (const n of rx) console.log(n);\n```",
    values: ["thread", "channel", "senders"],
  }),
  leakedProcess: message({
    code: "TL3010",
    text: "Nobody waited for the process {process}, nor killed it.",
    remedy:
      "Call `wait()` where its result is needed, or `kill()` where it is not needed any more.",
    explanation:
      "A process that nobody waits for may still be at work when the program that started it has nothing left to do, and nobody " +
      "learns how it ended: an exception in it goes unseen. The run lasts until all of its processes have ended.",
    values: ["process"],
  }),
  poisonedLock: message({
    code: "TL3003",
    text: "{lock} was poisoned: an exception left the block in which {thread} held it.",
    remedy:
      "Catch the exception inside the block, or repair the value: `error.recover()`, then `clearPoison()`.",
    explanation:
      "What a lock protects may be half-made when an exception passes through the block that holds it. Later locks throw a " +
      "PoisonError, so that nobody goes on with a value that cannot be trusted.",
    values: ["lock", "thread"],
  }),
  leakedGuard: message({
    code: "TL3004",
    text: "{thread} ended while it held {lock}: the lock stays locked for ever.",
    remedy: "Take it with `using guard = …lock()`, so that the end of the block releases it.",
    explanation:
      "A lock is held until its guard is disposed. A guard that is only forgotten keeps it, since what the lock protects may " +
      "be half-made at that moment: nobody else will ever get it.",
    values: ["thread", "lock"],
  }),
  nothingConcurrent: message({
    code: "TL3005",
    text: "Nothing was concurrent in this run: {reason}.",
    remedy:
      "Start a second thread, start all of them before you join the first, or give them something in common.",
    explanation:
      "A run in which no two threads ever ran at once, nor touched a common object, says nothing about how the program " +
      "behaves when they do. A common cause is `spawn(…).join()` in a loop, which waits for each thread before the next one " +
      "starts.",
    values: ["reason"],
  }),
  lockOrder: message({
    code: "TL3006",
    text: "{locks} are taken in different orders by different threads: with another timing they deadlock.",
    remedy: "Take them in one order everywhere, or hold only one of them at a time.",
    explanation:
      "One thread holds the first lock and takes the second, another holds the second and takes the first. If both get " +
      "their first lock before either gets its second, both wait for ever. It did not happen in this run, but nothing " +
      "prevents it: no other lock is held in both places, and the threads can run at the same time. (The algorithm is " +
      "Goodlock: Havelund, 2000, with gate locks and with the order of spawn and join.)",
    values: ["locks"],
  }),
  sendToNobody: message({
    code: "TL3007",
    text: "{count} sent to {channel} {were} never received.",
    remedy: "Receive until the channel closes, or do not send what nobody wants.",
    explanation:
      "A message that still stands in the queue when the program ends was made, copied and lost. Often the receiver stopped " +
      "after a count that does not match what is sent.",
    values: ["count", "channel", "were"],
  }),
  starvation: message({
    code: "TL3008",
    text: "{thread} waited {waited} for {lock} while others took it {times} times.",
    remedy:
      "Hold {lock} for less, or pause without it between two acquisitions, so that those who wait get their turn.",
    explanation:
      "Locks are not handed over to whoever waits longest: a thread that releases one and takes it again at once usually " +
      "wins against a thread that must wake up first. That is fast, and unfair. It is said when others took the lock a " +
      "hundred times or more during a single wait that lasted more than a tenth of the waiting thread's life.",
    values: ["thread", "waited", "lock", "times"],
  }),
  lostWakeup: message({
    code: "TL3009",
    text:
      "A wake-up was lost: {notifier} notified {condition} at {place} while nobody waited, and {thread} has waited for one " +
      "ever since.",
    remedy:
      "Wait for a condition rather than for the call: change a value under the lock before notifying, and look at it under " +
      "the lock before waiting (`waitWhile`).",
    explanation:
      "A notification wakes who waits at that moment and is forgotten otherwise. So a thread that comes late must be able to " +
      "see that there is nothing to wait for any more.\n\n" +
      "```ts\nusing guard = ready.lock();\ncondvar.waitWhile(guard, (isReady) => !isReady); // looks first, and after each wake-up\n```",
    values: ["notifier", "condition", "place", "thread"],
  }),
  awaitUnderLock: message({
    code: "TL3011",
    text: "{thread} awaited at {place} while it held {lock}, taken at {taken}.",
    remedy:
      "Give {lock} back before the await, in a block of its own; or use the Mutex of `threadloom:async`, which tasks await.",
    explanation:
      "A lock of `threadloom:std` blocks the whole thread of whoever waits for it. A task that awaits with such a lock in hand lets " +
      "the thread's other tasks run; one of them that takes the lock blocks the thread, and the task that would give it back " +
      "never goes on. Where nobody of the same thread wants it, others wait for as long as the await lasts.\n\n" +
      "```ts\nasync function save() {\n  {\n    using guard = db.lock();\n    guard.value++;\n  } // given back here\n" +
      "  await write();\n}\n```",
    values: ["thread", "place", "lock", "taken"],
  }),
} as const;
