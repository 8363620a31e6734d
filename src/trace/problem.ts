/** What is wrong with a trace: a value that a reader answers, never an exception. */
import { tell, type Message } from "../base/catalogue/message.ts";

export interface TraceProblem {
  /** Of the catalogue: `TL4003`. */
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  /** Error: the file is none, or damaged. Warning: a good trace of which something is missing. */
  readonly severity: "error" | "warning";
}

export function problem<const Values extends readonly string[]>(
  severity: TraceProblem["severity"],
  entry: Message<Values>,
  values: { readonly [name in Values[number]]: string | number },
): TraceProblem {
  return { ...tell(entry, values), severity };
}
