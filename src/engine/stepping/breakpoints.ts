/**
 * Where somebody wants to stop: before statements, and before operations of a kind. Set as a whole; a place to pause is looked up by
 * its number, so that a run without breakpoints near costs next to nothing. Of a natively compiled program, which has no
 * places to pause, the sites of operations take their part.
 */
import { STEPPING_MESSAGES as MESSAGES } from "../../base/catalogue/stepping.ts";
import { tell } from "../../base/catalogue/message.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type {
  BreakpointState,
  EventBreakpoint,
  EventClass,
  LineBreakpoint,
} from "../../protocol/step.ts";
import type { Place } from "../../trace/finding.ts";
import { type Evaluation, parse } from "./look/evaluate.ts";
import { Refusal } from "./look/refusal.ts";

export interface ArmedLine {
  /** Among all that were set. */
  readonly index: number;
  readonly asked: LineBreakpoint;
  readonly condition: Evaluation | undefined;
  /** What a logpoint says: texts and expressions in turn. */
  readonly log: readonly (string | Evaluation)[] | undefined;
}

export class Breakpoints {
  /** By number. */
  readonly #all: readonly (Place | null)[];
  /** By file, in the order of the text: numbers of places. */
  readonly #places = new Map<string, number[]>();
  #lines = new Map<number, ArmedLine[]>();
  #events: readonly { readonly index: number; readonly asked: EventBreakpoint }[] = [];

  constructor({ points = [], probes, sites }: CompiledProgram) {
    this.#all = probes === undefined ? sites : points;
    for (const number of probes?.pauses ?? sites.keys()) {
      const place = this.#all[number];
      if (place === null || place === undefined) continue;
      const known = this.#places.get(place.file);
      if (known === undefined) this.#places.set(place.file, [number]);
      else known.push(number);
    }
    for (const list of this.#places.values()) {
      list.sort((one, other) => {
        const [a, b] = [this.#place(one), this.#place(other)];
        return a.line - b.line || a.column - b.column;
      });
    }
  }

  /** Replaces all. */
  set(lines: readonly LineBreakpoint[], events: readonly EventBreakpoint[]): BreakpointState[] {
    this.#lines = new Map();
    const states = lines.map((asked, index) => this.#arm(asked, index));
    this.#events = events.map((asked, index) => ({ index: lines.length + index, asked }));
    return [...states, ...events.map(() => ({ verified: true }))];
  }

  /** Those before this statement. */
  at(point: number): readonly ArmedLine[] | undefined {
    return this.#lines.get(point);
  }

  get hasEvents(): boolean {
    return this.#events.length > 0;
  }

  /** Those that such an operation meets. */
  meeting(on: EventClass, object: string, thread: string): number[] {
    return this.#events
      .filter(
        ({ asked }) =>
          (asked.on === on || asked.on === "any") &&
          (asked.object === undefined || asked.object === object) &&
          (asked.thread === undefined || asked.thread === thread),
      )
      .map(({ index }) => index);
  }

  /** Where statements begin in these lines. */
  places(file: string, line: number, endLine: number): Place[] {
    return this.#pointsOf(file)
      .map((point) => this.#place(point))
      .filter((place) => place.line >= line && place.line <= endLine);
  }

  #arm(asked: LineBreakpoint, index: number): BreakpointState {
    const points = this.#pointsOf(asked.file);
    if (points.length === 0) {
      return unverified(tell(MESSAGES.notInProgram, { file: asked.file }).message);
    }
    const point = this.#nearest(points, asked);
    if (point === undefined)
      return unverified(tell(MESSAGES.noStatement, { line: asked.line }).message);
    const { line, column } = this.#place(point);
    try {
      const armed: ArmedLine = {
        index,
        asked,
        condition: asked.condition === undefined ? undefined : parse(asked.condition),
        log: asked.log === undefined ? undefined : parseLog(asked.log),
      };
      const known = this.#lines.get(point);
      if (known === undefined) this.#lines.set(point, [armed]);
      else known.push(armed);
      return { verified: true, line, column };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { verified: false, line, column, message: error.message };
    }
  }

  /** In its line the first, or the first from its column on; else the first in the lines below. */
  #nearest(points: readonly number[], { line, column = 0 }: LineBreakpoint): number | undefined {
    const from = points.filter((point) => this.#place(point).line >= line);
    const inLine = from.filter((point) => this.#place(point).line === line);
    return inLine.find((point) => this.#place(point).column >= column) ?? inLine.at(-1) ?? from[0];
  }

  #pointsOf(file: string): readonly number[] {
    return this.#places.get(file) ?? [];
  }

  #place(point: number): Place {
    const { file, line, column } = this.#all[point]!;
    return { file, line, column };
  }
}

const unverified = (message: string): BreakpointState => ({ verified: false, message });

/** `n is {n}` → "n is ", n */
function parseLog(log: string): (string | Evaluation)[] {
  return log
    .split(/(\{[^{}]*\})/)
    .map((part) => (part.startsWith("{") && part.endsWith("}") ? parse(part.slice(1, -1)) : part));
}
