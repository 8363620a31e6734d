/**
 * What a test's thread and the worker that explores for it say to each other, as JSON: objects that crossed as they are would be
 * of another realm than Jest's tests, where `toEqual` tells an array of theirs from ours. Both ends are built together.
 */
import type { MessagePort } from "node:worker_threads";
import type { TranspileRequest } from "../compiler/service-messages.ts";
import type { Checked } from "../explore/checked.ts";
import type { SearchRequest } from "../explore/explore-options.ts";
import type { TestFileChange } from "../compiler/closures/change.ts";

export type DeskRequest =
  | {
      readonly type: "explore";
      /** The entry's path. */
      readonly file: string;
      /** Instead of what lies there: the program that a function became. */
      readonly text?: string;
      readonly search: SearchRequest;
      /** Tried before anything else. */
      readonly schedules: readonly string[];
      /** The failing schedule is kept beside the program. */
      readonly save: boolean;
    }
  /** A test's file is about to be loaded: what of it has to be put otherwise. */
  | { readonly type: "prepare"; readonly file: string; readonly text: string }
  | ({ readonly type: "transpile" } & TranspileRequest);

export type DeskAnswer =
  | { readonly type: "explored"; readonly explored: Explored }
  | { readonly type: "prepared"; readonly change: TestFileChange }
  | { readonly type: "transpiled"; readonly code: string }
  /** An exception left it: a mistake of ours. */
  | { readonly type: "failed"; readonly reason: string };

/** What each request is answered with, if nothing goes wrong. */
export const ANSWERS = {
  explore: "explored",
  prepare: "prepared",
  transpile: "transpiled",
} as const;
export type AnswerTo<Type extends DeskRequest["type"]> = DeskAnswer & {
  readonly type: (typeof ANSWERS)[Type];
};

export interface Explored {
  readonly checked: Checked;
  /** The schedule file that was written. */
  readonly saved?: string;
  /** What could not be read or written beside the program, in words. */
  readonly warnings: readonly string[];
}

/** What the worker is given when it starts. */
export interface DeskData {
  readonly port: MessagePort;
  /** `DeskWord`s. */
  readonly words: Int32Array;
}

export const DeskWord = {
  /** Counts answers. */
  ANSWERED: 0,
  /** Not 0: it hears. */
  READY: 1,
  /** Not 0: it has ended. */
  GONE: 2,
  COUNT: 3,
} as const;
