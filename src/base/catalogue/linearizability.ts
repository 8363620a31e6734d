/** What programs that ask for checks do wrong, and what checks find: TL82xx from TL8230. */
import { message } from "./message.ts";

export const LINEARIZABILITY_MESSAGES = {
  notLinearizable: message({
    code: "TL8230",
    text: "Not linearizable: no order of {calls} explains what they came to. {why}",
    remedy:
      "Find in the story where a call reads what another one changes before it has done its part: both belong under one lock, or " +
      "into one atomic operation. If the model is what is wrong, mend `model`.",
    explanation:
      "A structure that threads share is linearizable when each call looks as if it happened as a whole, at one moment between " +
      "its invocation and its return: then what calls come to can be had by making them one after another. Exploring has made " +
      "the calls of a small scenario at once, found an execution, and tried every order of its calls on the model, in which a " +
      "call that had returned before another was invoked comes first. None of them gives these results.\n\n" +
      "```ts\nlinearizable({\n  create: () => new AtomicI32(0),\n  operations: {\n    // What is read may be old when it is " +
      "written: two threads count once.\n    increment: (counter) => counter.store(counter.load() + 1),\n    read: (counter) => " +
      "counter.load(),\n  },\n});\n```",
    values: ["calls", "why"],
  }),
  noOperations: message({
    code: "TL8231",
    text: "`linearizable` was given no operations, so that there is nothing to call.",
    remedy:
      "Give it some: `linearizable({ create: () => new ConcurrentMap(), operations: { get: (map, n) => map.get(n) } })`.",
    explanation:
      "`operations` is an object whose functions are called with the structure and a small number; their names are those of the story.",
    values: [],
  }),
  noOperation: message({
    code: "TL8232",
    text: "The operation `{name}` that `linearizable` was given is no function: it is a value of the type {type}.",
    remedy: "Write it as a function of the structure and a number: `{name}: (structure, n) => …`.",
    explanation:
      "Each of `operations` is called with the structure that `create` made, and a small number, from several threads.",
    values: ["name", "type"],
  }),
  tooManyOperations: message({
    code: "TL8233",
    text: "`linearizable` was given operations for {count} different calls, and takes at most {most}.",
    remedy: "Check a few operations at a time: those that touch the same part of the structure.",
    explanation:
      "An operation that takes an argument counts once for each value that it is called with. Scenarios have a handful of calls: of " +
      "so many operations few would ever meet.",
    values: ["count", "most"],
  }),
} as const;
