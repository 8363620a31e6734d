// @threadloom
//
// Three stages, joined by channels that hold two lines each: read → measure → report. Look at how the stages overlap,
// and how the slow one in the middle sets the pace: the queue before it stays full (its sender is blocked), the one
// after it stays empty. The channels close one after the other, from the front.
import { assert, spawn, syncChannel } from "threadloom:std";

const text = `the loom holds the threads apart
so that one sees each of them
and chooses which goes over
and which goes under
until there is cloth`;

/** How many different pairs of letters a line has, found the slow way. */
function pairsOf(line: string): number {
  const pairs = new Set<string>();
  for (let round = 0; round < 40; round++) {
    for (const a of line) for (const b of line) pairs.add(a + b);
  }
  return pairs.size;
}

const [toMeasure, lines] = syncChannel<string>(2);
const [toReport, results] = syncChannel<{ line: string; pairs: number }>(2);

spawn(
  () => {
    for (let copy = 0; copy < 2; copy++) {
      for (const line of text.split("\n")) toMeasure.send(line);
    }
  },
  { name: "read" },
);

spawn(
  () => {
    for (const line of lines) toReport.send({ line, pairs: pairsOf(line) });
  },
  { name: "measure" },
);

const report = spawn(
  () => {
    let most = { line: "", pairs: 0 };
    let count = 0;
    for (const result of results) {
      count++;
      if (result.pairs > most.pairs) most = result;
    }
    return { count, most };
  },
  { name: "report" },
);

const { count, most } = report.join();
console.log(`${count} lines; the richest: "${most.line}" with ${most.pairs} pairs`);
assert(count === 10);
