/** A controlled run as schedules need to see it, read out of its memory while all threads stand. */
import type { ThreadId } from "../../../base/brand.ts";
import { Decoder } from "../../../codec/decoder.ts";
import { DATA_ONLY } from "../../../codec/externals.ts";
import { KINDS } from "../../../objects/kinds.ts";
import { Head } from "../../../objects/object.ts";
import { NODE_WORDS, NodeWord } from "../../../objects/waiters.ts";
import type { CompiledProgram } from "../../../protocol/program.ts";
import type { Anchor } from "../../../trace/schedule.ts";
import { Anchors, type ProgramView, programHas } from "../../schedule/program-view.ts";
import type { ReplayView } from "../../schedule/replayer.ts";
import type { FamilyView } from "../../schedule/view.ts";
import type { Candidate } from "../../scheduler.ts";
import { RunWord, SlotWord, THREAD_TABLE } from "../layout.ts";
import type { RunMemory } from "../memory.ts";
import { StandWord, Standing } from "./words.ts";

export class ControlledView implements ReplayView, FamilyView {
  readonly #memory: RunMemory;
  readonly #program: ProgramView;
  readonly #anchors: Anchors;
  readonly #decoder = new Decoder(DATA_ONLY);
  readonly #names: string[] = ["main"];

  constructor(memory: RunMemory, program: CompiledProgram) {
    this.#memory = memory;
    this.#program = program;
    this.#anchors = new Anchors(program);
  }

  get threads(): number {
    return this.#memory.words[RunWord.NEXT_THREAD];
  }

  nameOf(thread: ThreadId): string {
    return (this.#names[thread] ??= this.#readName(thread));
  }

  parentOf(thread: ThreadId): ThreadId | -1 {
    return this.#memory.words[this.#slot(thread) + SlotWord.PARENT] as ThreadId | -1;
  }

  hasEnded(thread: ThreadId): boolean {
    return this.#memory.words[this.#slot(thread) + SlotWord.ENDED] === 1;
  }

  anchorOf({ thread, object, operation, site }: Candidate): Omit<Anchor, "times"> {
    const { words } = this.#memory;
    const named =
      object === 0
        ? this.#withoutObject(thread)
        : KINDS[words[object + Head.KIND]].operations[operation].name;
    return this.#anchors.at(site, named);
  }

  has(anchor: Anchor): boolean {
    return programHas(this.#program, anchor);
  }

  #withoutObject(thread: ThreadId): string {
    const { words } = this.#memory;
    const stand = words[this.#slot(thread) + SlotWord.STAND];
    return words[stand + StandWord.STANDING] === Standing.YIELDS ? "yield" : "sleep";
  }

  #slot(thread: ThreadId): number {
    return this.#memory.words[THREAD_TABLE + thread];
  }

  #readName(thread: ThreadId): string {
    const { words } = this.#memory;
    const block = words[this.#slot(thread) + SlotWord.NAME];
    if (block === 0) return `worker-${thread}`;
    const length = words[block + NodeWord.LOAD];
    return this.#decoder.decode(words, block + NODE_WORDS, length) as string;
  }
}
