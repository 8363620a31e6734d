/** What is said of what threads share beside locks and channels: what an operation came to, and what a number of it means. */
import { EventKind, type ObjectKindName } from "../../src/trace/event.ts";
import { grouped, type Text } from "../strings.ts";
import { DONE, type CellLane } from "./cell-lane.ts";
import { lazily } from "./lazily.ts";
import { levelWord } from "./level.ts";
import type { Picture } from "./picture.ts";

/** What it needs of the words of everything else. */
interface Speaker {
  readonly picture: Picture;
  readonly text: Text;
  thread(id: number): string;
}

export class CellWords {
  readonly #words: Speaker;
  /** By object. */
  readonly #lanes: () => ReadonlyMap<number, CellLane>;

  constructor(words: Speaker) {
    this.#words = words;
    this.#lanes = lazily(() => new Map(words.picture.cells.map((lane) => [lane.id, lane])));
  }

  /** "2 arrived", "3 to come": the longest first. Nothing is said of nothing, but where it is what all wait for. */
  level({ track }: CellLane, value: number): readonly string[] {
    const said = this.#said(track.kind, value);
    return said === "" ? [] : [said, grouped(value)];
  }

  /** "ada does it", "done". */
  once(thread: number): readonly string[] {
    const { text } = this.#words;
    return thread === DONE
      ? [text("once.done")]
      : [text("once.does", { thread: this.#words.thread(thread) }), this.#words.thread(thread)];
  }

  /** " → 3", ": 2 arrived": what follows the words for an event. */
  came(row: number): string {
    const { events, timeline } = this.#words.picture;
    const kind = events.kind[row];
    const value = events.argument[row];
    const object = events.object[row];
    const lane = this.#lanes().get(object);
    switch (kind) {
      case EventKind.load:
      case EventKind.store:
      case EventKind.update:
      case EventKind.read:
      case EventKind.write:
        return lane?.hasNumbers ? ` → ${value}` : "";
      case EventKind.acquire:
      case EventKind.release:
        return `: ${this.#words.text.count("level.permits", value)}`;
      case EventKind.barrierArrive:
      case EventKind.countDown:
      case EventKind.countUp:
      case EventKind.jobSubmit:
      case EventKind.jobTake: {
        const said = this.#said(timeline.object(object as never)?.kind, value);
        return said === "" ? "" : `: ${said}`;
      }
      default:
        return "";
    }
  }

  /** How often it was touched, and how high its number went. */
  note({ marks, level, track }: CellLane): string {
    const { text } = this.#words;
    const events = text.count("lane.events", marks.count);
    const most = level && this.#said(track.kind, level.maximum);
    return most ? `${events} · ${text("level.most", { level: most })}` : events;
  }

  #said(kind: ObjectKindName | undefined, value: number): string {
    const word = levelWord(kind);
    const { text } = this.#words;
    if (value === 0) {
      return word === "left" ? text("level.open") : word === "busy" ? text("level.allDone") : "";
    }
    return word === undefined ? "" : text.count(`level.${word}`, value);
  }
}
