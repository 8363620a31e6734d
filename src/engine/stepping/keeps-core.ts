/** Why others did not go though they could, where a program's execution model has nobody interrupted. */
import type { ThreadId } from "../../base/brand.ts";
import { tell } from "../../base/catalogue/message.ts";
import { STEPPING_MESSAGES } from "../../base/catalogue/stepping.ts";
import type { Turns } from "./turns.ts";

/** More are only counted. */
const NAMED = 3;

/** `thread` alone has gone; `others` could have. In words; undefined where the model is not why. */
export function whyNobodyElse(
  { model, longest }: Turns,
  thread: ThreadId,
  others: readonly ThreadId[],
  nameOf: (thread: ThreadId) => string,
): string | undefined {
  if (longest < Infinity || others.length === 0) return undefined;
  const named = others.slice(0, NAMED).map((one) => `\`${nameOf(one)}\``);
  if (others.length > NAMED) named.push(`${others.length - NAMED} more`);
  const values = { thread: nameOf(thread), others: named.join(", "), model };
  const { code, message, remedy } = tell(STEPPING_MESSAGES.keepsCore, values);
  return `${code} ${message} ${remedy}`;
}
