/**
 * Where a run is stopped: breakpoints of a person, before statements or, on an engine that has none, before the operations that
 * stand in their lines; and before operations of a kind. Lives as long as one program does on one engine.
 */
import type { CompiledProgram } from "../../protocol/program.ts";
import type { BreakpointState, EventBreakpoint, LineBreakpoint } from "../../protocol/step.ts";
import type { ThreadId } from "../../base/brand.ts";
import type { Place } from "../../trace/finding.ts";
import type { Candidate } from "../scheduler.ts";
import { Breakpoints } from "./breakpoints.ts";
import { classOf } from "./look/deeds.ts";
import { ObjectView } from "./look/objects.ts";
import type { Onlooker } from "./look/onlooker.ts";
import type { RunLook } from "./look/view.ts";
import type { Passing } from "./stepper.ts";

export interface StopsParts {
  readonly program: CompiledProgram;
  readonly look: () => RunLook;
  readonly onlooker: () => Onlooker;
  readonly logged: (text: string, place: Place | undefined, thread: ThreadId) => void;
}

export class Stops {
  readonly #parts: StopsParts;
  readonly #breakpoints: Breakpoints;
  #asked: readonly [readonly LineBreakpoint[], readonly EventBreakpoint[]] = [[], []];

  constructor(parts: StopsParts) {
    this.#parts = parts;
    this.#breakpoints = new Breakpoints(parts.program);
  }

  set(lines: readonly LineBreakpoint[], events: readonly EventBreakpoint[]): BreakpointState[] {
    this.#asked = [lines, events];
    return this.#breakpoints.set(lines, events);
  }

  /** The same breakpoints in another form of the program. */
  on(program: CompiledProgram): Stops {
    const stops = new Stops({ ...this.#parts, program });
    stops.set(...this.#asked);
    return stops;
  }

  places(file: string, line: number, endLine: number): Place[] {
    return this.#breakpoints.places(file, line, endLine);
  }

  /** Those that stop at this place, passed so often now; logpoints speak. */
  meets(passing: Passing, visits: number): readonly number[] | undefined {
    const armed = this.#breakpoints.at(passing.point);
    if (armed === undefined) return undefined;
    const onlooker = this.#parts.onlooker();
    const met: number[] = [];
    for (const { index, asked, condition, log } of armed) {
      if (asked.hits !== undefined && visits !== asked.hits) continue;
      const frame = onlooker.passedFrame(passing);
      if (condition !== undefined && !onlooker.holds(condition, frame)) continue;
      if (log === undefined) met.push(index);
      else this.#parts.logged(onlooker.said(log, frame), frame.place, passing.thread);
    }
    return met.length === 0 ? undefined : met;
  }

  /** Breakpoints on events that this operation meets. */
  eventsAt(candidate: Candidate): readonly number[] | undefined {
    if (!this.#breakpoints.hasEvents) return undefined;
    const { looked } = this.#parts.look();
    const on = classOf(looked, candidate);
    if (on === undefined) return undefined;
    const { name } = new ObjectView(looked, candidate.object);
    const met = this.#breakpoints.meeting(on, name, looked.nameOfThread(candidate.thread));
    return met.length === 0 ? undefined : met;
  }
}
