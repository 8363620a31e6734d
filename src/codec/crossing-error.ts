/** Thrown by an encode: something in the value cannot cross. The engines make it the program's `NotSendError`. */
import { CROSSING_MESSAGES } from "../base/catalogue/crossing.ts";
import { tell } from "../base/catalogue/message.ts";

export interface Refusal {
  /** A noun with its article: "a Promise". */
  readonly what: string;
  /** A clause: "it belongs to the thread that made it". */
  readonly why: string;
  readonly remedy: string;
  /** It could cross to a thread, but not to another process. */
  readonly byProcess?: true;
}

export class CrossingError extends Error implements Refusal {
  readonly code: string;
  /** Leads to the blame in source form: `job.items[3].handle`. */
  readonly path: string;
  readonly what: string;
  readonly why: string;
  readonly remedy: string;

  constructor(path: string, refusal: Refusal) {
    const { what, why, remedy, byProcess } = refusal;
    const entry =
      byProcess === true ? CROSSING_MESSAGES.refusedByProcess : CROSSING_MESSAGES.refused;
    const told = tell(entry, { path, what, why, remedy });
    super(told.message);
    this.name = "CrossingError";
    this.code = told.code;
    this.path = path;
    this.what = refusal.what;
    this.why = refusal.why;
    this.remedy = refusal.remedy;
  }
}
