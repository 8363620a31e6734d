/** A world whose answers are written down, for a replay to give them again. */
import {
  type AnswerKind,
  type ClockKind,
  environmentBytes,
  InputKind,
} from "../../trace/inputs.ts";
import type { World } from "./world.ts";

/** Takes answers in their order: into shared memory (`native/input-ring.ts`) or beside the trace (`input-log.ts`). */
export interface InputSink {
  clock(kind: ClockKind, time: number): void;
  bytes(given: Uint8Array): void;
  answer(kind: AnswerKind, given: Uint8Array): void;
}

export class LoggedWorld implements World {
  readonly #world: World;
  readonly #sink: InputSink;
  /** Variables that are written down. */
  readonly #known = new Set<string>();

  constructor(world: World, sink: InputSink) {
    this.#world = world;
    this.#sink = sink;
  }

  wall(): number {
    const time = this.#world.wall();
    this.#sink.clock(InputKind.wall, time);
    return time;
  }

  performance(): number {
    const time = this.#world.performance();
    this.#sink.clock(InputKind.performance, time);
    return time;
  }

  hrtime(): number {
    const time = this.#world.hrtime();
    this.#sink.clock(InputKind.hrtime, time);
    return time;
  }

  timers(ask: () => number): number {
    const time = this.#world.timers(ask);
    this.#sink.clock(InputKind.timers, time);
    return time;
  }

  fill(target: Uint8Array): void {
    this.#world.fill(target);
    this.#sink.bytes(target);
  }

  data(ask: () => Uint8Array): Uint8Array {
    const given = this.#world.data(ask);
    this.#sink.answer(InputKind.data, given);
    return given;
  }

  environment(name: string, ask: () => string | undefined): string | undefined {
    const value = this.#world.environment(name, ask);
    if (this.#known.has(name)) return value;
    this.#known.add(name);
    this.#sink.answer(InputKind.environment, environmentBytes(name, value));
    return value;
  }
}
