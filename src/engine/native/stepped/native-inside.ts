/** A native run that stands still, read out of its shared memory: threads and what each would do, objects, stacks. */
import type { AsyncCaller } from "../../../std/tasks/written-callers.ts";
import type { Address, SiteId, ThreadId } from "../../../base/brand.ts";
import { Decoder } from "../../../codec/decoder.ts";
import { DATA_ONLY } from "../../../codec/externals.ts";
import { KINDS } from "../../../objects/kinds.ts";
import { Head, Outlook } from "../../../objects/object.ts";
import { NODE_WORDS, NodeWord } from "../../../objects/waiters.ts";
import type { CompiledProgram } from "../../../protocol/program.ts";
import type { Frame } from "../../../protocol/step.ts";
import { Pause, Standing as Stands } from "../../model/thread.ts";
import { siteAsPlace } from "../../program/names.ts";
import { framesOfStack } from "../../program/stacks.ts";
import type { Candidate } from "../../scheduler.ts";
import type { Inside, LookedThread } from "../../stepping/engine.ts";
import { bodyName } from "../../stepping/look/frames.ts";
import type { Controller } from "../control/controller.ts";
import type { ControlledView } from "../control/view.ts";
import { ControlWord, Standing, StandWord } from "../control/words.ts";
import { RunWord, SlotWord, THREAD_TABLE } from "../layout.ts";
import type { RunMemory } from "../memory.ts";

const NO_STACK = { points: [], probes: [] };
/** Where a thread is, in the words that all engines have for it. */
const STANDS: Readonly<Record<number, Stands>> = {
  [Standing.BEFORE]: Stands.OPERATION,
  [Standing.NOTED]: Stands.NOTED,
  [Standing.SELECTS]: Stands.OPERATION,
  [Standing.SLEEPS]: Stands.SLEEPING,
  [Standing.YIELDS]: Stands.PAUSED,
  // It has not ended, or `ENDED` would say so: it awaits what nothing settles.
  [Standing.OVER]: Stands.SLEEPING,
};

const NOBODY: readonly AsyncCaller[] = [];

export class NativeInside implements Inside {
  readonly program: CompiledProgram;
  readonly #memory: RunMemory;
  readonly #view: ControlledView;
  readonly #controller: Controller;
  readonly #decoder = new Decoder(DATA_ONLY);
  readonly #modules: readonly string[];
  #threads: readonly LookedThread[] | undefined;
  #objects: readonly Address[] | undefined;

  constructor(
    memory: RunMemory,
    program: CompiledProgram,
    view: ControlledView,
    controller: Controller,
  ) {
    this.program = program;
    this.#memory = memory;
    this.#view = view;
    this.#controller = controller;
    this.#modules = program.modules.map(({ id }) => id);
  }

  /** The run has moved. */
  forget(): void {
    this.#memory.refresh();
    this.#threads = undefined;
    this.#objects = undefined;
  }

  get words(): Int32Array {
    return this.#memory.words;
  }

  get threads(): readonly LookedThread[] {
    return (this.#threads ??= Array.from({ length: this.#view.threads }, (_, id) =>
      this.#thread(id as ThreadId),
    ));
  }

  get objects(): readonly Address[] {
    return (this.#objects ??= this.#readObjects());
  }

  get virtualTime(): number {
    return this.#controller.now * 1000;
  }

  nameOf(thread: ThreadId): string {
    return this.#view.nameOf(thread);
  }

  modules(): undefined {
    // They are the workers': classes go without names.
  }

  callersOf(): readonly AsyncCaller[] {
    return NOBODY; // they are in the stack that the thread writes down
  }

  traceTimeOf(): undefined {
    // The trace is stamped by the clock on the wall, which nobody knows beforehand.
  }

  #readObjects(): Address[] {
    const { words } = this;
    const objects: Address[] = [];
    const last = words[words[RunWord.CONTROL] + ControlWord.OBJECTS];
    for (let at = last as Address; at !== 0; at = words[at + Head.MADE_BEFORE] as Address) {
      objects.push(at);
    }
    return objects.reverse();
  }

  #thread(id: ThreadId): LookedThread {
    const { words } = this;
    const slot = words[THREAD_TABLE + id];
    // It has a number and nothing else yet: whoever starts it is on the way.
    const stand = slot === 0 ? 0 : words[slot + SlotWord.STAND];
    const hasEnded = slot !== 0 && words[slot + SlotWord.ENDED] === 1;
    const standing = hasEnded
      ? Stands.ENDED
      : ((slot === 0 ? undefined : STANDS[words[stand + StandWord.STANDING]]) ?? Stands.RUNNING);
    const moves = standing === Stands.RUNNING || slot === 0;
    const read = (word: number): number => (moves ? 0 : words[stand + word]);
    const object = read(StandWord.OBJECT) as Address;
    const operation = read(StandWord.OPERATION);
    const [a, b] = [read(StandWord.A), read(StandWord.B)];
    const outlook =
      standing === Stands.OPERATION && object !== 0
        ? KINDS[words[object + Head.KIND]].outlook(words, object, operation, a, b)
        : Outlook.WAITS;
    const site = read(StandWord.SITE) as SiteId;
    const next = (timesOut: boolean): Candidate => ({
      ...{ thread: id, object, a, b, site, timesOut },
      operation: object === 0 ? pauseOf(standing, timesOut) : operation,
      notes: outlook === Outlook.NOTES && !timesOut,
    });
    return {
      ...{ id, standing, outlook, stack: NO_STACK },
      next: next(false),
      patience: next(true),
      low: read(StandWord.LOW),
      high: read(StandWord.HIGH),
      frames: moves || hasEnded ? [] : this.#frames(id, site, read(StandWord.STACK) as Address),
    };
  }

  /** As the thread has written them down; else the one in which its operation is. */
  #frames(thread: ThreadId, site: SiteId, stack: Address): readonly Frame[] {
    const { words } = this;
    const place = siteAsPlace(this.program, site);
    const text =
      stack === 0
        ? ""
        : (this.#decoder.decode(words, stack + NODE_WORDS, words[stack + NodeWord.LOAD]) as string);
    const told = framesOfStack(text, this.#modules);
    if (told.length === 0) return place === undefined ? [] : [{ name: bodyName(thread), place }];
    return told.map((frame, index) => ({
      name: frame.name ?? (index === told.length - 1 ? bodyName(thread) : "anonymous function"),
      // The innermost stands before its operation, which may lie within what the stack names.
      place: index === 0 && place?.file === frame.place.file ? place : frame.place,
    }));
  }
}

function pauseOf(standing: Stands, timesOut: boolean): number {
  if (timesOut || standing === Stands.SLEEPING) return Pause.WAKE;
  return standing === Stands.RUNNING ? Pause.POINT : Pause.YIELD;
}
