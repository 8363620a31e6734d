/**
 * What of `threadloom:std` never stops: it makes something, or only looks at this thread. (`spawn` is an operation on the new
 * thread, before which its caller stands.) Whatever is not here may stop. A
 * test holds the list against the twins that the build gives to `std`.
 */
export const STD_NEVER_STOPS: ReadonlySet<string> = new Set([
  "channel",
  "syncChannel",
  "oneshot",
  "pipe",
  "watch",
  "broadcast",
  "timeout",
  "otherwise",
  "current",
  "availableParallelism",
  "assert",
  "label",
  "region",
]);

/** Properties that are read by an operation. */
export const STD_READS_THAT_STOP: ReadonlySet<string> = new Set([
  "available",
  "count",
  "isCompleted",
  "isFinished",
  "isPoisoned",
  "size",
]);
