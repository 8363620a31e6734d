/**
 * The machine: runs the threads of one program in one isolate, one at a time, and asks a scheduler before each step who goes
 * on. A thread's code runs from one of its operations to the next; there it stands, and everybody can see what it would do.
 * So a run is a sequence of steps, and the same decisions give the same run, to the bit.
 *
 * - Only who could go on is offered: a thread whose operation would merely wait is no choice (`Outlook`).
 * - When the scheduler picks the thread that has just arrived, its operation answers at once, and nothing is suspended.
 * - A thread whose operation others completed has made its step: it runs on to its next operation before anybody is asked.
 *
 * Left out: what threads are made of (`life.ts`), values, the trace's form, and the clock on the wall: a host that fears an
 * endless run kills the isolate.
 */
import type { Address, SiteId } from "../../base/brand.ts";
import { empty } from "../../base/empty.ts";
import { BLOCKED, Outlook } from "../../objects/object.ts";
import type { Probe, Suspended } from "../../protocol/twins.ts";
import { EventKind } from "../../trace/event.ts";
import { LOOKS } from "../../trace/looks.ts";
import type { ExecutionModel } from "../models/model.ts";
import type { Foreseen, Scheduler } from "../scheduler.ts";
import { Candidates, takeOut } from "./candidates.ts";
import { Clock } from "./clock.ts";
import type { MachineRun, Outcome } from "./machine-run.ts";
import type { ModelMemory } from "./memory.ts";
import { drive, forget, type Frame, fuel, nest, pinned, SUSPENDED } from "./suspension.ts";
import { type ModelThread, type NextStep, Pause, Standing } from "./thread.ts";
import { ModelTurn } from "./turn.ts";

/** Thrown where code cannot be suspended but the run is over: it must not go on. */
export class Halted extends Error {}

const MS = 1e6;
/** So many steps that only look or yield take a millisecond, where somebody waits for time to pass. */
const LOOKS_A_MILLISECOND = 1000;

function endsProcess(event: EventKind): boolean {
  return event === EventKind.processEnd || event === EventKind.processKill;
}

/** How many steps go by between two looks at the world outside, less one. */
const WATCH_STEPS = (1 << 10) - 1;

export class Machine {
  readonly clock = new Clock();
  readonly turn: ModelTurn;
  /** By id. Ended ones included. */
  readonly threads: ModelThread[] = [];
  /** Steps made so far. */
  steps = 0;
  /** The thread whose code runs, or ran last. */
  current: ModelThread | undefined;

  #run!: MachineRun;
  #scheduler!: Scheduler;
  #model: ExecutionModel | undefined;
  #exploring = false;
  readonly #candidates: Candidates;
  /** Whether any thread has had a deadline. */
  #patient = false;
  /** Steps were made since the outlooks of those who stand were looked at. */
  #unseen = false;
  /** Who was picked while another thread's code was on the stack. */
  #picked: NextStep | undefined;
  #outcome: Outcome = "ended";
  #halted = false;
  /** What the scheduler threw. */
  #failure: { readonly error: unknown } | undefined;
  /** How many wake-ups without a reason there may still be. */
  #spurious = 0;
  /** How many steps in a row have only looked or yielded while somebody slept. */
  #looks = 0;
  /** Whether these have made time pass. */
  #passed = false;
  /** The scheduler has picked nobody. */
  #stopped = false;
  #slice = 0;

  constructor(memory: ModelMemory) {
    const { threads, clock } = this;
    this.turn = new ModelTurn({ memory, threads, clock });
    this.#candidates = new Candidates(this.turn);
  }

