/** Links one of the language's own methods with a twin; methods that this host does not have yet are passed over. */
import type { Twin } from "../../../../protocol/twins.ts";
import { link, twinOf } from "../stamp.ts";

type Body = (this: never, ...args: never[]) => Generator<unknown, unknown, unknown>;

export function twins(holder: object, methods: Readonly<Record<string, Body>>): void {
  for (const [name, twin] of Object.entries(methods)) {
    const method = (holder as Record<string, unknown>)[name];
    if (typeof method === "function" && twinOf(method) === undefined) link(method, twin as Twin);
  }
}
