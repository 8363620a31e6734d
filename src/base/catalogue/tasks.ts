/** What tasks, futures and coroutines of a running program are told: TL2200 and on. */
import { message } from "./message.ts";

export const TASK_MESSAGES = {
  cancelled: message({
    code: "TL2200",
    text: "The task was cancelled.",
    remedy:
      "Whoever aborts a task, or gives up what it awaited, decides that nobody needs its result.",
    explanation:
      "`task.abort()`, a `timeout` whose time is up and a `select` that another future has won cancel a task: at its next " +
      "`await`, or at the one where it stands, it returns from there. Each `finally` and each `using` on its way runs; what it " +
      "awaited is given up as well, if nobody else awaits it. Who awaits a cancelled task is thrown a CancelledError.",
    values: [],
  }),
  timedOut: message({
    code: "TL2201",
    text: "Nothing came within {duration} ms.",
    remedy: "Give it more time, or find out on the timeline what it was waiting for.",
    explanation:
      "`timeout(duration, future)` of `threadloom:async` and `ask` of an actor wait for so long and then throw a TimeoutError. " +
      "The future is cancelled.",
    values: ["duration"],
  }),
  polledAgain: message({
    code: "TL2202",
    text: "A future was polled after it had completed.",
    remedy:
      "Keep what `poll` gave when it was ready; await a future instead of polling it by hand.",
    explanation:
      "A future gives its value once. Polling it after that is a mistake in an executor or in a future made of others, which " +
      "has to remember which of them are done.",
    values: [],
  }),
  blocksInTask: message({
    code: "TL2203",
    text: "`blockOn` was called inside a task: the tasks of this thread would never go on.",
    remedy:
      "Use `await`. Blocking jobs belong on a thread of their own: `await spawnBlocking(() => …)`.",
    explanation:
      "`blockOn` runs this thread's tasks until the future has come to something, and is for code that is no task: top-level " +
      "code, or a thread's body. Inside a task one would wait for the other.",
    values: [],
  }),
  resumesItself: message({
    code: "TL2204",
    text: "A coroutine was resumed while it runs.",
    remedy: "Let it hand over first, by `yield`.",
    explanation:
      "A coroutine that runs is resumed by nobody: neither by itself nor by what it calls. It hands over to whoever has " +
      "resumed it, at its next `yield`.",
    values: [],
  }),
  loopRuns: message({
    code: "TL2206",
    text: "`EventLoop.run` was called by one of its own callbacks, or inside a task.",
    remedy: "Emit an event or set a timer instead: the loop that runs comes by.",
    explanation:
      "`run` blocks the thread and calls handlers until it is stopped or nothing is left. Within one of them, or within a task, " +
      "such a loop runs already.",
    values: [],
  }),
  notGiven: message({
    code: "TL2205",
    text: "`{operation}` takes {expected}, and got {value}.",
    remedy: "See docs/async.md for what it takes.",
    explanation: "What it was given is of another kind than it can do anything with.",
    values: ["operation", "expected", "value"],
  }),
} as const;
