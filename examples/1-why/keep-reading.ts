// @threadloom
//
// A person goes on reading while a document is printed. Each key is handled at once by the thread of the screen; the pages go
// to a thread of their own. Look at the lane of `printer`: it is at work from the key `p` on, and the keys after it are handled
// all the same. Print in the handler of `p` instead, and they come when the last page is out.
import { channel, sleep, spawn } from "threadloom:std";

const [keys, typed] = channel<string>();
const [jobs, queue] = channel<string[]>();

const printer = spawn(
  () => {
    let printed = 0;
    for (const pages of queue) {
      for (const _ of pages) {
        sleep(4); // paper is slow
        printed++;
      }
    }
    return printed;
  },
  { name: "printer" },
);

const screen = spawn(
  () => {
    let page = 1;
    const seen: number[] = [];
    for (const key of typed) {
      if (key === "p") jobs.send(["cover", "first", "second", "third"]);
      else seen.push(key === "down" ? ++page : --page);
    }
    jobs.drop(); // nobody prints any more: the printer ends when it has done the rest
    return seen;
  },
  { name: "screen" },
);

for (const key of ["down", "p", "down", "down", "up"]) {
  keys.send(key);
  sleep(1);
}
keys.drop();

console.log(`read pages ${screen.join().join(", ")}; ${printer.join()} pages printed`);
