/** The examples by their names, chapter by chapter, and what each must come to. */
import { WHY } from "./1-why.ts";
import { THREADS } from "./2-threads.ts";
import { MESSAGE_PASSING } from "./3-message-passing.ts";
import { SHARED_STATE } from "./4-shared-state.ts";
import { DATA_STRUCTURES } from "./5-data-structures.ts";
import { ASYNC } from "./6-async.ts";
import { MODELS } from "./7-models.ts";
import { PROCESSES } from "./8-processes.ts";
import type { Expectations } from "./expected.ts";

export const EXAMPLES: Expectations = {
  ...WHY,
  ...THREADS,
  ...MESSAGE_PASSING,
  ...SHARED_STATE,
  ...DATA_STRUCTURES,
  ...ASYNC,
  ...MODELS,
  ...PROCESSES,
};
