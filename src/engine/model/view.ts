/** A modelled run as schedules need to see it. */
import type { ThreadId } from "../../base/brand.ts";
import { KINDS } from "../../objects/kinds.ts";
import { Head } from "../../objects/object.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { Anchor } from "../../trace/schedule.ts";
import { type Anchors, programHas } from "../schedule/program-view.ts";
import type { ReplayView } from "../schedule/replayer.ts";
import type { FamilyView } from "../schedule/view.ts";
import type { Candidate } from "../scheduler.ts";
import type { Machine } from "./machine.ts";
import type { ModelMemory } from "./memory.ts";
import { Pause, Standing } from "./thread.ts";

/** What a thread is about to do where no object is concerned. */
const PAUSES: Readonly<Record<number, string>> = {
  [Pause.EDGE]: "loop",
  [Pause.YIELD]: "yield",
  [Pause.WAKE]: "sleep",
  [Pause.POINT]: "statement",
};

export interface ModelViewParts {
  readonly program: CompiledProgram;
  readonly memory: ModelMemory;
  readonly machine: Machine;
  /** What threads are called, by id. */
  readonly names: readonly string[];
  readonly parents: readonly (ThreadId | -1)[];
  readonly anchors: Anchors;
}

export class ModelView implements ReplayView, FamilyView {
  readonly #parts: ModelViewParts;

  constructor(parts: ModelViewParts) {
    this.#parts = parts;
  }

  get threads(): number {
    return this.#parts.machine.threads.length;
  }

  nameOf(thread: ThreadId): string {
    return this.#parts.names[thread];
  }

  parentOf(thread: ThreadId): ThreadId | -1 {
    return this.#parts.parents[thread];
  }

  hasEnded(thread: ThreadId): boolean {
    return this.#parts.machine.threads[thread]?.standing === Standing.ENDED;
  }

  anchorOf({ object, operation, site }: Candidate): Omit<Anchor, "times"> {
    const { words } = this.#parts.memory;
    const named =
      object === 0
        ? PAUSES[operation]
        : KINDS[words[object + Head.KIND]].operations[operation].name;
    return this.#parts.anchors.at(site, named);
  }

  has(anchor: Anchor): boolean {
    return programHas(this.#parts.program, anchor);
  }
}
