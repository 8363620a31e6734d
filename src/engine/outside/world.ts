/**
 * What a thread asks of the world outside its program: the time, random bytes. Where the answers come from is one of these: the
 * world itself (`native/real-world.ts`), one that is the same each time (`virtual-world.ts`), a recording (`replayed-world.ts`).
 */
export interface World {
  /** Milliseconds since 1970, whole. */
  wall(): number;
  /** `performance.now()`, in whole nanoseconds. */
  performance(): number;
  /** `process.hrtime()`, in whole nanoseconds since the run began. */
  hrtime(): number;
  /** The clock that the thread's timers go by, in whole nanoseconds; `ask` has it from the thread itself. */
  timers(ask: () => number): number;
  /** Random bytes, unpredictable ones where the world is real. */
  fill(target: Uint8Array): void;
  /** An answer of any length: `ask` has it from the world itself. */
  data(ask: () => Uint8Array): Uint8Array;
  /** A variable of the environment; `ask` has it from the world itself. */
  environment(name: string, ask: () => string | undefined): string | undefined;
}