  /** As new, for this run. The memory is the caller's to reset. */
  begin(run: MachineRun): void {
    this.#run = run;
    this.#scheduler = run.scheduler;
    this.#model = run.model;
    this.#exploring = run.exploring;
    this.#spurious = run.spurious;
    empty(this.threads);
    empty(this.#candidates.live);
    this.#picked = undefined;
    this.#patient = this.#unseen = this.#passed = false;
    this.#looks = 0;
    this.#halted = false;
    this.#failure = undefined;
    this.#stopped = false;
    this.steps = 0;
    this.current = undefined;
    this.clock.begin(run.model);
    this.turn.begin(run.scheduler, run.recorder, run.observer);
    forget();
    pinned.depth = 0;
  }

  /** A new thread, which stands before `operation` of its own object, and then begins `frame`. */
  add(thread: ModelThread, operation: number, a: number, frame: Frame): void {
    this.threads[thread.id] = thread;
    // Numbers are given when a thread is about to be spawned, and another one may have been quicker since.
    const { live } = this.#candidates;
    let at = live.length;
    for (; at > 0 && live[at - 1].id > thread.id; at--) live[at] = live[at - 1];
    live[at] = thread;
    thread.stack.begin(frame);
    thread.next.set(thread.object, operation, a, 0, 0 as SiteId);
    thread.standing = Standing.OPERATION;
    this.turn.look(thread);
  }

  /** The thread is over where it stands: it never goes on. Nothing to do if it has ended. */
  stop(thread: ModelThread): void {
    if (!this.#candidates.leave(thread)) return;
    this.turn.stop(thread);
    thread.stoppedAt = thread.standing;
    thread.standing = Standing.ENDED;
  }

  /** Nothing of this run happens any more: `run` answers "halted" as soon as the stack allows. */
  halt(): void {
    this.#halted = true;
  }

  get halted(): boolean {
    return this.#halted;
  }

  /** Lets threads go on until nobody does. */
  run(): Outcome {
    drive(this);
    const { arriving } = this.turn;
    for (;;) {
      if (this.#halted) return this.#haltedBy();
      if (this.#stopped) {
        this.#stopped = false;
        return "stopped";
      }
      if (arriving.length > 0) {
        this.#arrive(arriving);
        continue;
      }
      const picked = this.#picked ?? this.#pick();
      if (picked === undefined) {
        if (this.#stopped) continue;
        return this.#outcome;
      }
      this.#picked = undefined;
      const thread = this.threads[picked.thread];
      const result = this.#take(thread, picked);
      if (result !== BLOCKED) this.#goOn(thread, result);
    }
  }

  #haltedBy(): "halted" {
    if (this.#failure !== undefined) throw this.#failure.error;
    return "halted";
  }

  /** Lets one go on whose step was made by another: the first by number, so that it is the same on every engine. */
  #arrive(arriving: ModelThread[]): void {
    let index = 0;
    for (let i = 1; i < arriving.length; i++) if (arriving[i].id < arriving[index].id) index = i;
    const thread = arriving[index];
    takeOut(arriving, index);
    this.clock.worked(thread.id, 1);
    if (!thread.retries) return this.#goOn(thread, thread.result);
    thread.retries = false;
    const result = this.turn.step(thread);
    if (result === BLOCKED) return;
    this.#scheduler.completed?.(thread.id);
    this.#goOn(thread, result);
  }

  // ---- what the current thread's code calls; each answers `SUSPENDED` where it must stop

  perform(
    object: Address,
    operation: number,
    a: number,
    b: number,
    site: SiteId,
    patienceMs: number,
  ): number | Suspended {
    const thread = this.current!;
    const { turn } = this;
    thread.next.set(object, operation, a, b, site);
    thread.low = turn.low;
    thread.high = turn.high;
    thread.standing = Standing.OPERATION;
    const goes = turn.look(thread) === Outlook.GOES;
    if (patienceMs === Infinity) {
      thread.deadline = Infinity;
    } else {
      // What can go through when it is called does not time out.
      thread.impatient = !goes;
      this.#patient = true;
      thread.deadline = this.clock.now + Math.round(patienceMs * MS);
      thread.patience.set(object, operation, a, b, site);
    }
    if (!goes && thread.outlook === Outlook.WAITS) {
      this.#tellWork(thread);
      turn.tellBlock(thread);
    }
    return this.#stand(thread);
  }

  sleep(ms: number, site: SiteId): number | Suspended {
    const thread = this.current!;
    const asked = Math.min(Math.round(ms * 1000), 0x7fff_ffff);
    this.#tellWork(thread);
    this.turn.tellSleep(thread, asked, site);
    thread.patience.set(0 as Address, Pause.WAKE, 0, 0, site);
    thread.deadline = this.clock.now + Math.round(ms * MS);
    this.#patient = true;
    thread.standing = Standing.SLEEPING;
    return this.#stand(thread);
  }

  /** The thread awaits what nothing will settle any more. */
  waitForEver(): number | Suspended {
    const thread = this.current!;
    thread.next.set(0 as Address, Pause.WAKE, 0, 0, 0 as SiteId);
    thread.deadline = Infinity;
    thread.standing = Standing.SLEEPING;
    return this.#stand(thread);
  }

  yieldNow(site: SiteId): number | Suspended {
    return this.#pause(Pause.YIELD, site);
  }

  /** A loop has passed as many edges as it was given. */
  edge(): void | Suspended {
    this.#run.watch();
    if (!this.#run.offersEdges && !this.#halted) return this.#refuel();
    return this.#pause(Pause.EDGE, this.current!.next.site) === SUSPENDED ? SUSPENDED : undefined;
  }

  /** A loop that may come back to where it was begins, or another turn of it, with what it gives new values to. */
  turns(loop: number, locals?: readonly unknown[]): void {
    this.#run.observer?.turns?.(this.current!, loop, locals);
  }

  /** Nobody else is asked: what a loop does between two operations is seen by none. It counts as a step all the same. */
  #refuel(): void {
    this.clock.worked(this.current!.id, this.#slice - fuel.left);
    this.#slice = fuel.left = this.clock.slice;
    if (++this.steps > this.#run.stepLimit) this.#run.overLimit();
  }

  /** Has the cost clock know of the edges that were passed since it was told last. */
  #tellWork(thread: ModelThread): void {
    const worked = this.#slice - fuel.left;
    if (worked <= 0) return;
    this.clock.worked(thread.id, worked);
    this.#slice = fuel.left;
  }

  /**
   * A place to pause: stops the thread if somebody wants that. It is no step: nothing is counted, and what loops may still
   * pass stays as it is, so that a run in which somebody paused is the same to the bit.
   */
  pause(point: number, probe: Probe | undefined): void | Suspended {
    const { stopsAt } = this.#run;
    if (stopsAt === undefined || this.#halted) return;
    const thread = this.current!;
    if (!stopsAt(thread.id, point, probe, thread.stack.frames.length + nest.depth)) return;
    thread.slice = this.#slice;
    thread.fuel = fuel.left;
    fuel.left = this.#slice;
    thread.next.set(0 as Address, Pause.POINT, point, 0, thread.next.site);
    thread.standing = Standing.PAUSED;
    if (this.#stand(thread) === SUSPENDED) return SUSPENDED;
    this.#resume(thread);
  }

  /** Goes on within code that had been paused. */
  #resume(thread: ModelThread): void {
    this.#slice = thread.slice;
    fuel.left = thread.fuel;
    thread.slice = 0;
  }

  #pause(what: number, site: SiteId): number | Suspended {
    const thread = this.current!;
    thread.next.set(0 as Address, what, 0, 0, site);
    thread.standing = Standing.PAUSED;
    return this.#stand(thread);
  }

  // ---- deciding

  /** The current thread has come to its next step: makes it, if it is the one to go on. */
  #stand(thread: ModelThread): number | Suspended {
    this.#tellWork(thread);
    const isPinned = pinned.depth > 0;
    for (;;) {
      if (this.#halted) return this.#stop(thread);
      if (this.turn.arriving.length > 0 && !isPinned) return SUSPENDED;
      const result = this.#tryToGoOn(thread);
      if (result === SUSPENDED) return isPinned ? this.#refuse(thread) : SUSPENDED;
      if (result === BLOCKED) continue;
      this.#slice = fuel.left = this.clock.slice;
      return result;
    }
  }

  /** The thread's step, if it is picked. What a scheduler throws is nothing that the program's code shall see. */
  #tryToGoOn(thread: ModelThread): number | Suspended {
    try {
      const picked = this.#pick();
      if (picked?.thread === thread.id) return this.#take(thread, picked);
      this.#picked = picked;
    } catch (error) {
      this.#failure = { error };
      this.#halted = true;
    }
    return SUSPENDED;
  }

  /** The run is over: whatever is on the stack stays there for ever, or is thrown out of what cannot stop. */
  #stop(thread: ModelThread): Suspended {
    thread.standing = Standing.RUNNING;
    if (pinned.depth > 0) throw new Halted();
    return SUSPENDED;
  }

  #refuse(thread: ModelThread): never {
    thread.standing = Standing.RUNNING;
    this.halt();
    throw this.#run.cannotStop(thread.next.site);
  }

  /** Whose step it is; undefined if nobody's: the scheduler stopped the run, or as `#outcome` tells. */
  #pick(): NextStep | undefined {
    const foreseen = this.#scheduler.again?.();
    if (foreseen !== undefined) return this.#foreseen(foreseen);
    const candidates = this.#candidates;
    let count = this.#collect();
    if (candidates.timed > 0 && (count === 0 || this.#exploring)) {
      count = candidates.addTimeOuts(count, this.#exploring);
    } else if (this.#passed && candidates.timed > 0) {
      count = candidates.addDue(count, this.clock.now);
    }
    if (count === 0) {
      this.#outcome = candidates.live.length === 0 ? "ended" : "stuck";
      return undefined;
    }
    // Whom nothing else could free is blocked, so it comes last and never alone.
    if (this.#spurious > 0) count = candidates.addWakeUps(count);
    const index = this.#scheduler.pick(candidates.list, count);
    if (index < 0) {
      this.#stopped = true;
      return undefined;
    }
    if (this.#model !== undefined) this.#tellSwitches(this.#model);
    return candidates.list[index];
  }

  /** Who else could go on is looked at when somebody asks, unless their patience depends on when they could not. */
  #foreseen({ id, timesOut }: Foreseen): NextStep {
    if (this.#patient) this.#collect();
    else this.#unseen = true;
    const { next, patience } = this.threads[id];
    return timesOut ? patience : next;
  }

  #collect(): number {
    const unseen = this.#unseen;
    this.#unseen = false;
    return this.#candidates.collect(unseen);
  }

  // ---- going on

  /** Makes the picked step: its result, or `BLOCKED` if it only left a note. */
  #take(thread: ModelThread, picked: NextStep): number {
    const { turn } = this;
    if (picked.object === 0 && picked.operation === Pause.POINT) {
      thread.standing = Standing.RUNNING;
      return 0;
    }
    if (++this.steps > this.#run.stepLimit) {
      this.#run.overLimit();
      return BLOCKED;
    }
    if ((this.steps & WATCH_STEPS) === 0) this.#run.watch();
    this.clock.step();
    if (picked.wakes) this.#spurious--;
    else if (picked.timesOut) this.clock.now = Math.max(this.clock.now, thread.deadline);
    let result = 0;
    if (picked.object === 0) {
      this.#wake(thread, picked);
    } else if (picked.wakes) {
      result = turn.wake(thread);
    } else if (picked.timesOut) {
      result = turn.cancel(thread);
    } else {
      result = turn.step(thread);
      if (result === BLOCKED) return BLOCKED;
      if (endsProcess(turn.event)) this.#run.processEnded(picked.object, thread);
    }
    thread.deadline = Infinity;
    thread.impatient = false;
    if (this.#candidates.timed > 0 && !this.#exploring) this.#passTime(picked);
    if (this.#run.watchesSteps && picked.object !== 0) this.#run.stepped(turn.event);
    return result;
  }

  /** Who only looks, step after step, may wait for what somebody does who sleeps: else time would stand still for both. */
  #passTime({ object, operation, timesOut }: NextStep): void {
    if (object === 0 && operation === Pause.EDGE) return;
    const looks = object === 0 ? operation === Pause.YIELD : LOOKS.has(this.turn.event);
    this.#looks = looks && !timesOut ? this.#looks + 1 : 0;
    if (this.#looks < LOOKS_A_MILLISECOND) return;
    this.#looks = 0;
    this.#passed = true;
    this.clock.now += MS;
  }

  #wake(thread: ModelThread, { operation, site }: NextStep): void {
    if (operation === Pause.YIELD) {
      this.turn.record(thread, EventKind.yield, 0, 0, 0, site);
    } else if (operation === Pause.WAKE) {
      this.turn.record(thread, EventKind.wake, 0, 0, 0, site);
    }
    thread.standing = Standing.RUNNING;
  }

  /** Runs the thread's code with what its operation came to, up to the next one or to its end. */
  #goOn(thread: ModelThread, result: number): void {
    if (this.current !== thread) {
      this.current = thread;
      this.#run.enter(thread.id);
    }
    if (thread.slice > 0) this.#resume(thread);
    else this.#slice = fuel.left = this.clock.slice;
    try {
      if (!thread.stack.goOn(thread.after === undefined ? result : this.#finishFor(thread))) return;
    } catch (error) {
      forget();
      // What is thrown once the run is over is but a way out.
      if (this.#halted) return;
      throw error;
    }
    thread.standing = Standing.ENDED;
    this.#candidates.leave(thread);
  }

  #finishFor(thread: ModelThread): unknown {
    const { after } = thread;
    thread.after = undefined;
    return after?.();
  }

  #tellSwitches(model: ExecutionModel): void {
    const { recorder } = this.#run;
    if (recorder === undefined) return;
    for (const { core, thread: id, on, time, waited } of model.switches) {
      const thread = this.threads[id];
      if (time > thread.stamp) thread.stamp = time;
      const event = on ? EventKind.onCore : EventKind.offCore;
      recorder.record(thread.stamp, event, 0, waited, core, 0, id);
    }
  }
}
