/** Why what lives in one memory stays there. */

/** Said of handles that were to go into another process, while typing and when it is run. */
export const OF_ONE_MEMORY = {
  why: "another process has a memory of its own, and this lives in ours",
  remedy:
    "Send and receive messages instead, or bytes by a pipe; what the process needs of its own, make within its body.",
} as const;

/** Said of the end of a pipe that was to go the other way. */
export const ONLY_DOWN = {
  why: "ends of pipes move into a process from whoever has started it, not back",
  remedy: "Make the pipe where the process is started, and let the process capture its end.",
} as const;
