// @threadloom
//
// Many producers, one consumer. Look at the arrows: they leave the sentence threads in any order and all end at main.
// Main waits (dotted) whenever the channel is empty, and its loop ends when the last of the senders is dropped.
import { channel, drop, spawn } from "threadloom:std";

const sentences = ["!ereht olleH", "?siht daer uoy naC", ".gnihtemos yas sdaerht neT"];

const [tx, rx] = channel<string>();

for (const sentence of sentences) {
  const own = tx.clone(); // a captured sender moves into its thread: give each thread one of its own
  spawn(() => own.send([...sentence].reverse().join("")));
}

drop(tx); // without this, main would keep the channel open and wait for itself for ever

for (const received of rx) console.log(`Got: ${received}`);
