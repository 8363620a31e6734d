// @threadloom
// Words counted by two threads in one map. To look a count up and set it one more is two operations, between which others
// come; so each word has a counter of its own, inserted by whoever meets the word first. Operations on different words have
// nothing to do with each other: **Explore** needs few executions. `queued` hands the pages out: nobody waits for it.
import { scope, ThreadLocal } from "threadloom:std";
import { ConcurrentMap, ConcurrentQueue, StripedCounter } from "threadloom:collections";

const pages = ["see it", "step it", "prove it"];
const queued = new ConcurrentQueue<string>(pages.length);
for (const page of pages) queued.push(page);

const counts = new ConcurrentMap<string, StripedCounter>();
const longest = new ThreadLocal(() => "");

const found: string[] = scope((s) => {
  const readers = ["ann", "ben"].map((name) =>
    s.spawn(
      () => {
        for (let page = queued.pop(); page !== undefined; page = queued.pop()) {
          for (const word of page.split(" ")) {
            counts.getOrInsert(word, () => new StripedCounter()).add();
            if (word.length > longest.get().length) longest.set(word);
          }
        }
        return longest.get();
      },
      { name },
    ),
  );
  return readers.map((reader) => reader.join());
});

const words = ["it", "prove", "see", "step"];
console.log(words.map((word) => `${word}: ${counts.get(word)?.sum() ?? 0}`).join(", "));
console.log(`the longest word is ${found.toSorted((a, b) => b.length - a.length)[0]}`);
