/** Why what lives in one memory stays there. */

/** Said of handles that were to go into another process, while typing and when it is run. */
export const OF_ONE_MEMORY = {
  why: "another process has a memory of its own, and this lives in ours",
  remedy:
    "Send and receive messages instead; what the process needs of its own, make within its body.",
} as const;
