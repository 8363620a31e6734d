/**
 * A world that answers what a recording has. Where the program asks for more, or for something else than it did then, that is
 * told once, with what it asked, and from there on clocks stand still and bytes are those of the world that is given beside it.
 */
import { SCHEDULE_MESSAGES as MESSAGES } from "../../base/catalogue/schedule.ts";
import { type ClockKind, InputKind, InputReader, type Missing } from "../../trace/inputs.ts";
import { problem, type TraceProblem } from "../../trace/problem.ts";
import type { World } from "./world.ts";

/** In words, for the person: who asked for what, and where. */
export function missingInput(
  missing: Missing,
  asks: { readonly thread: string; readonly asked: string; readonly place: string },
): TraceProblem {
  const place = asks.place === "" ? "a place that is not known" : asks.place;
  const entry = missing === "more" ? MESSAGES.inputMore : MESSAGES.inputOther;
  return problem("warning", entry, { ...asks, place });
}

/** What was asked for, in words, and whether the recording had nothing more or something else. */
export type TellMissing = (asked: string, missing: Missing) => void;

const WORDS: Readonly<Record<ClockKind, string>> = {
  [InputKind.timers]: "the time for a timer",
  [InputKind.wall]: "the time of day",
  [InputKind.performance]: "`performance.now()`",
  [InputKind.hrtime]: "`process.hrtime()`",
};

export class ReplayedWorld implements World {
  readonly #reader: InputReader;
  readonly #beyond: World;
  readonly #tell: TellMissing;
  readonly #last: { [kind in ClockKind]?: number } = {};
  /** Where the program has asked for others, it is answered by the world: a variable more is no other way to go. */
  #environment: ReadonlyMap<string, string | undefined> | undefined;
  /** Whether timers are set by the recorded clock; undefined: not looked yet. */
  #timed: boolean | undefined;
  #left = false;

  constructor(bytes: Uint8Array, beyond: World, tell: TellMissing) {
    this.#reader = new InputReader(bytes);
    this.#beyond = beyond;
    this.#tell = tell;
  }

  wall(): number {
    return this.#clock(InputKind.wall) ?? this.#beyond.wall();
  }

  performance(): number {
    return this.#clock(InputKind.performance) ?? this.#beyond.performance();
  }

  hrtime(): number {
    return this.#clock(InputKind.hrtime) ?? this.#beyond.hrtime();
  }

  timers(ask: () => number): number {
    if (!(this.#timed ??= this.#reader.hasTimers)) return this.#beyond.timers(ask);
    return this.#clock(InputKind.timers) ?? this.#beyond.timers(ask);
  }

  fill(target: Uint8Array): void {
    if (!this.#left) {
      const missing = this.#reader.fill(target);
      if (missing === undefined) return;
      this.#leave("random bytes", missing);
    }
    this.#beyond.fill(target);
  }

  data(ask: () => Uint8Array): Uint8Array {
    if (!this.#left) {
      const given = this.#reader.data();
      if (typeof given !== "string") return given;
      this.#leave("a file", given);
    }
    return this.#beyond.data(ask);
  }

  environment(name: string, ask: () => string | undefined): string | undefined {
    const all = (this.#environment ??= this.#reader.environment());
    return all.has(name) ? all.get(name) : this.#beyond.environment(name, ask);
  }

  #clock(kind: ClockKind): number | undefined {
    if (!this.#left) {
      const time = this.#reader.clock(kind);
      if (typeof time === "number") return (this.#last[kind] = time);
      this.#leave(WORDS[kind], time);
    }
    return this.#last[kind];
  }

  #leave(asked: string, missing: Missing): void {
    this.#left = true;
    this.#tell(asked, missing);
  }
}
