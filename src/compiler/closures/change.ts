/**
 * What has to be put otherwise in the file of a unit test, so that functions that it gives to `explore` can be explored. Data:
 * who loads the file makes the changes (`src/testing`).
 */
import type { tell } from "../../base/catalogue/message.ts";
import type { Place } from "../../trace/finding.ts";

export interface TestFileChange {
  readonly closures: readonly ClosureChange[];
  /** Specifiers of `threadloom:*` modules, quotes included, in the order of the text. */
  readonly specifiers: readonly {
    readonly start: number;
    readonly end: number;
    readonly name: string;
  }[];
}

export interface ClosureChange {
  /** The argument of `explore`, as offsets: what is replaced. */
  readonly start: number;
  readonly end: number;
  readonly place: Place;
  /** The program that it becomes; empty where there is a problem. */
  readonly text: string;
  /** Local variables of the functions around it that it uses, in the order of their names. */
  readonly captured: readonly CapturedName[];
  /** Where their values go into the text. */
  readonly at: number;
  /** Why it cannot be a program. */
  readonly problem?: ReturnType<typeof tell>;
}

export interface CapturedName {
  readonly name: string;
  /** Where the function uses it first. */
  readonly place: Place;
}
