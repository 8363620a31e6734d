// @threadloom
// `producer | filter | main`, as a shell has it: three processes, and two pipes between them. The ends of a pipe move into the
// processes that use them. Bytes have no beginning and no end of a message: who reads puts the lines together again, and that a
// process has ended shows as the end of what it wrote.
import { pipe, type PipeReader, type PipeWriter, Process } from "threadloom:std";

function* lines(reader: PipeReader): Generator<string> {
  const bytes = new Uint8Array(8);
  let text = "";
  for (let count = reader.read(bytes)!; count > 0; count = reader.read(bytes)!) {
    const parts = (text + new TextDecoder().decode(bytes.subarray(0, count))).split("\n");
    text = parts.pop()!;
    yield* parts;
  }
}

function print(writer: PipeWriter, line: string): void {
  writer.write(new TextEncoder().encode(`${line}\n`));
}

const [produced, toFilter] = pipe();
const [filtered, toMain] = pipe();

const producer = Process.spawn(
  () => {
    for (const word of ["loom", "warp", "weft"]) print(produced, word);
  },
  { name: "producer" },
);
const filter = Process.spawn(
  () => {
    for (const line of lines(toFilter))
      if (line.startsWith("w")) print(filtered, line.toUpperCase());
  },
  { name: "filter" },
);

for (const line of lines(toMain)) console.log(line);
console.log(`ended with ${producer.wait().code} and ${filter.wait().code}`);
