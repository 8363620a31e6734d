/** A stepped run while it stands still, for everybody who looks at it: the words of its state, its values, its objects. */
import type { Address, ThreadId } from "../../../base/brand.ts";
import { console_ } from "../../../objects/console.ts";
import { thread as threadKind } from "../../../objects/thread.ts";
import type {
  Happened,
  NextOperation,
  Notable,
  StepObject,
  StepThread,
} from "../../../protocol/step.ts";
import type { AsyncCaller } from "../../../std/tasks/written-callers.ts";
import type { Place } from "../../../trace/finding.ts";
import { siteAsPlace } from "../../program/names.ts";
import { Pause, Standing } from "../../model/thread.ts";
import { type Candidate, copyOf } from "../../scheduler.ts";
import { waitingThread } from "../../waiting.ts";
import type { Inside, LookedThread } from "../engine.ts";
import { deedOf, type Step } from "./deeds.ts";
import { framesOf } from "./frames.ts";
import { Looker } from "./inert.ts";
import type { Ledger } from "./ledger.ts";
import { isNotableOperation } from "./notable.ts";
import { type LookedRun, ObjectView } from "./objects.ts";

export class RunLook {
  readonly looked: LookedRun;
  readonly #inside: Inside;

  constructor(inside: Inside) {
    this.#inside = inside;
    this.looked = {
      program: inside.program,
      get words() {
        return inside.words;
      },
      looker: new Looker(inside, () => inside.modules()),
      nameOfThread: (thread) => inside.nameOf(thread),
    };
  }

  get threads(): readonly LookedThread[] {
    return this.#inside.threads;
  }

  /** Objects that the program's text names, and locks and channels that it does not. */
  objects(): ObjectView[] {
    return this.#inside.objects
      .map((at) => new ObjectView(this.looked, at))
      .filter(({ kind }) => kind !== threadKind && kind !== console_);
  }

  /** A step with what its operation takes. */
  stepOf(candidate: Candidate): Step {
    const { low, high } = this.threads[candidate.thread];
    return { ...candidate, low, high };
  }

  happened(candidate: Candidate): Happened {
    const { done } = deedOf(this.looked, this.stepOf(candidate));
    const place = siteAsPlace(this.looked.program, candidate.site);
    const traceTime = this.#inside.traceTimeOf(candidate.thread);
    const told = { thread: candidate.thread, text: done, place };
    return traceTime === undefined ? told : { ...told, traceTime };
  }

  /** What a thread that is blocked waits for. */
  waiting(thread: LookedThread): ReturnType<typeof waitingThread> | undefined {
    const { standing, next, outlook } = thread;
    const waits = standing === Standing.NOTED || (standing === Standing.OPERATION && outlook === 0);
    if (!waits || next.object === 0) return undefined;
    const { program, words, nameOfThread } = this.looked;
    const parts = {
      words,
      program,
      nameOf: nameOfThread,
      hasEnded: (id: ThreadId) => this.threads[id].standing === Standing.ENDED,
    };
    return waitingThread(parts, thread.id, next);
  }

  /** Threads that stand before a lock that another one holds. */
  contending(): ThreadId[] {
    return this.threads
      .filter((thread) => {
        if (thread.standing !== Standing.OPERATION || thread.outlook !== 0) return false;
        const { object, operation } = thread.next;
        if (object === 0) return false;
        return isNotableOperation(
          "contention",
          new ObjectView(this.looked, object).kind,
          operation,
        );
      })
      .map(({ id }) => id);
  }

  isNotable(what: Notable, { object, operation, notes, timesOut }: Candidate): boolean {
    if (object === 0 || notes || timesOut) return false;
    const { kind } = new ObjectView(this.looked, object);
    return isNotableOperation(what, kind, operation);
  }

  callersOf(thread: ThreadId): readonly AsyncCaller[] {
    return this.#inside.callersOf(thread);
  }

