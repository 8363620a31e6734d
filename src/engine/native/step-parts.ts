/** The operations of a step that is made of several (a select's), until they are recorded: with no word-lock held. */
import type { Address, SiteId } from "../../base/brand.ts";
import { Head } from "../../objects/object.ts";
import { caseAt, CaseWord, SelectWord } from "../../objects/select.ts";
import { EventKind } from "../../trace/event.ts";
import type { Recorder } from "./recorder.ts";

/** Of each: time, event, the object's id, version, argument. */
const PART_WORDS = 5;
const TWO_32 = 2 ** 32;
const HIGH = 2 ** -32;

/** Another thread's step has withdrawn this case of a select: keeps how, for the thread that waits to record. */
export function keepWithdrawn(
  words: Int32Array,
  row: Address,
  time: number,
  event: EventKind,
  version: number,
  argument: number,
): void {
  words[row + CaseWord.VERSION] = version;
  words[row + CaseWord.EVENT] = event;
  words[row + CaseWord.ARGUMENT] = argument;
  words[row + CaseWord.TIME_LOW] = time | 0;
  words[row + CaseWord.TIME_HIGH] = (time * HIGH) | 0;
}

export class StepParts {
  readonly #parts: number[] = [];

  add(time: number, event: EventKind, object: number, version: number, argument: number): void {
    this.#parts.push(time, event, object, version, argument);
  }

  /** The cases of this thread's select that another one has withdrawn. */
  addWithdrawn(words: Int32Array, select: Address): void {
    for (let index = 0; index < words[select + SelectWord.COUNT]; index++) {
      const row = caseAt(select, index);
      const version = words[row + CaseWord.VERSION];
      if (version === 0) continue;
      const time =
        words[row + CaseWord.TIME_HIGH] * TWO_32 + (words[row + CaseWord.TIME_LOW] >>> 0);
      const id = words[words[row + CaseWord.OBJECT] + Head.ID];
      const event = words[row + CaseWord.EVENT] as EventKind;
      this.add(time, event, id, version, words[row + CaseWord.ARGUMENT]);
    }
  }

  /** Records them, and is empty again. `taken`: the select's case, -1 for none. */
  record(recorder: Recorder, taken: number, site: SiteId): void {
    const parts = this.#parts;
    if (recorder.traced) {
      recorder.record(parts[0], EventKind.select, 0, parts.length / PART_WORDS, taken, site);
      for (let i = 0; i < parts.length; i += PART_WORDS) {
        const event = parts[i + 1] as EventKind;
        recorder.record(parts[i], event, parts[i + 2], parts[i + 3], parts[i + 4], site);
      }
    }
    parts.length = 0;
  }
}
