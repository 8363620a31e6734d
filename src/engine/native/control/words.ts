/** What a controlled run has in shared memory beside the rest: who moves, and where each thread stands. */

/** Words of a run's control, a block whose address stands in the head of the run; 0 there: the run is free. */
export const ControlWord = {
  /** Threads that are on their way to their next stand. The controller waits until it is 0. */
  MOVING: 0,
  /** Set by the runner: the controller shall come to an end. */
  STOP: 1,
  /** The object that was made last, each linked to the one before it (`Head.MADE_BEFORE`); parts of others left out. */
  OBJECTS: 2,
  /** 1: somebody looks, and wants to know each thread's stack. */
  STACKS: 3,
  /** Virtual time in microseconds. Moves only while nobody else does. */
  NOW_LOW: 4,
  NOW_HIGH: 5,
} as const;
export const CONTROL_WORDS = 6;

/** Words of a thread's stand, a block whose address stands in its slot. */
export const StandWord = {
  /** What the thread waits on: one of `Go`. */
  GO: 0,
  /** One of `Standing`. */
  STANDING: 1,
  /** The operation that it is about to make. */
  OBJECT: 2,
  OPERATION: 3,
  A: 4,
  B: 5,
  SITE: 6,
  /** Its patience in microseconds, -1 for no end. */
  PATIENCE: 7,
  /** Counts operations, so that the controller knows whether the patience is that of a new one. */
  CALL: 8,
  /** A choice that it asks for: among how many. The answer comes in `ANSWER`. */
  AMONG: 9,
  ANSWER: 10,
  /** Further words of the operation's arguments. */
  LOW: 11,
  HIGH: 12,
  /** Where stacks are wanted: the thread's, an encoded string; 0 where it is not known. */
  STACK: 13,
  /** Of a choice: the one for who has no opinion. */
  OTHERWISE: 14,
} as const;
export const STAND_WORDS = 15;

export const Standing = {
  /** On its way, or not begun. */
  MOVES: 0,
  /** Before an operation. */
  BEFORE: 1,
  /** In an operation's queue, after a step that left a note. */
  NOTED: 2,
  SLEEPS: 3,
  YIELDS: 4,
  /** In the middle of a step that asks for a choice. */
  CHOOSES: 5,
  /** It will never move again: it has ended, or awaits what nothing settles. */
  OVER: 6,
  /** In a select that has left notes: it goes on when it is let to, or when somebody has completed it. */
  SELECTS: 7,
} as const;

export const Go = {
  WAIT: 0,
  /** Go on. */
  ON: 1,
  /** Its patience is at its end. */
  TIMED_OUT: 2,
} as const;
