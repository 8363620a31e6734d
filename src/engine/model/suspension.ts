/**
 * Where the twins' runtime (`protocol/twins.ts`) and the machine meet: how a call that has to stop is set aside, and whether
 * it can be. State of the isolate, not of a machine: compiled code and `std` know no machine, and one runs at a time.
 *
 * A call that stops answers `SUSPENDED`; each twin that is left on the way out is pushed onto `setAside`, innermost first.
 * When the outermost has been left, the machine takes the pile as the thread's stack, and lets the thread go on later by
 * resuming the innermost frame alone (`FrameStack`).
 */
import { empty } from "../../base/empty.ts";
import type { Probe, Suspended } from "../../protocol/twins.ts";

export const SUSPENDED = Symbol("threadloom.suspended") as Suspended;

/** A twin under way. A generator is one; so is whatever is resumed like one, and yields only to stop. */
export interface Frame {
  next(value?: unknown): IteratorResult<unknown, unknown>;
  throw(error: unknown): IteratorResult<unknown, unknown>;
}

/** What was left because a call had to stop, innermost first. Empty but while a thread is stopping. */
const setAside: Frame[] = [];
/** Beside it: where each stands, and in the debug form in which scope. */
const setAsideAt: number[] = [];
const setAsideIn: (Probe | undefined)[] = [];
/** The scope of the frame that is just being left. */
let leaving: Probe | undefined;

/** `$t.here` */
export function here(point: number, probe: Probe): number {
  leaving = probe;
  return point;
}

/** Sets a frame aside, which stands `at` what it yielded: a row of `CompiledProgram.points`; 0 in code of ours. */
export function leave(frame: Frame, at: number): void {
  setAside.push(frame);
  setAsideAt.push(at);
  setAsideIn.push(leaving);
  leaving = undefined;
}

/** Nothing of what has been set aside will go on. */
export function forget(): void {
  empty(setAside);
  empty(setAsideAt);
  empty(setAsideIn);
  leaving = undefined;
}

/** How many frames have been set aside. */
export const leftBehind = (): number => setAside.length;

/** How many callers on the stack cannot stop (plain functions that run their twin to the end): 0, or nothing may. */
export const pinned = { depth: 0 };

/**
 * How deep calls are nested on the native stack, and how deep they may be before the stack is set aside and the innermost
 * call begun on an empty one (`hop`). So recursion is bounded by a number, the same on every machine, and not by the size
 * of a stack. `full`: beyond this room the thread's stack overflows.
 */
export const nest = { depth: 0, room: 0, hop: false, full: false };

/** Twins nested on the native stack, at most: a third of what the smallest stack takes that a host gives us. */
const NESTED = 800;

/** `frames`: how deep a thread's calls may be in all. About what Node's own stack takes of plain functions. */
export const limits = { frames: 10_000, nested: NESTED };

/** What the machine does at the edge of a loop when `fuel` has run out, and at a place to pause. */
interface Driver {
  edge(): void | Suspended;
  /** `locals`: of another turn, what its loop gives new values to; absent: the loop begins. */
  turns(loop: number, locals?: readonly unknown[]): void;
  pause(point: number, probe: Probe | undefined): void | Suspended;
}

/**
 * Edges that loops may pass before the machine is asked: it fills this up each time that a thread goes on. Compiled code
 * counts down itself; where it cannot stop, below 0.
 */
export const fuel = { left: 0 };

let driver: Driver | undefined;

/** The machine that runs now. */
export function drive(machine: Driver | undefined): void {
  driver = machine;
}

/** `$t.edge`: there is no fuel left. A loop in what cannot stop goes on, and owes what it takes. */
export function edge(): void | Suspended {
  if (pinned.depth === 0) return driver?.edge();
}

const NOTHING: readonly unknown[] = [];

/** `$t.begins` */
export function begins(loop: number): void {
  driver?.turns(loop);
}

/** `$t.turn` */
export function turn(loop: number, locals: readonly unknown[] = NOTHING): void {
  driver?.turns(loop, locals);
}

/** `$t.pause` */
export function pause(point: number, probe?: Probe): void | Suspended {
  if (pinned.depth === 0) return driver?.pause(point, probe);
}

/** A thread's frames, the innermost on top. */
export class FrameStack {
  readonly #frames: Frame[] = [];
  readonly #points: number[] = [];
  readonly #probes: (Probe | undefined)[] = [];

  /** Frames that wait for the one above them; for a debugger, from the outermost in. */
  get frames(): readonly Frame[] {
    return this.#frames;
  }

  /** Where each of them stands: rows of `CompiledProgram.points`. */
  get points(): readonly number[] {
    return this.#points;
  }

  /** In the debug form: the scopes in which they stand. */
  get probes(): readonly (Probe | undefined)[] {
    return this.#probes;
  }

  clear(): void {
    empty(this.#frames);
    empty(this.#points);
    empty(this.#probes);
  }

  /** Begins with `frame`, which has not been started. */
  begin(frame: Frame): void {
    this.#frames.push(frame);
    this.#points.push(0);
    this.#probes.push(undefined);
  }

  /** Takes what has been set aside, on top. */
  take(): void {
    for (let left = setAside.pop(); left !== undefined; left = setAside.pop()) {
      this.#frames.push(left);
      this.#points.push(setAsideAt.pop()!);
      this.#probes.push(setAsideIn.pop());
    }
  }

  /**
   * Resumes the innermost frame with what it was waiting for, then each outer one with what the one above it came to,
   * until one stops again: false. True when the last one has ended; its value is then `value`, what it threw is thrown.
   * Costs each frame once, however deep the stack is.
   */
  goOn(value: unknown): boolean {
    const frames = this.#frames;
    const points = this.#points;
    const probes = this.#probes;
    let thrown = false;
    for (let frame = frames.pop(); frame !== undefined; frame = frames.pop()) {
      let step: IteratorResult<unknown, unknown>;
      points.pop();
      probes.pop();
      nest.depth = 0;
      nest.room = limits.frames - frames.length;
      nest.full = nest.room <= limits.nested;
      if (!nest.full) nest.room = limits.nested;
      try {
        step = thrown ? frame.throw(value) : frame.next(value);
      } catch (error) {
        value = error;
        thrown = true;
        continue;
      }
      thrown = false;
      if (step.done !== true) {
        frames.push(frame);
        points.push(step.value as number);
        probes.push(leaving);
        leaving = undefined;
        this.take();
        if (!nest.hop) return false;
        nest.hop = false;
        value = undefined;
        continue;
      }
      value = step.value;
    }
    if (thrown) throw value;
    this.value = value;
    return true;
  }

  /** What the outermost frame gave. */
  value: unknown;
}
