/**
 * What a thread of a native run has of the world, and what it hands on to the threads that it starts. A run that is neither
 * recorded nor controlled has nothing of the kind: its threads ask the world itself.
 */
import type { ThreadId } from "../../base/brand.ts";
import { LoggedWorld } from "../outside/logged-world.ts";
import { Outside } from "../outside/outside.ts";
import { type RecordedInputs, roleOfChild } from "../outside/recorded-inputs.ts";
import { ReplayedWorld, type TellMissing } from "../outside/replayed-world.ts";
import { seedOfChild } from "../outside/seeds.ts";
import { VirtualWorld } from "../outside/virtual-world.ts";
import type { World } from "../outside/world.ts";
import type { Facts } from "../../trace/tables.ts";
import { ControlWord } from "./control/words.ts";
import { INPUT_RING_WORDS, InputRingWriter } from "./input-ring.ts";
import { RunWord, SlotWord } from "./layout.ts";
import type { RunMemory } from "./memory.ts";
import { RealWorld } from "./real-world.ts";

/** How the run's threads are answered; it goes to each worker. */
export interface OutsidePlan {
  readonly facts: Facts;
  /** Time is the controller's. */
  readonly virtual: boolean;
  readonly recorded?: RecordedInputs;
}

export interface ThreadOutsideParts {
  readonly plan: OutsidePlan;
  readonly memory: RunMemory;
  /** The thread's slot. */
  readonly slot: number;
  readonly main: boolean;
  readonly allocate: (words: number) => number;
  /** Nanoseconds since the run began, by the clock on the wall. */
  readonly sinceBegun: () => number;
  readonly tell: TellMissing;
}

const NOTHING = new Uint8Array(0);

export class ThreadOutside {
  readonly outside: Outside;
  readonly parallelism: number;
  /** What `exploring()` answers. */
  readonly exploring: boolean;
  readonly #recorded: RecordedInputs | undefined;
  /** Who it is in the trace that is followed, -1 for nobody. */
  readonly #role: ThreadId | -1;
  #children = 0;

  constructor(parts: ThreadOutsideParts) {
    const { plan, memory, slot, main, tell } = parts;
    const { words } = memory;
    this.parallelism = plan.facts.parallelism;
    this.exploring = plan.facts.exploring === true;
    this.#recorded = plan.recorded;
    const seed = main ? plan.facts.seed : words[slot + SlotWord.SEED] >>> 0;
    this.#role = main ? (0 as ThreadId) : ((words[slot + SlotWord.ROLE] - 1) as ThreadId | -1);
    let world: World = plan.virtual
      ? new VirtualWorld(() => virtualNow(memory), seed, plan.facts.beganMs)
      : new RealWorld(parts.sinceBegun);
    if (plan.recorded !== undefined) {
      const bytes = this.#role === -1 ? undefined : plan.recorded.streams[this.#role];
      world = new ReplayedWorld(bytes ?? NOTHING, world, tell);
    }
    if (words[RunWord.TRACED] === 1) {
      world = new LoggedWorld(world, new InputRingWriter(() => openRing(parts)));
    }
    this.outside = new Outside(seed, world);
  }

  /** Whether the run follows a recorded one. */
  get follows(): boolean {
    return this.#recorded !== undefined;
  }

  /** Writes into the slot of the thread that this one is about to start what it will need. */
  handOn(words: Int32Array, slot: number): void {
    const nth = this.#children;
    words[slot + SlotWord.SEED] = this.seedOfNext();
    words[slot + SlotWord.ROLE] = roleOfChild(this.#recorded, this.#role, nth) + 1;
  }

  /** Counts one more that this thread starts, a process among them: what that draws its random numbers of. */
  seedOfNext(): number {
    return seedOfChild(this.outside.seed, this.#children++);
  }
}

function openRing({ memory, slot, allocate }: ThreadOutsideParts): {
  readonly words: Int32Array;
  readonly at: number;
} {
  const at = allocate(INPUT_RING_WORDS);
  const { words } = memory;
  words.fill(0, at, at + INPUT_RING_WORDS);
  Atomics.store(words, slot + SlotWord.INPUTS, at);
  return { words, at };
}

/** Nanoseconds; the controller counts microseconds, and does not move its clock while a thread runs. */
function virtualNow({ words }: RunMemory): number {
  const control = words[RunWord.CONTROL];
  const high = words[control + ControlWord.NOW_HIGH];
  return (high * 2 ** 32 + (words[control + ControlWord.NOW_LOW] >>> 0)) * 1000;
}
