/** `Barrier`: waiting is arriving, and passing once all have arrived. */
import type { Address } from "../base/brand.ts";
import { barrier, BarrierOperation, PassResult } from "../objects/barrier.ts";
import { counted } from "./count.ts";
import { adopt, adoptedObject, crosses, crossing, type Crossing, remember } from "./handle.ts";
import { inspected } from "./inspect.ts";
import { engine } from "./intrinsics.ts";

export class Barrier {
  readonly #at: Address;

  constructor(parties: number) {
    this.#at = adoptedObject() || engine.create(barrier, counted(parties, "Barrier", 1));
    remember(this.#at, this);
  }

  wait(): { isLeader: boolean } {
    const { node, site } = engine;
    engine.perform(this.#at, BarrierOperation.ARRIVE, node);
    engine.site = site;
    const result = engine.perform(this.#at, BarrierOperation.PASS, node);
    return { isLeader: result === PassResult.LEADER };
  }

  get [crossing](): Crossing {
    return { kind: "Barrier", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `Barrier(${engine.nameOf(this.#at)})`;
  }
}

crosses("Barrier", "shared", (object) => adopt(object, () => new Barrier(1)));
