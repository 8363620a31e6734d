/**
 * Whom a stack that is written now goes on with. How they are found is in `callers.ts`: who writes stacks need not know what tasks
 * are made of.
 */
import type { SiteId } from "../../base/brand.ts";

export interface AsyncCaller {
  /** Empty where the function has no name. */
  readonly name: string;
  /** Of its `await`. */
  readonly site: SiteId;
}

const NOBODY: readonly AsyncCaller[] = [];

export let writtenCallers: readonly AsyncCaller[] = NOBODY;

/** Has the stack of an error written, if that was not done before. */
export function writeStack(error: Error, callers: readonly AsyncCaller[]): void {
  writtenCallers = callers;
  try {
    void error.stack;
  } finally {
    writtenCallers = NOBODY;
  }
}
