/**
 * `explore` cannot be used as it was: a wrong option, a function that nothing has prepared. Not about the program, and so no
 * `ExplorationError`, which tests may expect.
 */
export class SetUpError extends Error {
  override readonly name = "ThreadloomError";
  /** Of the catalogue: `TL8205`. */
  readonly code: string;

  constructor({ code, message, remedy }: SetUpProblem) {
    super(`${code}: ${message}${remedy === undefined ? "" : `\n${remedy}`}`);
    this.code = code;
  }
}

export interface SetUpProblem {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
}
