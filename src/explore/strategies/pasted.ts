/** Follows the text of a schedule as far as it fits, then whoever ran goes on. */
import { ScheduleReplayer } from "../../engine/schedule/replayer.ts";
import type { ModelView } from "../../engine/model/view.ts";
import { parseSchedule, type Schedule, spuriousIn } from "../../trace/schedule.ts";
import type { Execution, Strategy } from "../execution.ts";

export class Pasted implements Strategy {
  readonly spurious: number;
  readonly #schedule: Schedule;
  #replayer: ScheduleReplayer | undefined;

  constructor(text: string) {
    this.#schedule = parseSchedule(text).schedule;
    this.spurious = spuriousIn(this.#schedule);
  }

  /** The run that is about to begin. */
  begin(view: ModelView): void {
    this.#replayer = new ScheduleReplayer(this.#schedule, view);
  }

  pick({ offered }: Execution): number {
    return this.#replayer!.pick(offered, offered.length);
  }

  choose({ current }: Execution, options: readonly number[]): number {
    const chosen = this.#replayer!.choose(options.length, current!.id, options[0]);
    return options.includes(chosen) ? chosen : options[0];
  }
}
