/**
 * What the threads of a modelled run have of the world: each its own, made when it first asks. A run that follows a recording is
 * answered from there; otherwise time is virtual, and random numbers come from the program's seed.
 */
import type { ThreadId } from "../../base/brand.ts";
import { InputLog } from "../outside/input-log.ts";
import { LoggedWorld } from "../outside/logged-world.ts";
import { Outside } from "../outside/outside.ts";
import { type RecordedInputs, roleOfChild } from "../outside/recorded-inputs.ts";
import { ReplayedWorld, type TellMissing } from "../outside/replayed-world.ts";
import { seedOfChild } from "../outside/seeds.ts";
import { VirtualWorld } from "../outside/virtual-world.ts";
import type { World } from "../outside/world.ts";

export interface OutsidesParts {
  /** Virtual nanoseconds since the run began. */
  readonly now: () => number;
  /** Of a run that follows no recording. */
  readonly seed: number;
  readonly recorded: RecordedInputs | undefined;
  /** Told where a thread asks for what its recording has not. */
  readonly missing: (thread: ThreadId, ...told: Parameters<TellMissing>) => void;
  /** Where answers are written down; undefined: nowhere. */
  readonly log: ((thread: ThreadId, piece: Uint8Array) => void) | undefined;
}

const NOTHING = new Uint8Array(0);

export class Outsides {
  readonly #parts: OutsidesParts;
  readonly #parents: (ThreadId | -1)[] = [];
  /** Which child of its parent a thread is. */
  readonly #nth: number[] = [];
  readonly #children: number[] = [];
  readonly #outsides: (Outside | undefined)[] = [];
  readonly #logs: InputLog[] = [];

  constructor(parts: OutsidesParts) {
    this.#parts = parts;
  }

  /** What `availableParallelism()` answered; undefined where nothing was recorded. */
  get parallelism(): number | undefined {
    return this.#parts.recorded?.facts.parallelism;
  }

  /** A thread begins: told of each once, in order of their numbers. */
  add(thread: ThreadId, parent: ThreadId | -1): void {
    this.#parents[thread] = parent;
    const nth = parent === -1 ? 0 : (this.#children[parent] ?? 0);
    this.#nth[thread] = nth;
    if (parent !== -1) this.#children[parent] = nth + 1;
  }

  /** What the process is called by its system whose main thread `parent` is about to start; undefined where nothing says so. */
  pidOfNext(parent: ThreadId): number | undefined {
    const { recorded } = this.#parts;
    const role = roleOfChild(recorded, this.#roleOf(parent), this.#children[parent] ?? 0);
    return role === -1 ? undefined : recorded?.pids[role];
  }

  of(thread: ThreadId): Outside {
    return (this.#outsides[thread] ??= this.#make(thread));
  }

  /** Hands over what was written down and not taken yet. */
  flush(): void {
    for (const log of this.#logs) log.flush();
  }

  #make(thread: ThreadId): Outside {
    const { now, recorded, missing, log } = this.#parts;
    const seed = this.#seedOf(thread);
    let world: World = new VirtualWorld(now, seed, recorded?.facts.beganMs);
    if (recorded !== undefined) {
      const role = this.#roleOf(thread);
      const bytes = (role === -1 ? undefined : recorded.streams[role]) ?? NOTHING;
      world = new ReplayedWorld(bytes, world, (...told) => missing(thread, ...told));
    }
    if (log === undefined) return new Outside(seed, world);
    const written = new InputLog((piece) => log(thread, piece));
    this.#logs.push(written);
    return new Outside(seed, new LoggedWorld(world, written));
  }

  #seedOf(thread: ThreadId): number {
    const parent = this.#parents[thread];
    const { recorded, seed } = this.#parts;
    if (parent === -1) return recorded?.facts.seed ?? seed;
    return seedOfChild(this.#outsides[parent]?.seed ?? this.#seedOf(parent), this.#nth[thread]);
  }

  #roleOf(thread: ThreadId): ThreadId | -1 {
    const parent = this.#parents[thread];
    if (parent === -1) return 0 as ThreadId;
    return roleOfChild(this.#parts.recorded, this.#roleOf(parent), this.#nth[thread]);
  }
}
