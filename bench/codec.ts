/**
 * What it costs a value to cross: encode and decode, against the ways that Node has, in the same run.
 *
 *     node bench/codec.ts
 *
 * prints a line of JSON for each measurement, then a table. The coders are warmed up with all of the values first, as
 * they would be in a program that sends more than one kind.
 */
import { deserialize, serialize } from "node:v8";
import { Decoder } from "../src/codec/decoder.ts";
import { Encoder } from "../src/codec/encoder.ts";
import { DATA_ONLY } from "../src/codec/externals.ts";
import { idsOf, Session } from "../src/codec/session.ts";
import { compared, median, type Row } from "./row.ts";

/** Many and short: a sample in which another process had the core is then one of few. */
const SAMPLES = 151;
const SAMPLE_NS = 2e5;

const VALUES: Record<string, unknown> = {
  number: 42,
  double: 0.1,
  string: "hello, world",
  "small object": { id: 1, name: "x" },
  "array of 100 numbers": Array.from({ length: 100 }, (_, index) => index * 3),
  "array of 100 objects": Array.from({ length: 100 }, (_, id) => ({ id, name: `n${id}` })),
};

const encoder = new Encoder(DATA_ONLY);
const decoder = new Decoder(DATA_ONLY);
const heap = new Int32Array(new SharedArrayBuffer(1 << 20));

/** As a message crosses: encoded, copied into the heap, decoded from it. */
function codec(value: unknown): unknown {
  const { words, length } = encoder.encode(value, "message");
  for (let index = 0; index < length; index++) heap[index] = words[index];
  return decoder.decode(heap, 0, length);
}

const sessions = [new Session(idsOf(0)), new Session(idsOf(1))] as const;
/** As a lock's value crosses between two threads that both know it. */
function refresh(value: unknown): unknown {
  const { words, length } = encoder.encodeWith(sessions[0], value, "value");
  return decoder.decodeWith(sessions[1], words, 0, length);
}

const PEERS: Record<string, Call> = {
  JSON: (value) => JSON.parse(JSON.stringify(value)) as unknown,
  structuredClone: (value) => structuredClone(value),
  "v8.serialize": (value) => deserialize(serialize(value)) as unknown,
};

/** Results go here, so that no compiler finds them useless. */
export let sink: unknown;

type Call = (value: unknown) => unknown;

/**
 * Nanoseconds that each of these takes, the medians of some samples. They are sampled in turn, so that what else the
 * machine does meets all of them.
 */
function measured(calls: readonly Call[], value: unknown): number[] {
  const time = (call: Call, rounds: number): number => {
    const began = performance.now();
    for (let round = 0; round < rounds; round++) sink = call(value);
    return ((performance.now() - began) * 1e6) / rounds;
  };
  const rounds = calls.map((call) => {
    time(call, 2000);
    return Math.max(1, Math.round(SAMPLE_NS / time(call, 2000)));
  });
  const samples = calls.map((): number[] => []);
  for (let sample = 0; sample < SAMPLES; sample++) {
    calls.forEach((call, index) => samples[index].push(time(call, rounds[index])));
  }
  return samples.map(median);
}

/** Measures; takes some seconds. */
export function run(): Promise<Row[]> {
  const rows: Row[] = [];
  for (let round = 0; round < 3000; round++) {
    for (const value of Object.values(VALUES)) {
      sink = codec(value);
      sink = refresh(value);
    }
  }
  for (const [what, value] of Object.entries(VALUES)) {
    const [ours, known, ...theirs] = measured([codec, refresh, ...Object.values(PEERS)], value);
    const row = { name: `cross: ${what}`, median: ours, unit: "ns", goal: "< 1 ×" } as const;
    Object.keys(PEERS).forEach((peer, index) => rows.push(compared(row, peer, theirs[index])));
    rows.push({ name: `refresh: ${what}`, median: known, unit: "ns" });
  }
  return Promise.resolve(rows);
}

if (import.meta.main) {
  const rows = await run();
  for (const { name, median: medianNs, peer, peerMedian } of rows) {
    console.log(
      JSON.stringify({ name, medianNs, ...(peer === undefined ? {} : { peer, peerMedian }) }),
    );
  }
  console.table(
    rows.map(({ name, median: ns, peer, peerMedian, ratio }) => ({
      name,
      ns: Math.round(ns),
      peer: peer ?? "",
      "peer ns": peerMedian === undefined ? "" : Math.round(peerMedian),
      ratio: ratio?.toFixed(2) ?? "",
    })),
  );
}
