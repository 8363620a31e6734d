/** How collections and thread-locals look to somebody who steps: what is in them, and what a step on them does. */
import type { Address } from "../../../base/brand.ts";
import { counter, CounterOperation, summed } from "../../../objects/counter.ts";
import { entriesOf, entryOf, EntryWord, map, MapOperation, MapWord } from "../../../objects/map.ts";
import type { ObjectKind } from "../../../objects/object.ts";
import { queue, QueueOperation, QueueWord } from "../../../objects/queue.ts";
import { stack, StackOperation, StackWord } from "../../../objects/stack.ts";
import { threadLocal } from "../../../objects/thread-local.ts";
import { High } from "../../../objects/value-words.ts";
import { NodeWord } from "../../../objects/waiters.ts";
import type { EventClass } from "../../../protocol/step.ts";
import { valueOf } from "../../../std/identity.ts";
import type { Looker } from "./inert.ts";

interface Looked {
  readonly words: Int32Array;
  readonly looker: Looker;
}

/** A value in words. */
type Tell = (value: unknown) => string;

interface Asked {
  readonly operation: number;
  readonly a: number;
  readonly b: number;
}

/** More of a collection is not listed. */
const MOST_SHOWN = 1000;

/** "3 entries", "2 of 4"; undefined for another kind. */
export function collectionText(
  { words }: Looked,
  kind: ObjectKind,
  at: Address,
): string | undefined {
  switch (kind) {
    case map:
      return plural(words[at + MapWord.SIZE], "entry", "entries");
    case queue: {
      const size = words[at + QueueWord.SIZE];
      const capacity = words[at + QueueWord.CAPACITY];
      return capacity < 0 ? `${size} queued` : `${size} of ${capacity} queued`;
    }
    case stack:
      return words[at + StackWord.TOP] === 0 ? "empty" : "not empty";
    case counter:
      return String(summed(words, at));
    case threadLocal:
      return "a value for each thread";
    default:
      return undefined;
  }
}

/** What is in it, by key or by place: the next one to come out first. */
export function contentsOf(
  run: Looked,
  kind: ObjectKind,
  at: Address,
  tell: Tell,
): readonly (readonly [name: string, value: unknown])[] {
  const { words } = run;
  switch (kind) {
    case map:
      return [...entriesOf(words, at)]
        .toSorted((one, other) => words[one + EntryWord.NUMBER] - words[other + EntryWord.NUMBER])
        .slice(0, MOST_SHOWN)
        .map((entry) => [`[${tell(keyIn(run, entry))}]`, valueIn(run, entry)]);
    case queue:
      return messages(run, words[at + QueueWord.FIRST], words[at + QueueWord.SIZE]);
    case stack:
      return messages(run, words[at + StackWord.TOP], Infinity);
    default:
      return [];
  }
}

/** What a step does: a verb, in its base form and for a third person, and what follows it. */
export function collectionDeed(
  run: Looked,
  kind: ObjectKind,
  at: Address,
  name: string,
  { operation, a, b }: Asked,
  tell: Tell,
): readonly [verb: string, third: string, rest: string] | undefined {
  const [first] = contentsOf(run, kind, at, tell);
  const top = first === undefined ? "nothing" : tell(first[1]);
  switch (kind) {
    case map:
      return ofMap(run, at, name, operation, b, tell);
    case queue: {
      const { words, looker } = run;
      if (operation === QueueOperation.POP) return ["pop", "pops", `${name} → ${top}`];
      if (operation === QueueOperation.SIZE)
        return ["ask", "asks", `how many are in ${name} → ${words[at + QueueWord.SIZE]}`];
      const isFull = words[at + QueueWord.SIZE] === words[at + QueueWord.CAPACITY];
      const told = tell(looker.decode(a as Address));
      return isFull
        ? ["find", "finds", `${name} full, for ${told}`]
        : ["push", "pushes", `${told} into ${name}`];
    }
    case stack:
      return operation === StackOperation.POP
        ? ["pop", "pops", `${name} → ${top}`]
        : ["push", "pushes", `${tell(run.looker.decode(a as Address))} onto ${name}`];
    case counter:
      return operation === CounterOperation.ADD
        ? ["add", "adds", `${b * 2 ** 32 + (a >>> 0)} to ${name}`]
        : ["sum up", "sums up", `${name} → ${summed(run.words, at)}`];
    case threadLocal:
      return ["make", "makes", `its own ${name}`];
    default:
      return undefined;
  }
}

/** To which class of events a step belongs; undefined for another kind. */
export function collectionClass(kind: ObjectKind, operation: number): EventClass | undefined {
  switch (kind) {
    case queue:
      return (["send", "receive"] as const)[operation] ?? "any";
    case stack:
      return operation === StackOperation.PUSH ? "send" : "receive";
    case map:
    case counter:
      return "atomic";
    default:
      return undefined;
  }
}

function ofMap(
  run: Looked,
  at: Address,
  name: string,
  operation: number,
  asked: number,
  tell: Tell,
): readonly [string, string, string] {
  if (operation === MapOperation.SIZE)
    return ["ask", "asks", `how many are in ${name} → ${run.words[at + MapWord.SIZE]}`];
  const key = tell(keyIn(run, asked));
  const entry = entryOf(run.words, at, asked);
  const before = entry === 0 ? "nothing" : tell(valueIn(run, entry));
  const place = `${name}[${key}]`;
  switch (operation) {
    case MapOperation.GET:
      return ["look up", "looks up", `${place} → ${before}`];
    case MapOperation.DELETE:
      return ["delete", "deletes", `${place}, was ${before}`];
    case MapOperation.SET:
      return ["set", "sets", `${place} ← ${tell(valueIn(run, asked))}, was ${before}`];
    default:
      return entry === 0
        ? ["insert", "inserts", `${place} ← ${tell(valueIn(run, asked))}`]
        : ["find", "finds", `${place} → ${before}`];
  }
}

function keyIn(run: Looked, entry: number): unknown {
  const low = run.words[entry + EntryWord.KEY_LOW];
  const high = run.words[entry + EntryWord.KEY_HIGH];
  // An object that was never inserted anywhere: no entry has it.
  return high === High.OBJECT && low === 0 ? {} : valueOf(low, high, run.looker);
}

function valueIn(run: Looked, entry: number): unknown {
  return valueOf(
    run.words[entry + EntryWord.VALUE_LOW],
    run.words[entry + EntryWord.VALUE_HIGH],
    run.looker,
  );
}

function messages(run: Looked, first: number, most: number): (readonly [string, unknown])[] {
  const listed: (readonly [string, unknown])[] = [];
  for (let at = first; at !== 0 && listed.length < Math.min(most, MOST_SHOWN);) {
    listed.push([`[${listed.length}]`, run.looker.decode(at as Address)]);
    at = run.words[at + NodeWord.NEXT];
  }
  return listed;
}

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
