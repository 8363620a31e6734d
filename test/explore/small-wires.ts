/** Small programs over a pipe and a connection, which any of their threads writes, reads, closes and polls. Plain data. */
import fc from "fast-check";
import type { Address } from "../../src/base/brand.ts";
import { END_WORDS, EndSide, linkEnd } from "../../src/objects/ends.ts";
import { SELECT } from "../../src/objects/kinds.ts";
import {
  beginSelect,
  caseAt,
  CaseWord,
  SelectOperation,
  selectWords,
} from "../../src/objects/select.ts";
import { Carried, connection, pipe, WireOperation, WireWord } from "../../src/objects/wire.ts";
import { type Body, engine, modelOf, perform } from "../engine/model/by-hand.ts";
import type { Seen } from "./small-programs.ts";

export type WireDeed =
  | { readonly do: "write" | "tryWrite"; readonly on: number; readonly count: number }
  | { readonly do: "read" | "tryRead"; readonly on: number; readonly count: number }
  | { readonly do: "end" | "reset" | "stopReading"; readonly on: number }
  | { readonly do: "poll" | "tryPoll" };

export type WireProgram = readonly (readonly WireDeed[])[];

const DEED = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("write", "tryWrite", "read", "tryRead"),
      on: fc.nat(1),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom("end", "reset", "stopReading"),
      on: fc.nat(1),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("poll", "tryPoll") }) },
) as fc.Arbitrary<WireDeed>;

export const WIRE_PROGRAM: fc.Arbitrary<WireProgram> = fc.oneof(
  fc.array(fc.array(DEED, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 2 }),
  fc.array(fc.array(DEED, { minLength: 1, maxLength: 2 }), { minLength: 3, maxLength: 3 }),
);

const CAPACITY = 4;

export function modelOfWires(threads: WireProgram): Seen {
  let wires: Address[] = [];
  let seen: unknown[][] = [];
  const bodies = threads.map((deeds, id) => [`t${id}`, () => body(deeds, id)] as const);
  const model = modelOf({
    main: () => {
      seen = threads.map(() => []);
      wires = [wire(false), wire(true)];
    },
    threads: Object.fromEntries(bodies),
  });
  return { model, told: () => JSON.stringify(seen) };

  function wire(isConnection: boolean): Address {
    const kind = isConnection ? connection : pipe;
    const at = engine.create(kind, CAPACITY, isConnection ? Carried.CHOSEN : Carried.AT_ONCE);
    engine.words[at + WireWord.RING] = engine.allocate(CAPACITY / 4);
    for (const side of [EndSide.SENDER, EndSide.RECEIVER]) {
      const end = engine.allocate(END_WORDS);
      linkEnd(engine.words, at + WireWord.ENDS, end, side, engine.thread);
    }
    return at;
  }

  function* body(deeds: readonly WireDeed[], id: number): Body {
    for (const deed of deeds) yield* one(deed, id);
    return undefined;
  }

  function* one(deed: WireDeed, id: number): Body {
    switch (deed.do) {
      case "write":
      case "tryWrite": {
        const block = engine.allocate(1);
        bytesAt(block, deed.count).fill(id + 1);
        const operation = deed.do === "write" ? WireOperation.WRITE : WireOperation.TRY_WRITE;
        seen[id].push(yield* perform(wires[deed.on], operation, block, deed.count));
        return;
      }
      case "read":
      case "tryRead": {
        const block = engine.allocate(1);
        const operation = deed.do === "read" ? WireOperation.READ : WireOperation.TRY_READ;
        const count = yield* perform(wires[deed.on], operation, block, deed.count);
        seen[id].push(count > 0 ? [...bytesAt(block, count)].join("") : count);
        return;
      }
      case "end":
      case "reset": {
        const reset = deed.do === "reset" ? 1 : 0;
        seen[id].push(yield* perform(wires[deed.on], WireOperation.CLOSE_WRITER, 0, reset));
        return;
      }
      case "stopReading":
        seen[id].push(yield* perform(wires[deed.on], WireOperation.CLOSE_READER, 0));
        return;
      default:
        return yield* poll(deed.do === "poll", id);
    }
  }

  function* poll(waits: boolean, id: number): Body {
    const block = engine.allocate(selectWords(wires.length));
    beginSelect(engine.words, block, SELECT, engine.thread, wires.length, false);
    wires.forEach((at, index) => {
      const row = caseAt(block, index);
      engine.words[row + CaseWord.OBJECT] = at;
      engine.words[row + CaseWord.OPERATION] = WireOperation.READABLE;
      engine.words[row + CaseWord.A] = index;
      engine.words[row + CaseWord.B] = WireOperation.SURELY_READABLE;
    });
    const found = yield* perform(block, waits ? SelectOperation.POLL : SelectOperation.TRY_POLL);
    const came = wires.map((_, index) => engine.words[caseAt(block, index) + CaseWord.CAME]);
    seen[id].push(found, found === -1 ? "" : came.join());
    return undefined;
  }
}

function bytesAt(block: Address, count: number): Uint8Array {
  const { words } = engine;
  return new Uint8Array(words.buffer, words.byteOffset + block * 4, count);
}
