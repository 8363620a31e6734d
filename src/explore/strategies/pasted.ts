/** Follows the text of a schedule as far as it fits, then whoever ran goes on. */
import { ScheduleReplayer } from "../../engine/schedule/replayer.ts";
import type { ModelView } from "../../engine/model/view.ts";
import { parseSchedule } from "../../trace/schedule.ts";
import type { Execution, Strategy } from "../execution.ts";

export class Pasted implements Strategy {
  readonly #text: string;
  #replayer: ScheduleReplayer | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The run that is about to begin. */
  begin(view: ModelView): void {
    this.#replayer = new ScheduleReplayer(parseSchedule(this.#text).schedule, view);
  }

  pick({ offered }: Execution): number {
    return this.#replayer!.pick(offered, offered.length);
  }

  choose({ current }: Execution, options: readonly number[]): number {
    const chosen = this.#replayer!.choose(options.length, current!.id, options[0]);
    return options.includes(chosen) ? chosen : options[0];
  }
}
