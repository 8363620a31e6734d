/**
 * An execution once more, for people: as a schedule to paste, as steps in words, and as a trace that the analyses read. What
 * is explored keeps none of that, as there are too many of them.
 */
import { findingsOf } from "../../analysis/findings.ts";
import type { ThreadId } from "../../base/brand.ts";
import { KINDS } from "../../objects/kinds.ts";
import { Head } from "../../objects/object.ts";
import { arrivalTold, connection } from "../../objects/wire.ts";
import type { Candidate } from "../../engine/scheduler.ts";
import { siteAsPlace } from "../../engine/program/names.ts";
import { ScheduleRecorder } from "../../engine/schedule/recorder.ts";
import { deedOf } from "../../engine/stepping/look/deeds.ts";
import type { Finding, Place } from "../../trace/finding.ts";
import { TraceReader } from "../../trace/reader.ts";
import { formatSchedule } from "../../trace/schedule.ts";
import { Timeline } from "../../trace/timeline/timeline.ts";
import { TraceWriter } from "../../trace/writer.ts";
import type { Execution, Strategy } from "../execution.ts";
import type { Key, Move } from "../step.ts";
import { Follow } from "../strategies/follow.ts";

/** A step in words. */
export interface Deed {
  readonly id: ThreadId;
  readonly thread: string;
  /** "reads `counter`: 0". */
  readonly text: string;
  readonly place: Place | undefined;
  /** What it touches; 0 for nothing. */
  readonly thing: Key;
  readonly kind: string;
  /** It has no reason: whoever is told the story must hear of it. */
  readonly wakes: boolean;
}

export interface Retold {
  readonly schedule: string;
  readonly deeds: readonly Deed[];
  /** What the engine and the analyses of its trace find in this execution. */
  readonly findings: readonly Finding[];
}

export function scheduleOf(execution: Execution, moves: readonly Move[]): string {
  let recorder: ScheduleRecorder | undefined;
  execution.go(new Follow(moves), {}, (scheduler, view) => {
    return (recorder = new ScheduleRecorder(scheduler, view));
  });
  return formatSchedule(recorder!.schedule);
}

/** `far`: to the end of the program, or no further than the moves go. */
export function retell(
  execution: Execution,
  moves: readonly Move[],
  far: "to the end" | "no further" = "to the end",
): Retold {
  const telling = new Telling(moves, far === "no further" ? moves.length : Infinity);
  const { program } = execution.model.inside;
  const reader = new TraceReader();
  const writer = new TraceWriter((bytes) => void reader.push(bytes));
  const head = {
    program: program.entry,
    engine: "model" as const,
    tool: "threadloom",
    clock: "ticks" as const,
  };
  writer.begin({ head, sites: program.sites, sources: [] });
  let recorder: ScheduleRecorder | undefined;
  const result = execution.go(telling, { sink: writer }, (scheduler, view) => {
    return (recorder = new ScheduleRecorder(scheduler, view));
  });
  if (result !== undefined) {
    writer.findings(result.findings);
    writer.end({ ending: result.ending, durationNs: result.durationNs });
  }
  reader.finish();
  const timeline = new Timeline(reader.trace);
  timeline.advance();
  return {
    schedule: formatSchedule(recorder!.schedule),
    deeds: telling.deeds,
    findings: findingsOf(timeline),
  };
}

/** Puts each step into words before it is made: its effect is known then, as nobody moves meanwhile. */
class Telling implements Strategy {
  readonly deeds: Deed[] = [];
  readonly spurious: number;
  readonly #follow: Follow;
  /** The step under way. */
  #picked: Candidate | undefined;

  readonly #most: number;

  constructor(moves: readonly Move[], most: number) {
    this.#follow = new Follow(moves);
    this.#most = most;
    this.spurious = this.#follow.spurious;
  }

  pick(execution: Execution): number {
    if (execution.steps.length >= this.#most) return -1;
    const picked = this.#follow.pick(execution);
    const candidate = execution.offered[picked];
    if (candidate === undefined) return picked;
    this.#picked = candidate;
    const { names } = execution.running;
    const { machine, program } = execution.model.inside;
    const { low, high } = machine.threads[candidate.thread];
    const thing = execution.thingAt(candidate.object);
    this.deeds.push({
      id: candidate.thread,
      thread: names[candidate.thread],
      text: deedOf(execution.view, { ...candidate, low, high }).done,
      place: siteAsPlace(program, candidate.site),
      thing: thing?.key ?? 0,
      kind: thing?.kind.name ?? "",
      wakes: candidate.wakes === true,
    });
    return picked;
  }

  choose(execution: Execution, options: readonly number[]): number {
    const option = this.#follow.choose(execution, options);
    const { object, operation } = this.#picked!;
    const { words } = execution.view;
    const kind = object === 0 ? undefined : KINDS[words[object + Head.KIND]];
    const told = kind === connection ? arrivalTold(words, object, operation, option) : undefined;
    const last = this.deeds.at(-1);
    if (told !== undefined && last !== undefined) {
      this.deeds[this.deeds.length - 1] = { ...last, text: `${last.text}: ${told}` };
    }
    return option;
  }
}
