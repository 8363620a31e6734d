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
      "Here the fix is to capture only what the thread uses: `const { id } = job;`.",
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
} as const;
