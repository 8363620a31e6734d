/** What is said of values that cannot cross to another thread, and of words that are no value: TL2100–TL2149. */
import { message } from "./message.ts";

export const CROSSING_MESSAGES = {
  refused: message({
    code: "TL2100",
    text: "`{path}` is {what}, which cannot cross to another thread: {why}.",
    remedy: "{remedy}",
    explanation:
      "Every thread has a memory of its own. What a thread captures, sends, returns or puts into a lock crosses in one of " +
      "three ways: handles are shared (a Mutex, an atomic …), channel ends are moved, plain data and instances of your own " +
      "classes are copied. What can be neither shared nor moved nor copied is refused; the path in the message leads to it " +
      "from the value that was to cross.\n\n" +
      "```ts\nconst job = { id: 1, reply: Promise.resolve(2) };\n" +
      "spawn(() => console.log(job.id)); // `captures.job.reply` is a Promise …\n```\n" +
      "Here the fix is to capture only what the thread uses: `const { id } = job;`.\n\n" +
      "An instance of a class of an npm package is copied, too, if all its state is plain properties of its own and the " +
      "class is among the package's exports. State that only the package can reach (`#private` members, a WeakMap) would be " +
      "missing in the copy, so that it is refused with the member's name; and so is an instance that its constructor " +
      "hands to another function, which may keep state of it.",
    values: ["path", "what", "why", "remedy"],
  }),
  refusedByProcess: message({
    code: "TL2103",
    text: "`{path}` is {what}, which cannot cross to another process: {why}.",
    remedy: "{remedy}",
    explanation:
      "A process shares nothing with the one that starts it. Plain data, functions and instances of your own classes are copied; " +
      "`@shared` variables that its body uses are copied as they are when it is started, and are two variables from then on. " +
      "A Mutex, a channel's end or a thread's handle belong to one memory, so that they are refused.\n\n" +
      "```ts\nconst total = new Mutex(0);\nProcess.spawn(() => total.lock()); // `captures.total` is a Mutex …\n```\n" +
      "Here the fix is a message: the process sends what it has, and whoever receives it adds it up.",
    values: ["path", "what", "why", "remedy"],
  }),
  damaged: message({
    code: "TL2101",
    text: "A recorded value is damaged at its word {word}: {reason}.",
    remedy: "Record the run again; if the file was copied or sent, check that it arrived whole.",
    explanation:
      "Values are kept in traces as encoded words. These words are none that Threadloom writes, so the file was cut, " +
      "altered, or written by a version that this one does not know.",
    values: ["word", "reason"],
  }),
  classNotFound: message({
    code: "TL2102",
    text: "The class `{name}` of the package `{package}` could not be found in this thread.",
    remedy:
      "Import the class in the code that this thread runs, or let its data cross in a plain object.",
    explanation:
      "Each thread has a copy of an npm package of its own. An instance that crosses is made again by the copy's class of " +
      "the same name, so this thread loads the package if it has not done so yet. That fails for packages in ES modules on " +
      "older versions of Node (before 20.19 and 22.12), and for packages that export other things in another thread. A " +
      "function of the thread that uses the class makes it load the package when it starts.",
    values: ["package", "name"],
  }),
} as const;
