/**
 * The network as a thread of a native run has it: it asks the runner's main thread, which has the sockets, and waits for the
 * answer in shared memory. What was written is only told; the runner finds the bytes in the wire. In a controlled run nobody asks
 * the operating system: who decides which thread goes next decides what has arrived, as on the model engine.
 */
import type { Address } from "../../../base/brand.ts";
import { Carried } from "../../../objects/wire.ts";
import type { NetworkErrorCode } from "../../../std/errors.ts";
import type { Network } from "../../../std/intrinsics.ts";
import { askedPort } from "../../outside/port-answer.ts";
import type { World } from "../../outside/world.ts";
import { RunWord, SlotWord } from "../layout.ts";
import type { RunMemory } from "../memory.ts";
import type { FromWorker } from "../messages.ts";
import { callRunner } from "../rounds.ts";
import { addChanged } from "./changed.ts";

/** Refusals by the number that the runner answers, from -1 downwards. */
export const REFUSALS: readonly NetworkErrorCode[] = [
  "ECONNREFUSED",
  "ECONNRESET",
  "EADDRINUSE",
  "EACCES",
  "EADDRNOTAVAIL",
];

export interface NetworkDoorParts {
  readonly memory: RunMemory;
  readonly slot: number;
  /** Writes down, or has from a recording, what the world answers; undefined: nobody does. */
  readonly world: () => World | undefined;
  /** Whether the run follows a recorded one. */
  readonly follows: boolean;
  readonly post: (message: FromWorker) => void;
}

export class NetworkDoor implements Network {
  readonly carried: Carried;
  readonly #parts: NetworkDoorParts;

  constructor(parts: NetworkDoorParts) {
    this.#parts = parts;
    const isControlled = parts.memory.words[RunWord.CONTROL] !== 0;
    const chosen = parts.follows ? Carried.FOLLOWED : Carried.CHOSEN;
    this.carried = isControlled ? chosen : Carried.TOLD;
  }

  ports(): Address {
    return this.#parts.memory.words[RunWord.PORTS] as Address;
  }

  listen(listener: Address, port: number, host: string): number | NetworkErrorCode {
    const { slot } = this.#parts;
    return askedPort(this.#parts.world(), () => {
      if (this.carried !== Carried.TOLD) return port;
      const answer = this.#ask({ type: "listen", slot, listener, port, host });
      return answer > 0 ? answer : refusal(answer);
    });
  }

  connect(port: number, host: string, there: Address, back: Address): NetworkErrorCode | undefined {
    if (this.carried !== Carried.TOLD) return undefined;
    const { slot } = this.#parts;
    const answer = this.#ask({ type: "connect", slot, port, host, there, back });
    return answer > 0 ? undefined : refusal(answer);
  }

  changed(object: Address): void {
    if (this.carried !== Carried.TOLD) return;
    const { memory } = this.#parts;
    memory.refresh();
    if (addChanged(memory.words, object)) callRunner(memory.words);
  }

  /** While it waits the thread counts as running: the answer is on its way. */
  #ask(question: FromWorker): number {
    const { memory, slot, post } = this.#parts;
    const at = slot + SlotWord.ANSWER;
    Atomics.store(memory.words, at, 0);
    post(question);
    for (;;) {
      const answer = Atomics.load(memory.words, at);
      if (answer !== 0) return answer;
      Atomics.wait(memory.words, at, 0);
    }
  }
}

const refusal = (answer: number): NetworkErrorCode => REFUSALS[-answer - 1];
