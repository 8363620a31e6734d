/** What a select looks at, as operations of its own on the objects of its cases. */
import type { Address, ThreadId } from "../base/brand.ts";
import { SELECT } from "../objects/kinds.ts";
import type { Operation } from "../engine/model/observer.ts";
import { Head, Outlook } from "../objects/object.ts";
import { caseAt, CaseWord, SelectWord } from "../objects/select.ts";
import { EventKind } from "../trace/event.ts";
import type { Part, Thing } from "./step.ts";

export const isSelect = (words: Int32Array, object: Address): boolean =>
  object !== 0 && words[object + Head.KIND] === SELECT;

/** Of a select that waits, which thread `id` makes. */
export function casesOf(
  words: Int32Array,
  thingAt: (object: Address) => Thing | undefined,
  id: ThreadId,
  select: Address,
): Part[] {
  return Array.from({ length: words[select + SelectWord.COUNT] }, (_, index) => {
    const row = caseAt(select, index);
    return {
      id,
      thing: thingAt(words[row + CaseWord.OBJECT] as Address)!,
      ...{ operation: words[row + CaseWord.OPERATION], a: words[row + CaseWord.A] },
      ...{ b: words[row + CaseWord.B], low: 0, high: 0 },
      ...{ result: 0, event: EventKind.query, argument: 0, looks: true },
    };
  });
}

/** Of a case that was not taken, while that is decided. */
export function lookedAt(words: Int32Array, thing: Thing, id: ThreadId, asked: Operation): Part {
  const { operation, a, b } = asked;
  const ready = thing.kind.outlook(words, thing.at, operation, a, b, id) === Outlook.GOES;
  const seen = { result: 0, event: EventKind.query, argument: 0 };
  return { id, thing, operation, a, b, ...seen, looks: true, ready };
}
