/** What `import … from "threadloom:collections"` gives: the names that `../types/collections.d.ts` declares. */
import { StripedCounter } from "./counter.ts";
import { ConcurrentMap } from "./map.ts";
import { ConcurrentQueue } from "./queue.ts";
import { ConcurrentStack } from "./stack.ts";

export const COLLECTIONS: Readonly<Record<string, unknown>> = {
  ConcurrentMap,
  ConcurrentQueue,
  ConcurrentStack,
  StripedCounter,
};
