/**
 * What a step session stands on: an engine that runs one program as often as one likes, each time stopped wherever a scheduler
 * picks nobody, and can be looked into while it stands still. The model engine is one, controlled native the other; a session
 * knows no more of them than this. Left out: processes, workers, and how long anything takes.
 */
import type { Address, SiteId, ThreadId } from "../../base/brand.ts";
import type { Outlook } from "../../objects/object.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { RunResult } from "../../protocol/run.ts";
import type { Frame, StepEvent } from "../../protocol/step.ts";
import type { Probe } from "../../protocol/twins.ts";
import type { AsyncCaller } from "../../std/tasks/written-callers.ts";
import type { OutputLine } from "../../trace/tables.ts";
import type { Observer } from "../model/observer.ts";
import type { StopsAt } from "../model/machine-run.ts";
import type { Standing } from "../model/thread.ts";
import type { RecordedInputs } from "../outside/recorded-inputs.ts";
import type { Modules } from "../program/modules.ts";
import type { ReplayView } from "../schedule/replayer.ts";
import type { FamilyView } from "../schedule/view.ts";
import type { Candidate, Scheduler } from "../scheduler.ts";

/** A run as those see it who follow schedules and traces. */
export type StepView = ReplayView & FamilyView;

export interface StepChoices {
  /** Made with a view of the run that it decides. */
  readonly scheduler: (view: StepView) => Scheduler;
  /** Durations mean nothing: whoever's patience could end is offered at every step. */
  readonly exploring: boolean;
  /** How many wake-ups without a reason may be offered, by an engine that can. */
  readonly spurious?: number;
  /** What threads are answered when they ask the world: as in the recording that is followed. */
  readonly recorded: RecordedInputs | undefined;
  /** Races are asked for, of an engine that tells them by itself (`StepRun.wouldRace`). */
  readonly watchesRaces?: boolean;
  /** Told each step as it is made, on an engine that can. */
  readonly observer?: Observer;
  /** Where threads are stopped within their code, on an engine that can. */
  readonly stopsAt?: StopsAt;
}

/** A program on an engine. Runs come one after another: each `begin` ends the one before. */
export interface StepEngine {
  readonly name: "model" | "native";
  readonly program: CompiledProgram;
  /** The run stands before main's first step as soon as `go` is called. */
  begin(choices: StepChoices): StepRun;
  /** Ends the run under way and gives back what it takes. */
  end(): void;
}

export interface StepRun {
  readonly inside: Inside;
  /** What was printed so far. */
  readonly lines: readonly OutputLine[];
  /** Some thread is still on its way to its next operation: nobody can be picked until it is there. */
  readonly isMoving: boolean;
  /** Whether the thread that goes can be stopped where it is without ending the run: not in what others' code calls. */
  readonly canStop: boolean;
  /** The text of the schedule that leads here, on an engine that writes it down as it goes. */
  readonly schedule: string | undefined;
  /** Goes on until the run is over, the scheduler picks nobody, or a thread takes too long: undefined for both. */
  go(): RunResult | undefined;
  /** Whether an access would race with one that was made before; absent where the observer knows. */
  wouldRace?(candidate: Candidate): boolean;
  /** The trace's bytes since they were taken last, if there are any. */
  takeTrace(): Extract<StepEvent, { kind: "trace" }> | undefined;
}

/** A run that stands still, for those who look at it. */
export interface Inside {
  readonly program: CompiledProgram;
  /** Replaced when memory has grown: read anew each time. */
  readonly words: Int32Array;
  /** By id, ended ones included. */
  readonly threads: readonly LookedThread[];
  /** Shared objects, in the order in which they were made; parts of others left out. */
  readonly objects: readonly Address[];
  /** Nanoseconds. */
  readonly virtualTime: number;
  nameOf(thread: ThreadId): string;
  /** The async functions that wait for what the thread runs, the innermost first; none where `LookedThread.frames` have them. */
  callersOf(thread: ThreadId): readonly AsyncCaller[];
  /** The program's modules, for the names of its classes; the engine may not have them. */
  modules(): Modules | undefined;
  /** What the trace's clock will say of the step that the thread is about to make, where that is known. */
  traceTimeOf(thread: ThreadId): number | undefined;
}

/** A thread that stands still. */
export interface LookedThread {
  readonly id: ThreadId;
  readonly standing: Standing;
  /** What it would do next; valid while the run stands. */
  readonly next: Candidate & { readonly site: SiteId };
  /** The end of its patience. */
  readonly patience: Candidate;
  /** Of `next`, while it stands before it. */
  readonly outlook: Outlook;
  /** Further words of the next operation's arguments. */
  readonly low: number;
  readonly high: number;
  /** Its suspended functions, the outermost first: rows of `CompiledProgram.points`, and their probes. */
  readonly stack: {
    readonly points: readonly number[];
    readonly probes: readonly (Probe | undefined)[];
  };
  /** Its frames, the innermost first, on an engine that has nothing else of its stack. */
  readonly frames?: readonly Frame[];
}
