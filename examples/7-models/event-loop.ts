// @threadloom
//
// An event loop: one thread, callbacks one after another. After each come all microtasks; a timer comes when no event waits. A
// callback that takes long holds up all the others: that is what threads are for.
import { EventLoop } from "threadloom:async";
import { channel, sleep, spawn } from "threadloom:std";

const loop = new EventLoop();
const log = (text: string) => console.log(text);

loop.on("key", (key: string) => {
  log(`key ${key}`);
  queueMicrotask(() => log(`drawn ${key}`));
  if (key === "q") loop.emit("quit");
});
loop.on("quit", () => {
  log("bye");
  loop.stop();
});
loop.setTimer(10, () => loop.emit("key", "q"));
loop.setTimer(5, () => log("autosave"));
loop.emit("key", "a");
loop.emit("key", "b");
loop.run();

// The same work off the loop: a thread computes, the loop stays free.
const [tx, rx] = channel<number>();
spawn(
  () => {
    sleep(5);
    tx.send(42);
  },
  { name: "computing" },
);
console.log(`computed ${rx.recv()}`);
