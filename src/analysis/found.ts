/** Makes a finding of an entry of the catalogue. */
import { tell, type Message } from "../base/catalogue/message.ts";
import type { Finding, FindingKind } from "../trace/finding.ts";

export function warning<const Values extends readonly string[]>(
  kind: FindingKind,
  entry: Message<Values>,
  values: { readonly [name in Values[number]]: string | number },
  rest: Omit<Finding, "kind" | "code" | "severity" | "message" | "remedy">,
): Finding {
  return { kind, ...tell(entry, values), severity: "warning", ...rest };
}

/** One step of a finding's chain; without a place where that is not known. */
export function link(
  text: string,
  site: Finding["sites"][number] | undefined,
  thread?: number,
): NonNullable<Finding["chain"]>[number] {
  return {
    text,
    ...(site === undefined ? {} : { site }),
    ...(thread === undefined ? {} : { thread }),
  };
}