  thread(
    thread: LookedThread,
    offered: readonly Candidate[],
    frozen: boolean,
    ledger: Ledger,
    last: Happened | undefined,
    holds: readonly string[],
  ): StepThread {
    const { id } = thread;
    const frames = thread.standing === Standing.ENDED ? [] : framesOf(this.looked.program, thread);
    const own = offered.filter((candidate) => candidate.thread === id);
    const waiting = this.waiting(thread);
    const next = this.#next(thread, own, ledger, frames[0]?.place);
    return {
      id,
      name: this.looked.nameOfThread(id),
      state: this.#state(thread, waiting !== undefined),
      place: frames[0]?.place,
      function: frames[0]?.name,
      frozen,
      next,
      why: this.#why(thread, waiting),
      waitsFor: waiting?.waitsFor ?? [],
      holds,
      last,
    };
  }

  object(view: ObjectView, touched: Address): StepObject {
    const { holder, place } = view;
    const queue = this.threads
      .filter((thread) => thread.next.object === view.at && this.waiting(thread) !== undefined)
      .map(({ id }) => id);
    return {
      name: view.name,
      kind: view.kind.name,
      text: view.text,
      place,
      ...(holder === undefined ? {} : { holder }),
      queue,
      changed: view.at === touched,
    };
  }

  #state({ standing, next, outlook }: LookedThread, waits: boolean): StepThread["state"] {
    if (standing === Standing.ENDED) return "ended";
    if (standing === Standing.SLEEPING) return "sleeping";
    if (!waits) return "ready";
    const isLock =
      outlook === 0 &&
      next.object !== 0 &&
      isNotableOperation(
        "contention",
        new ObjectView(this.looked, next.object).kind,
        next.operation,
      );
    return isLock ? "blocked" : "waiting";
  }

  #next(
    thread: LookedThread,
    own: readonly Candidate[],
    ledger: Ledger,
    here: Place | undefined,
  ): NextOperation | undefined {
    const { standing, next, patience } = thread;
    if (standing === Standing.ENDED) return undefined;
    const operation = own.find(({ timesOut }) => !timesOut);
    const lapse = own.find(({ timesOut, wakes }) => timesOut && wakes !== true);
    const wakes = own.some((one) => one.wakes === true);
    const step = operation ?? (standing === Standing.SLEEPING ? patience : next);
    const asked = { ...copyOf(step), timesOut: false, wakes: false };
    const { text } = deedOf(this.looked, this.stepOf(asked));
    const over = ledger.overwrites(step);
    const isPaused = step.object === 0 && step.operation === Pause.POINT;
    return {
      text: isPaused ? "run on to its next operation" : text,
      ...(over === undefined
        ? {}
        : { effect: `overwrites what ${this.looked.nameOfThread(over)} wrote since it was read` }),
      place: isPaused ? here : siteAsPlace(this.looked.program, step.site),
      canStep: operation !== undefined || (standing === Standing.SLEEPING && lapse !== undefined),
      canTimeOut: lapse !== undefined && standing !== Standing.SLEEPING,
      ...(wakes ? { canWake: true } : {}),
    };
  }

  #why(
    thread: LookedThread,
    waiting: ReturnType<typeof waitingThread> | undefined,
  ): string | undefined {
    if (thread.standing === Standing.SLEEPING) return "sleeping";
    if (waiting === undefined) return undefined;
    const { verb, what, waitsFor, heldSince, leftBy } = waiting;
    const since = heldSince === undefined ? "" : ` since line ${heldSince.line}`;
    if (leftBy !== undefined)
      return `blocked: ${what} is held${since} by ${leftBy}, which has ended`;
    const [first] = waitsFor;
    if (heldSince !== undefined && first !== undefined) {
      const whose = first === thread.id ? "itself" : this.looked.nameOfThread(first);
      return `blocked: ${what} is held by ${whose}${since}`;
    }
    return `${verb} ${what}`;
  }
}
