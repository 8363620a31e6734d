/** Every method of arrays, by name. */
import type { ArrayMethod } from "./access.ts";
import { COPIES } from "./copies.ts";
import { ITERATION } from "./iteration.ts";
import { MUTATORS } from "./mutators.ts";
import { SEARCHES } from "./searches.ts";

export const ARRAY_METHODS: ReadonlyMap<string, ArrayMethod> = new Map<string, ArrayMethod>(
  Object.entries({ ...MUTATORS, ...SEARCHES, ...ITERATION, ...COPIES }),
);
