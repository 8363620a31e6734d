/** Exit statuses: a contract, since scripts of others look at them. */
export const Exit = {
  /** The run ended as `@expect` says, or well where nothing is said. */
  AS_EXPECTED: 0,
  NOT_AS_EXPECTED: 1,
  /** Bad usage, or a program that does not compile. */
  BAD_USAGE: 2,
  STOPPED_AT_LIMIT: 3,
  /** 128 + SIGINT, as shells have it. */
  INTERRUPTED: 130,
} as const;
export type Exit = (typeof Exit)[keyof typeof Exit];
