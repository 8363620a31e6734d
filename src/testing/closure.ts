/** What the transform puts in the place of a function that is given to `explore`: the program that it became, and where. */
import type { Place } from "../trace/finding.ts";
import type { SetUpProblem } from "./set-up-error.ts";

/** Of the shape below: a file that another version has prepared (a runner's cache) is refused. */
export const CLOSURE_VERSION = 1;

export interface PreparedClosure {
  readonly threadloomClosure: typeof CLOSURE_VERSION;
  /** Where the function begins. */
  readonly place: Place;
  /** The program: the test's file without what the function does not use, every line and column as it was. */
  readonly text: string;
  /** Where the values of captured variables go into the text. */
  readonly at: number;
  readonly captured?: () => Record<string, unknown>;
  /** Where each of them is used. */
  readonly places?: Readonly<Record<string, Place>>;
  /** Why it cannot be a program. */
  readonly problem?: SetUpProblem;
}

export function isPreparedClosure(value: unknown): value is PreparedClosure {
  return (
    typeof value === "object" &&
    value !== null &&
    (value as Partial<PreparedClosure>).threadloomClosure === CLOSURE_VERSION
  );
}
