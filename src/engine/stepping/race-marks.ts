/**
 * The clocks and marks by which recordings and explored executions are judged as well (`trace/happens-before.ts`,
 * `trace/data-races.ts`), over a run that is stepped: whether an access that is about to be made would race.
 */
import { cell, CellOperation } from "../../objects/cell.ts";
import { KINDS } from "../../objects/kinds.ts";
import { Head } from "../../objects/object.ts";
import { DataRaces } from "../../trace/data-races.ts";
import { HappensBefore, type HappenedEvent } from "../../trace/happens-before.ts";
import type { Candidate } from "../scheduler.ts";

export class RaceMarks {
  readonly #order = new HappensBefore();
  readonly #races = new DataRaces(this.#order);

  take(event: HappenedEvent): void {
    this.#order.take(event);
    this.#races.take(event, 0);
  }

  /** Whether this access, if it were made now, would race with one that was made before. */
  wouldRace(words: Int32Array, { object, operation, thread, timesOut }: Candidate): boolean {
    if (object === 0 || timesOut || KINDS[words[object + Head.KIND]] !== cell) return false;
    const writes = operation === CellOperation.WRITE;
    return this.#races.rivalOf({ thread, object: words[object + Head.ID], writes }) !== undefined;
  }
}
