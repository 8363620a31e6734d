// @threadloom
// @expect ok
// A pipe between two threads, as between two commands of a shell: bytes in order, with room for 64 KiB. The producer is held
// up when the pipe is full, the consumer when it is empty, and the end of one side is seen by the other.
import { pipe, spawn } from "threadloom:std";

const [writer, reader] = pipe();

const producer = spawn(
  () => {
    const block = new Uint8Array(32_768).fill(1);
    let written = 0;
    for (let n = 0; n < 3; n++) written += writer.write(block);
    return written; // the thread ends, and with it its end of the pipe
  },
  { name: "producer" },
);

const bytes = new Uint8Array(65_536);
let sum = 0;
let reads = 0;
for (let count = 0; (count = reader.read(bytes)!) !== 0; reads++) {
  for (const byte of bytes.subarray(0, count)) sum += byte;
}
console.log(`${producer.join()} bytes written, ${sum} read`);
