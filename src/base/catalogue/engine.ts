/** What an engine says of a run that it stopped or that ended badly: TL2150 and on. */
import { message } from "./message.ts";

export const ENGINE_MESSAGES = {
  deadlock: message({
    code: "TL2150",
    text: "Deadlock: nothing can move any more. {story}.",
    remedy:
      "Break the circle: take the locks in the same order everywhere, hold a lock for less, or wait with a time-out " +
      "(`lockFor`, `recvFor`).",
    explanation:
      "Threads that wait for each other in a circle wait for ever. Threadloom notices as soon as every thread is parked and " +
      "no time-out is pending, says who waits for whom since which line, and ends the run. A thread that locks a mutex " +
      "which it holds already waits for itself: that is a deadlock too.",
    values: ["story"],
  }),
  leak: message({
    code: "TL2151",
    text: "The program cannot end: {story}.",
    remedy:
      "Give each waiting thread what it waits for, or let it know that nothing comes: drop the last sender, notify, join.",
    explanation:
      "Main has ended, but a thread is blocked on something that nobody will do any more. Nobody waits in a circle, so it is no " +
      "deadlock; the thread has been forgotten.",
    values: ["story"],
  }),
  panic: message({
    code: "TL2152",
    text: "{thread} panicked: {reason}",
    remedy: "Join the thread and deal with the PanicError, or catch the exception in its body.",
    explanation:
      "An exception that leaves a thread's body ends the thread. A join hands it to whoever joins, as a PanicError; when " +
      "nobody has joined by the end of the program, or when it leaves main, it is the run's verdict.",
    values: ["thread", "reason"],
  }),
  assertion: message({
    code: "TL2153",
    text: "{thread}: {reason}",
    remedy: "Look at what the threads did just before on the timeline.",
    explanation:
      "`assert` says what must hold in every run. Where it fails, that is the verdict, even if the program catches the error.",
    values: ["thread", "reason"],
  }),
  finalFailed: message({
    code: "TL2154",
    text: "`@final {condition}` does not hold.",
    remedy:
      "Trace the program again and look for the accesses that overlapped; a lock or an atomic orders them.",
    explanation:
      "A `@final` condition is looked at when all threads have ended normally. It speaks of this run: another run may well " +
      "give another result, which is what races are like.",
    values: ["condition"],
  }),
  finalThrew: message({
    code: "TL2155",
    text: "`@final {condition}` could not be looked at: {reason}",
    remedy:
      "Use module-level names, `value` of a lock and `length` of a receiver only; such an expression never blocks.",
    explanation:
      "The expression of an annotation is evaluated by the engine outside every thread. What blocks, or needs a thread, " +
      "throws there.",
    values: ["condition", "reason"],
  }),
  timeLimit: message({
    code: "TL2156",
    text: "The run was stopped after {limit} ms. {doing}",
    remedy:
      "If it needs longer, raise the limit (`threadloom.trace.timeLimit`); if it loops, the timeline shows where.",
    explanation:
      "A run has a time limit, so that an endless loop ends too. Everything that was recorded until then is kept.",
    values: ["limit", "doing"],
  }),
  memoryLimit: message({
    code: "TL2157",
    text: "The run was stopped: it took more than {limit} MB of memory.",
    remedy:
      "If it needs more, raise the limit (`threadloom.trace.memoryLimit`). An unbounded channel whose receiver is slower " +
      "than its senders is a usual cause: `syncChannel` bounds it.",
    explanation:
      "Memory is watched from outside the program, ArrayBuffers and shared memory included. Everything that was recorded " +
      "until then is kept. What often fills it: messages that nobody receives, `@shared` objects that are replaced or taken " +
      "out of an array again and again, and objects that an AtomicRef has stored, which are not given back while the program " +
      "runs.",
    values: ["limit"],
  }),
  crashed: message({
    code: "TL2158",
    text: "The process that ran the program ended by itself: {reason}.",
    remedy:
      "What was recorded until then is kept. Run it again; if it happens each time, please report it with the program.",
    explanation:
      "A program runs in a process of its own, so that nothing it does can harm the editor. That process was killed from " +
      "outside, or ended in a way that Node cannot catch.",
    values: ["reason"],
  }),
} as const;
