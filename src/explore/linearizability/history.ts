/** A history in words: the calls with what they came to, when they were made, and why no order explains them. */
import { listed } from "../../analysis/words.ts";
import { siteAsPlace } from "../../engine/program/names.ts";
import type { CallHistory } from "../../protocol/explore.ts";
import type { Subject } from "../../std/check/told.ts";
import type { Execution } from "../execution.ts";
import type { Call } from "./calls.ts";
import type { Explained } from "./search.ts";

/** A call of one step begins right before it and ends right after it: less than what lies between two steps. */
const ASIDE = 0.1;

export function historyOf(
  execution: Execution,
  { calls }: Subject,
  made: readonly Call[],
  { holds, order, instead }: Explained,
): CallHistory {
  const { names } = execution.run;
  const { program } = execution.model.inside;
  const began = ({ first }: Call): number => first - ASIDE;
  const ended = ({ last }: Call): number => last + ASIDE;
  const moments = [...new Set(made.flatMap((call) => [began(call), ended(call)]))].sort(
    (one, other) => one - other,
  );
  const rows = made.map((one) => {
    const { thread, call, outcome, site } = one;
    const place = siteAsPlace(program, site);
    return {
      thread: names[thread],
      threadId: thread,
      call: calls[call - 1],
      outcome: outcome ?? null,
      from: moments.indexOf(began(one)),
      to: moments.indexOf(ended(one)),
      ...(place === undefined ? {} : { place }),
    };
  });
  const wordsOf = (at: number): string => `\`${rows[at].call}\``;
  return {
    calls: rows,
    order: holds ? order : [],
    why: holds ? "" : whyOf({ order, instead }, rows, wordsOf),
  };
}

/** What the model answers after the longest beginning of an order that there is. */
function whyOf(
  { order, instead }: Pick<Explained, "order" | "instead">,
  rows: CallHistory["calls"],
  wordsOf: (at: number) => string,
): string {
  const after = order.length === 0 ? "At first" : `After ${listed(order.map(wordsOf))}`;
  const told = instead.map(({ at, answer }) => {
    const { outcome, thread } = rows[at];
    const right = answer === undefined ? "would not return" : `would be ${answer}`;
    return `${thread}'s ${wordsOf(at)} ${right}, not ${outcome}`;
  });
  return `${after}, ${listed(told)}.`;
}
