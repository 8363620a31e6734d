/** Small programs whose threads send, receive and select over three channels, one of each sort. Plain data. */
import fc from "fast-check";
import type { Address } from "../../src/base/brand.ts";
import { channel, ChannelOperation } from "../../src/objects/channel.ts";
import { SELECT } from "../../src/objects/kinds.ts";
import {
  beginSelect,
  caseAt,
  CaseWord,
  NO_CASE,
  SelectOperation,
  selectWords,
  SelectWord,
} from "../../src/objects/select.ts";
import { NODE_WORDS } from "../../src/objects/waiters.ts";
import { type Body, engine, modelOf, perform, performFor } from "../engine/model/by-hand.ts";
import type { Seen } from "./small-programs.ts";

interface Case {
  readonly sends: boolean;
  readonly on: number;
}

export type SelectDeed =
  | { readonly do: "send" | "trySend" | "recv" | "tryRecv" | "recvFor"; readonly on: number }
  | {
      readonly do: "select" | "trySelect" | "selectFor";
      readonly biased: boolean;
      readonly cases: readonly Case[];
    };

export type SelectProgram = readonly (readonly SelectDeed[])[];

/** A rendezvous, a buffer of one, and one without bounds. */
const CAPACITIES = [0, 1, -1];
const ON = fc.nat(CAPACITIES.length - 1);

const DEED: fc.Arbitrary<SelectDeed> = fc.oneof(
  fc.record({
    do: fc.constantFrom("send", "send", "trySend", "recv", "tryRecv", "recvFor"),
    on: ON,
  }),
  fc.record({
    do: fc.constantFrom("select", "select", "trySelect", "selectFor"),
    biased: fc.boolean(),
    cases: fc.uniqueArray(fc.record({ sends: fc.boolean(), on: ON }), {
      minLength: 2,
      maxLength: 3,
      selector: ({ on }) => on,
    }),
  }),
);

export const SELECT_PROGRAM: fc.Arbitrary<SelectProgram> = fc.oneof(
  fc.array(fc.array(DEED, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 2 }),
  fc.array(fc.array(DEED, { minLength: 1, maxLength: 2 }), { minLength: 3, maxLength: 3 }),
);

export function modelOfSelects(threads: SelectProgram): Seen {
  let channels: Address[] = [];
  let seen: string[][] = [];
  const bodies = threads.map((deeds, id) => [`t${id}`, () => body(deeds, id)] as const);
  const model = modelOf({
    main: () => {
      seen = threads.map(() => []);
      channels = CAPACITIES.map((capacity) => engine.create(channel, capacity));
    },
    threads: Object.fromEntries(bodies),
  });
  return { model, told: () => JSON.stringify(seen) };

  function* body(deeds: readonly SelectDeed[], id: number): Body {
    for (const deed of deeds) seen[id].push(yield* one(deed, id));
    return undefined;
  }

  function* one(deed: SelectDeed, id: number): Generator<unknown, string> {
    switch (deed.do) {
      case "send":
      case "trySend": {
        const operation = deed.do === "send" ? ChannelOperation.SEND : ChannelOperation.TRY_SEND;
        return String(yield* perform(channels[deed.on], operation, message(id)));
      }
      case "recv":
      case "tryRecv": {
        const operation =
          deed.do === "recv" ? ChannelOperation.RECEIVE : ChannelOperation.TRY_RECEIVE;
        return received(yield* perform(channels[deed.on], operation, engine.node));
      }
      case "recvFor": {
        const { RECEIVE } = ChannelOperation;
        return received(yield* performFor(channels[deed.on], RECEIVE, engine.node, 0, 10));
      }
      default:
        return yield* select(deed, id);
    }
  }

  function* select(
    { do: how, biased, cases }: Extract<SelectDeed, { readonly biased: boolean }>,
    id: number,
  ): Generator<unknown, string> {
    const { words } = engine;
    const at = engine.allocate(selectWords(cases.length));
    beginSelect(words, at, SELECT, engine.thread, cases.length, biased);
    cases.forEach(({ sends, on }, index) => {
      const row = caseAt(at, index);
      words[row + CaseWord.OBJECT] = channels[on];
      words[row + CaseWord.OPERATION] = sends ? ChannelOperation.SEND : ChannelOperation.RECEIVE;
      words[row + CaseWord.A] = sends ? message(id) : row + CaseWord.NODE;
    });
    const operation = how === "trySelect" ? SelectOperation.TRY_SELECT : SelectOperation.SELECT;
    if (how === "selectFor") yield* performFor(at, operation, 0, 0, 10);
    else yield* perform(at, operation);
    // Of one that somebody else's step has completed, it stands there alone.
    const taken = engine.words[at + SelectWord.TAKEN];
    if (taken === NO_CASE) return "none";
    const result = engine.words[at + SelectWord.RESULT];
    return `${taken}:${cases[taken].sends ? result : received(result)}`;
  }

  function message(id: number): Address {
    const block = engine.allocate(NODE_WORDS + 1);
    engine.words[block + NODE_WORDS] = id + 1;
    return block;
  }

  function received(result: number): string {
    return result > 0 ? `m${engine.words[result + NODE_WORDS]}` : String(result);
  }
}
