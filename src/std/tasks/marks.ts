/**
 * What a task leaves in the trace: where it begins, awaits, goes on and ends, and who lets it go on. Marks are no operations, so
 * a run that is recorded makes the same steps as one that is not.
 */
import { here } from "../activation.ts";
import type { SiteId } from "../../base/brand.ts";
import { EventKind } from "../../trace/event.ts";
import { engine } from "../intrinsics.ts";

/** Nothing where nothing is recorded. */
export const taskMarks = (): TaskMarks | undefined => (engine.traced ? new TaskMarks() : undefined);

export class TaskMarks {
  /** In its thread, from 1; 0 before it has begun. */
  #number = 0;
  /** Where it awaits. */
  #site = 0 as SiteId;
  #waits = false;

  /** Its body runs from here on. */
  goesOn(): void {
    if (this.#number > 0) {
      this.#waits = false;
      engine.site = this.#site;
      engine.mark(EventKind.taskResume, this.#number);
    } else {
      this.#number = ++here.tasks.begun;
      engine.mark(EventKind.taskBegin, this.#number);
    }
  }

  awaits(): void {
    this.#site = engine.site;
    engine.mark(EventKind.taskAwait, this.#number);
  }

  /** What it awaits is not there yet. */
  waits(): void {
    this.#waits = true;
  }

  /** What it awaits has come. */
  woken(): void {
    if (!this.#waits) return;
    this.#waits = false;
    engine.mark(EventKind.taskWake, this.#number);
  }

  ends(): void {
    engine.mark(EventKind.taskEnd, this.#number);
  }
}
