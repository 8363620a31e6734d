/**
 * What the names of `threadloom:*` are in a test's own process, where there are no threads: they can be imported, passed over and
 * constructed at a file's top level, whose text functions take along; whoever uses them is told where they work.
 */
import { tell } from "../base/catalogue/message.ts";
import { TESTING_MESSAGES } from "../base/catalogue/testing.ts";
import { SetUpError } from "./set-up-error.ts";

/** Bundled for each module, with its names put in (`scripts/outside.mjs`). */
export function outside(module: string, name: string): unknown {
  const refuse = (): never => {
    throw new SetUpError(tell(TESTING_MESSAGES.outside, { module, name }));
  };
  // Symbols are asked for by who prints a value, or looks whether it can be iterated; both are answered with nothing.
  const get = (_: object, key: string | symbol): unknown =>
    typeof key === "symbol" || key === "then" ? undefined : refuse();
  const handle = (): object => new Proxy({}, { get, set: refuse });
  return new Proxy(function () {}, {
    apply: refuse,
    construct: handle,
    get: (target, key) => (key === "prototype" ? (target.prototype as object) : get(target, key)),
  });
}
