/** Wires as the runner sees them that carries their bytes: what threads have written is taken, what has come is told. */
import type { Address } from "../../../base/brand.ts";
import { copyBytes, WireOperation, WireWord } from "../../../objects/wire.ts";
import type { OutsideAgent } from "../outside-agent.ts";

export class Arrivals {
  readonly #agent: OutsideAgent;

  constructor(agent: OutsideAgent) {
    this.#agent = agent;
  }

  /** So many bytes have come, and the end too if `ends`: whoever waits for them may try again. */
  arrive(at: Address, count: number, ends: boolean): void {
    // What arrives where nobody reads is nobody's.
    if (this.#agent.holding(at, (words) => words[at + WireWord.DEAF] === 1)) return;
    this.#agent.step(at, WireOperation.ARRIVE, count, ends ? 1 : 0);
  }

  /** Takes the bytes that were written and not taken yet, and how the wire was closed if it was. */
  take(at: Address): { readonly bytes: Uint8Array; readonly closing: number } {
    return this.#agent.holding(at, (words) => {
      const closing = words[at + WireWord.CLOSING];
      // With both ends closed its ring is somebody else's.
      const isDead = closing !== 0 && words[at + WireWord.DEAF] === 1;
      const from = words[at + WireWord.TAKEN];
      const bytes = new Uint8Array(isDead ? 0 : (words[at + WireWord.WRITTEN] - from) | 0);
      copyBytes(words, at, from, bytes, false);
      words[at + WireWord.TAKEN] = words[at + WireWord.WRITTEN];
      return { bytes, closing };
    });
  }
}
