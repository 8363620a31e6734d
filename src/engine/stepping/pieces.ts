/** The bytes of a trace as they come, taken now and then as one piece that knows where it belongs. */
import type { StepEvent } from "../../protocol/step.ts";

export class Pieces {
  readonly #pieces: Uint8Array[] = [];
  #told = 0;

  push(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
  }

  /** What was not taken yet. */
  take(): Extract<StepEvent, { kind: "trace" }> | undefined {
    if (this.#pieces.length === 0) return undefined;
    const bytes = joined(this.#pieces);
    this.#pieces.length = 0;
    const offset = this.#told;
    this.#told += bytes.length;
    return { kind: "trace", offset, bytes };
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
