/** A run as the machine sees it: what it is given for each, and how a stretch of it may end. */
import type { Address, SiteId, ThreadId } from "../../base/brand.ts";
import type { Probe } from "../../protocol/twins.ts";
import type { EventKind } from "../../trace/event.ts";
import type { ExecutionModel } from "../models/model.ts";
import type { Scheduler } from "../scheduler.ts";
import type { Observer } from "./observer.ts";
import type { ModelThread } from "./thread.ts";
import type { Recorder } from "./recorder.ts";

/** How a stretch of a run ended. */
export type Outcome =
  /** All threads have ended. */
  | "ended"
  /** Nobody can go on, and nothing will change that. */
  | "stuck"
  /** The scheduler picked nobody: `run` may be called again. */
  | "stopped"
  /** `halt` was called. */
  | "halted";

/** A run as the machine sees it: who decides, what is recorded, and who is told. */
export interface MachineRun {
  readonly scheduler: Scheduler;
  /** The same scheduler, if it pictures cores. */
  readonly model: ExecutionModel | undefined;
  readonly recorder: Recorder | undefined;
  readonly observer: Observer | undefined;
  /** Durations mean nothing: what sleeps or has a time-out may go on at any step (SEMANTICS, Exploring). */
  readonly exploring: boolean;
  /** How many wake-ups without a reason there may be. */
  readonly spurious: number;
  readonly stepLimit: number;
  /** Whether a loop may be left at its edges, where its fuel has run out: under an execution model, and for who steps. */
  readonly offersEdges: boolean;
  /**
   * In the debug form, asked before each statement: whether the thread that runs shall be stopped there, which has so many
   * frames. Absent: nobody is interested.
   */
  readonly stopsAt: StopsAt | undefined;
  /** Whether `stepped` wants to be told. */
  readonly watchesSteps: boolean;
  /** Another thread's code is about to run. */
  enter(thread: ThreadId): void;
  /** A thread must stop where its caller cannot: what is thrown there. */
  cannotStop(site: SiteId): Error;
  /** So many steps were made: halts. */
  overLimit(): void;
  /** Asked now and then whether the run shall be broken off: then it halts. */
  watch(): void;
  /** A step of this thread may have ended the process at this object. */
  processEnded(process: Address, by: ModelThread): void;
  /** After each step, before anything else happens. */
  stepped(event: EventKind): void;
}

/** `depth`: how many frames the thread has beneath the one that is about to go on with `point`, those of `std` too. */
export type StopsAt = (
  thread: ThreadId,
  point: number,
  probe: Probe | undefined,
  depth: number,
) => boolean;
