// @threadloom
//
// Work that is put off, and done in batches. Who logs a line only hands it over, and goes on at once; the writer waits for some
// more lines, and writes them in one go. Two threads log ten lines, and the disk is asked a few times only: when four lines are
// there, or when none has come for 5 ms. What it costs: lines of the last moment are lost if the program dies.
import { exploring } from "threadloom:check";
import { assert, channel, sleep, spawn } from "threadloom:std";

// A batch, a time-out and the end can meet in few lines already.
const NAMES = exploring() ? ["ada"] : ["ada", "ben"];
const LINES = exploring() ? 2 : 5;
const BATCH = exploring() ? 2 : 4;
const [log, lines] = channel<string>();

const writer = spawn(
  () => {
    const written: number[] = [];
    const batch: string[] = [];
    const flush = () => {
      if (batch.length === 0) return;
      sleep(2); // the disk: it takes about as long for one line as for four
      written.push(batch.length);
      batch.length = 0;
    };
    for (let open = true; open;) {
      const line = lines.recvFor(batch.length === 0 ? Infinity : 5);
      if (line.kind === "value") batch.push(line.value);
      if (line.kind !== "value" || batch.length === BATCH) flush();
      open = line.kind !== "closed";
    }
    return written;
  },
  { name: "writer" },
);

for (const name of NAMES) {
  const mine = log.clone();
  spawn(
    () => {
      for (let i = 1; i <= LINES; i++) mine.send(`${name} did step ${i}`);
    },
    { name },
  );
}
log.drop();

const written = writer.join();
const sum = written.reduce((total, size) => total + size, 0);
console.log(`${sum} lines, at most ${BATCH} in a write`);
assert(sum === NAMES.length * LINES && written.every((size) => size <= BATCH));
