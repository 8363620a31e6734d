/** Words that are no value. They come from a file that was cut or altered, never from a run's own memory. */
import { CROSSING_MESSAGES } from "../base/catalogue/crossing.ts";
import { tell } from "../base/catalogue/message.ts";

export class DamageError extends Error {
  readonly code: string;
  readonly remedy: string | undefined;
  /** Index of the word, counted from the value's first. */
  readonly word: number;

  constructor(word: number, reason: string, options?: ErrorOptions) {
    const told = tell(CROSSING_MESSAGES.damaged, { word, reason });
    super(told.message, options);
    this.name = "DamageError";
    this.code = told.code;
    this.remedy = told.remedy;
    this.word = word;
  }
}
