/** What exploring finds and says: TL81xx. */
import { message } from "./message.ts";

export const EXPLORE_MESSAGES = {
  race: message({
    code: "TL8101",
    text:
      "{variable} is raced for: {first} {firstDid} it at {firstPlace} and {second} {secondDid} it at {secondPlace}, and " +
      "nothing says which comes first.",
    remedy:
      "Protect {variable} with a Mutex that both take, make it an atomic, or order the two: join, send a message.",
    explanation:
      "Two threads access plain shared memory, at least one of them writes, and no lock, join, message or atomic orders the " +
      "two (they are concurrent by happens-before, whatever order this run had). Such a program is wrong even where its " +
      "result looks right: each access by itself is atomic here, but what is read before and written after belongs together.\n\n" +
      "```ts\n/** @shared */ let counter = 0;\n/** @thread */ function alice() { counter++; }\n/** @thread */ function bob() " +
      "{ counter++; } // both may read 0\n```",
    values: ["variable", "first", "firstDid", "firstPlace", "second", "secondDid", "secondPlace"],
  }),
  unguarded: message({
    code: "TL8109",
    text: "{thread} {did} {variable} at {place} without holding {lock}, which guards it.",
    remedy:
      "Take {lock} around the access, or take `@guardedBy` away if {lock} does not guard {variable}.",
    explanation:
      "`@guardedBy m` says that every access to the variable holds `m`; of an RwLock, reading holds it for reading or " +
      "writing, writing holds it for writing. An access that does not is a race, whatever else orders it: the next change " +
      "of the program relies on what the annotation says.\n\n" +
      "```ts\nconst m = new Mutex(0);\n/** @shared @guardedBy m */ let counter = 0;\n" +
      "/** @thread */ function careful() { using guard = m.lock(); counter++; }\n```",
    values: ["thread", "did", "variable", "place", "lock"],
  }),
  staleWrite: message({
    code: "TL8110",
    text:
      "{thread} wrote to {path} of what {lock} protects without holding it (a stale write): after {from}, where it last " +
      "had it, and before {to}, where it takes it again.",
    remedy:
      "Write through `guard.value` while the guard lives, or put a copy into the lock (`structuredClone`) and keep the object to yourself.",
    explanation:
      "What a lock protects belongs to whoever holds it. A reference to it that outlives the guard, or the object from which the " +
      "lock was made, still leads to this thread's copy of it: a write there is seen by nobody, or overwrites at the next unlock what " +
      "others have done meanwhile. Checking runs compare what was unlocked with what is locked again; the write itself leaves no " +
      "mark, so that it is told by the two places between which it stands.\n\n" +
      "```ts\nconst rows = db.lock();\nconst kept = rows.value;\nrows.unlock();\nkept.push(1); // nobody sees this\n```",
    values: ["thread", "path", "lock", "from", "to"],
  }),
  exploreWithin: message({
    code: "TL8111",
    text: "`explore` was asked for {what} by a program that Threadloom itself runs: one run cannot try every interleaving of another.",
    remedy:
      'Call it in a test\'s file, with `import { explore } from "threadloom/testing"`, or run `threadloom check FILE`.',
    explanation:
      "`explore` runs a program thousands of times, in a process of its own, and says what came of it. A program that is traced, " +
      "stepped or checked is one of such runs. In a test's own process (`node:test`, Vitest, Jest) it works: with the URL of a " +
      "program's file as it stands, with a function once the test's files are prepared (`--import threadloom/register`, the Vite " +
      "plugin, the Jest transformer).",
    values: ["what"],
  }),
  livelock: message({
    code: "TL8102",
    text: "{threads} would go round for ever: {story}.",
    remedy:
      "Have somebody change what they wait for, wait with something that can be woken, or take locks in one order everywhere.",
    explanation:
      "A loop that only looks waits for what it looks at to change. Here nobody is left who would change it: every thread " +
      "that could still move goes round such a loop. Or threads do things and undo them, such as taking a lock and politely giving " +
      "it back: everybody who could go on has done so, and all is as it was before, so that the same can happen again for ever. On " +
      "real threads it would take a processor for as long as they keep in step.",
    values: ["threads", "story"],
  }),
  starvation: message({
    code: "TL8112",
    text: "{thread} may never get {lock} at {place}: {others} can take it again and again ({taken}), each time before {thread} does.",
    remedy:
      "Let the others wait for something between two turns (a condition, a message, a bounded number of turns), or hand turns over: " +
      "locks and semaphores go to whoever is quicker, an RwLock that is `fair` to whoever came first.",
    explanation:
      "Exploring has found a cycle that is fair, in that nobody is left out who could go on all the time, and in which this thread " +
      "never gets what it waits for: whenever that is free somebody else takes it first, and after a while all is as it was. " +
      "No rule ends this but luck, so it is a warning; the search goes on as if luck had ended it.\n\n" +
      "```ts\n/** @thread */ function eager() { while (!done.load()) { using guard = db.lock(); } }\n" +
      "/** @thread */ function patient() { using guard = db.lock(); done.store(true); } // may wait for ever\n```",
    values: ["thread", "lock", "place", "others", "taken"],
  }),
  limit: message({
    code: "TL8103",
    text: "The search was stopped before its end: {reason}. {executions} executions were made until then.",
    remedy:
      "Allow more (`--max-executions`, `--max-seconds`), or explore a smaller case: fewer threads, fewer turns of a loop.",
    explanation:
      "Exploring every order grows quickly with the number of steps that depend on each other. A search that was cut short " +
      "proves nothing; what it did not find may be there.",
    values: ["reason", "executions"],
  }),
  nothingConcurrent: message({
    code: "TL8104",
    text: "No two threads of this program ever met: there was nothing to explore.",
    remedy: "Mark what threads share as `@shared`, or share a Mutex, an atomic or a channel.",
    explanation:
      "In no execution did two threads touch the same thing, so all orders come to the same. Often a variable is captured " +
      "as a copy where it was meant to be shared.",
    values: [],
  }),
  nondeterministicOutput: message({
    code: "TL8105",
    text: "What is printed depends on the order in which threads go: {count} different outputs.",
    remedy: "Where the order matters, print from one thread, or after joining.",
    explanation:
      "Executions printed different lines, or the same ones in different orders. That may be meant; it is said because a " +
      "test that compares output would fail now and then.",
    values: ["count"],
  }),
  sampled: message({
    code: "TL8106",
    text: "`random()`, and `choose` among more than 64, were tried with some of their values only.",
    remedy: "Use `choose(n)` with a small n where each value matters.",
    explanation: "A choice among millions cannot be explored one by one.",
    values: [],
  }),
} as const;
