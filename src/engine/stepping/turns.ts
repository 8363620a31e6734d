/**
 * How threads take turns where a person lets them go on, by the program's execution model (SEMANTICS, Time). One thread moves at a
 * time there, whatever the model: what is kept of it is where a thread has to give way. Left out: cores that work at once, and
 * their clocks; under `green` it is as if there were one.
 */
import type { ProgramOptions } from "../../protocol/program.ts";
import { QUANTUM } from "../models/timesliced.ts";
import { Pause } from "../model/thread.ts";
import type { Candidate } from "../scheduler.ts";
import { isEdge } from "./move.ts";

export interface Turns {
  readonly model: NonNullable<ProgramOptions["model"]>;
  /** After so many operations and turns of loops in a row a thread gives way. */
  readonly longest: number;
  /** Whether it gives way at each turn of a loop, which others may have to end. */
  readonly atEdges: boolean;
}

/** Where all go on at once, one that does not wait for anything. */
const LONG = 1000;

export function turnsOf({ model = "parallel", quantum }: ProgramOptions): Turns {
  switch (model) {
    case "parallel":
      return { model, longest: LONG, atEdges: true };
    case "timesliced":
      return { model, longest: quantum ?? QUANTUM, atEdges: false };
    case "cooperative":
    case "green":
      return { model, longest: Infinity, atEdges: false };
  }
}

/** Whether a thread that makes this step lets others go before it goes on. */
export function givesWay({ atEdges }: Turns, step: Candidate): boolean {
  const isPause = step.object === 0 && step.operation !== Pause.POINT;
  return isPause && (atEdges || !isEdge(step));
}
