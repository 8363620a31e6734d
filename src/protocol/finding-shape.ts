/** What a finding looks like that crosses into a page. */
import { amount, list, object, oneOf, optional, place, text, whole } from "../base/shape.ts";

export const finding = object({
  kind: text,
  code: text,
  severity: oneOf("error", "warning"),
  message: text,
  sites: list(place),
  remedy: optional(text),
  chain: optional(list(object({ text, site: optional(place), thread: optional(whole) }))),
  time: optional(amount),
  threads: optional(list(whole)),
  objects: optional(list(whole)),
});
