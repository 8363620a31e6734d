/** What a select looks at, as operations of its own on the objects of its cases. */
import type { Address, ThreadId } from "../base/brand.ts";
import { SELECT } from "../objects/kinds.ts";
import { Head } from "../objects/object.ts";
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
