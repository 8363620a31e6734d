/** What the model engine says where a program does what it cannot follow: TL2170 and on. */
import { message } from "./message.ts";

export const MODEL_MESSAGES = {
  cannotSuspend: message({
    code: "TL2170",
    text: "{thread} must wait at {place}, inside a function that somebody else's code calls: it cannot be suspended there.",
    remedy:
      "Trace it natively with a worker for each thread (`--engine native`, and no `model=green`), or do the waiting outside: " +
      "collect the values first, then loop over them with `for … of`.",
    explanation:
      "The model engine runs all threads in one, and a worker under `model=green` runs many: one of them is stopped by " +
      "suspending the functions that it is in. That can be done for the functions of your own files and of " +
      "`threadloom:std`. What a function of the language or of an npm package calls (a comparison in `sort`, a `toString`, a callback) has such a function in the middle, which nobody can " +
      "suspend. As long as the same thread goes on, all is well; where another one must go first, the run ends here. A " +
      "thread with a worker of its own has no such limit.",
    values: ["thread", "place"],
  }),
  conditionBlocks: message({
    code: "TL2171",
    text: "{object} cannot be waited for here: a condition is looked at outside of every thread.",
    remedy:
      "Use what does not block: `value` of a lock, `length` of a receiver, `load()` of an atomic.",
    explanation:
      "The expression of `@final` and `@invariant` is evaluated by the engine between two steps, by no thread. Nobody could go " +
      "on while it waited.",
    values: ["object"],
  }),
  stepLimit: message({
    code: "TL2172",
    text: "The run was stopped after {limit} steps. {doing}",
    remedy:
      "If it needs more, raise the limit; if it loops, the timeline shows where. A loop that waits for another thread should " +
      "wait with a condition, a channel or `sleep`.",
    explanation:
      "On the model engine a run has a limit of steps, so that an endless loop ends at the same place each time.",
    values: ["limit", "doing"],
  }),
  invariantFailed: message({
    code: "TL2173",
    text: "`@invariant {condition}` does not hold any more, after {thread} at {place}.",
    remedy: "Step back from here: the step before is the last one after which it held.",
    explanation:
      "An `@invariant` is looked at after each step that writes a `@shared` variable which it names, so that the very step that " +
      "breaks it is found, whatever other threads do later.",
    values: ["condition", "thread", "place"],
  }),
  invariantThrew: message({
    code: "TL2174",
    text: "`@invariant {condition}` could not be looked at: {reason}",
    remedy:
      "Use module-level names, `value` of a lock and `length` of a receiver only; such an expression never blocks.",
    explanation:
      "The expression of an annotation is evaluated by the engine outside every thread. What blocks, or needs a thread, " +
      "throws there.",
    values: ["condition", "reason"],
  }),
  cannotAwait: message({
    code: "TL2175",
    text: "{thread} awaits a promise that is none of the program's own, at {place}: the model engine cannot tell when it settles.",
    remedy:
      "Trace it natively; or keep what reads files, asks the network or comes from a package out of the program.",
    explanation:
      "On the model engine async functions, promises and timers of a program are its own executor's, so that a run is the same " +
      "each time. What Node or an npm package promises (`fetch`, `fs/promises`) comes from outside, at a time that nobody " +
      "knows. The native engine waits for it as Node does.",
    values: ["thread", "place"],
  }),
} as const;
