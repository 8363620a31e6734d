/** What is said of tasks: each is called as the call that began it. */
import type { ObjectId } from "../../src/base/brand.ts";
import { EventKind } from "../../src/trace/event.ts";
import type { Spans } from "../../src/trace/timeline/spans.ts";
import { ThreadState } from "../../src/trace/timeline/thread-track.ts";
import type { Text } from "../strings.ts";
import { spansOf, type Hit } from "./hit.ts";
import type { Picture, ThreadLane } from "./picture.ts";

/** What it needs of the words of everything else. */
interface Speaker {
  readonly picture: Picture;
  readonly text: Text;
  source(site: number): string | undefined;
}

type TaskHit = Extract<Hit, { kind: "task" }>;

/** A call is told by its beginning where its arguments go on for longer. */
const LONGEST = 40;

export class TaskWords {
  readonly #words: Speaker;

  constructor(words: Speaker) {
    this.#words = words;
  }

  /** `unpack("apples", 3)`; "task 2" where nothing of the person's called it. */
  name(spans: Spans, index: number): string {
    const { picture, text } = this.#words;
    const row = spans.other[index];
    const isJob = picture.events.kind[row] === EventKind.jobStart;
    // A job begins where its pool's thread is: it was called where it was submitted.
    const job = picture.timeline.object(picture.events.object[row] as ObjectId);
    const begun = isJob && job !== undefined ? job.site : picture.events.site[row];
    const called = this.#words.source(begun)?.replaceAll(/\s+/g, " ");
    if (called === undefined) {
      return isJob ? text("kind.job") : text("task.numbered", { task: spans.object[index] });
    }
    return called.length <= LONGEST ? called : `${called.slice(0, LONGEST - 1)}…`;
  }

  /** On its band: the longest first. */
  forms(spans: Spans, index: number): readonly string[] {
    const name = this.name(spans, index);
    if (spans.value[index] !== ThreadState.waiting) return [name];
    const awaited = this.#words.source(spans.site[index])?.replaceAll(/\s+/g, " ");
    return awaited === undefined ? [name] : [`${name}: ${awaited}`, name];
  }

  /** "main runs fetch(1)", "fetch(1) awaits". */
  title(hit: TaskHit): string {
    const { text } = this.#words;
    const spans = spansOf(hit)!;
    const task = this.name(spans, hit.index);
    switch (spans.value[hit.index]) {
      case ThreadState.waiting:
        return text("task.awaits", { task });
      case ThreadState.runnable:
        return text("task.ready", { task });
      default:
        return text("task.runs", { thread: hit.lane.name, task });
    }
  }

  siteOf(hit: TaskHit): number {
    return spansOf(hit)!.site[hit.index];
  }

  /** How many tasks a thread had, and for how many of them no row was left; nothing where it had none. */
  note({ track, tasks: { count, left } }: ThreadLane): readonly string[] {
    const { text } = this.#words;
    return [
      ...(count > 0 ? [text.count(track.jobs > 0 ? "lane.jobs" : "lane.tasks", count)] : []),
      ...(left > 0 ? [text.count("lane.tasksLeft", left)] : []),
    ];
  }
}
