/**
 * All breakpoints that the client has asked for, in the program that is loaded: what each comes to, and which one it was
 * that stopped a thread. The session takes them all at once; the client changes them file by file and kind by kind.
 */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { DEBUG_MESSAGES as MESSAGES } from "../base/catalogue/debug.ts";
import type { BreakpointState, EventBreakpoint, LineBreakpoint } from "../protocol/step.ts";
import type { Place } from "../trace/finding.ts";
import { EVENT_CLASSES } from "./event-breakpoint.ts";
import { type Refusal, refused } from "./refusal.ts";
import { baseName, Counting, type Sources, sourceOf } from "./sources.ts";

/** What the client wrote, in the session's words; or why there is nothing that the session could do with it. */
export type Wanted =
  | {
      readonly kind: "line";
      readonly path: string;
      readonly breakpoint: Omit<LineBreakpoint, "file">;
    }
  | {
      readonly kind: "function";
      readonly name: string;
      readonly breakpoint: Pick<LineBreakpoint, "condition" | "hits">;
    }
  | { readonly kind: "event"; readonly breakpoint: EventBreakpoint }
  /** A switch that is none of the session's. */
  | { readonly kind: "ending" }
  | { readonly kind: "refused"; readonly why: Refusal };

/** Where breakpoints come from: a file, or one of the protocol's other requests. What comes later replaces what was. */
export type Origin = `file:${string}` | "functions" | "data" | "switches";

interface Held {
  readonly id: number;
  readonly wanted: Wanted;
  state: BreakpointState;
}

/** The loaded program. */
export interface Target {
  readonly sources: Sources;
  readonly program: string;
  /** Where a function begins. */
  beginningOf(name: string): Place | undefined;
  set(lines: readonly LineBreakpoint[], events: readonly EventBreakpoint[]): Promise<unknown>;
}

export class Breakpoints {
  readonly #held = new Map<Origin, Held[]>();
  readonly #changed: (breakpoint: DebugProtocol.Breakpoint) => void;
  #counting = new Counting({});
  #target: Target | undefined;
  /** As the session has them: lines, then events. */
  #installed: readonly Held[] = [];
  #count = 0;

  /** `changed` is told of breakpoints that are not those asked about: they came to stand elsewhere, or nowhere. */
  constructor(changed: (breakpoint: DebugProtocol.Breakpoint) => void) {
    this.#changed = changed;
  }

  count(counting: Counting): void {
    this.#counting = counting;
  }

  /** A program was loaded: everything is put into it. Undefined: it is gone. */
  async load(target: Target | undefined): Promise<void> {
    this.#target = target;
    this.#installed = [];
    await this.#install(undefined);
  }

  /** Replaces those of one origin. Answers what each comes to, in order. */
  async replace(origin: Origin, wanted: readonly Wanted[]): Promise<DebugProtocol.Breakpoint[]> {
    const held = wanted.map((one): Held => ({
      id: ++this.#count,
      wanted: one,
      state: { verified: false },
    }));
    this.#held.set(origin, held);
    await this.#install(origin);
    return held.map((one) => this.#shown(one));
  }

  /** The client's numbers of those that the session says were met. */
  idsOf(indices: readonly number[]): number[] {
    return indices.flatMap((index) => this.#installed[index]?.id ?? []);
  }

  /** The event that was met, if the first of them is one. */
  eventAt(indices: readonly number[]): EventBreakpoint | undefined {
    const wanted = this.#installed[indices[0]]?.wanted;
    return wanted?.kind === "event" ? wanted.breakpoint : undefined;
  }

  async #install(asked: Origin | undefined): Promise<void> {
    const target = this.#target;
    const all = [...this.#held].flatMap(([origin, held]) => held.map((one) => ({ origin, one })));
    const lines: { one: Held; line: LineBreakpoint }[] = [];
    const events: { one: Held; event: EventBreakpoint }[] = [];
    const states = new Map<Held, BreakpointState>();
    for (const { one } of all) {
      const { wanted } = one;
      if (wanted.kind === "refused") states.set(one, unverified(wanted.why));
      else if (target === undefined) states.set(one, unverified(refused(MESSAGES.notLoaded, {})));
      else if (wanted.kind === "ending") states.set(one, { verified: true });
      else if (wanted.kind === "event") events.push({ one, event: wanted.breakpoint });
      else if (wanted.kind === "function") {
        const place = target.beginningOf(wanted.name);
        if (place === undefined) states.set(one, unverified(noEvent(wanted.name)));
        else lines.push({ one, line: { ...place, ...wanted.breakpoint } });
      } else {
        const file = target.sources.nameOf(wanted.path);
        if (file === undefined) states.set(one, unverified(notIn(target, wanted.path)));
        else lines.push({ one, line: { file, ...wanted.breakpoint } });
      }
    }
    if (target !== undefined) {
      const installed = [...lines, ...events].map(({ one }) => one);
      this.#installed = installed;
      const answer = (await target.set(
        lines.map(({ line }) => line),
        events.map(({ event }) => event),
      )) as readonly BreakpointState[];
      for (const [index, one] of installed.entries()) states.set(one, answer[index]);
    }
    for (const { origin, one } of all) {
      const before = one.state;
      one.state = states.get(one)!;
      if (origin !== asked && !isSame(before, one.state)) this.#changed(this.#shown(one));
    }
  }

  #shown({ id, wanted, state }: Held): DebugProtocol.Breakpoint {
    const { verified, line, column, message } = state;
    const path = wanted.kind === "line" ? wanted.path : undefined;
    return {
      ...{ id, verified },
      ...(message === undefined ? {} : { message }),
      ...(path === undefined ? {} : { source: sourceOf(path) }),
      ...(line === undefined ? {} : { line: this.#counting.line(line) }),
      ...(column === undefined ? {} : { column: this.#counting.column(column) }),
    };
  }
}

function notIn({ program }: Target, path: string): Refusal {
  return refused(MESSAGES.notInProgram, { file: baseName(path), program: baseName(program) });
}

function unverified({ message, remedy }: Refusal): BreakpointState {
  return { verified: false, message: remedy === undefined ? message : `${message} ${remedy}` };
}

function isSame(one: BreakpointState, other: BreakpointState): boolean {
  return (
    one.verified === other.verified &&
    one.line === other.line &&
    one.column === other.column &&
    one.message === other.message
  );
}

/** What names neither an event nor a function. */
export function noEvent(text: string): Refusal {
  return refused(MESSAGES.badEvent, { text, events: EVENT_CLASSES.join(", ") });
}
