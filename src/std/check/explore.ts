/**
 * `explore`, as a program of Threadloom's finds it: nobody can explore from within a run, which is itself one interleaving of many.
 * In a test's own process the same name leads to `threadloom/testing` (`scripts/testing-files.mjs`), where it does what it says.
 */
import { EXPLORE_MESSAGES } from "../../base/catalogue/explore.ts";
import { text } from "../errors.ts";

export function explore(program: { readonly href: string } | (() => void)): never {
  const what = typeof program === "function" ? "this function" : `\`${program.href}\``;
  throw new Error(text(EXPLORE_MESSAGES.exploreWithin, { what }));
}
