/**
 * The network of a modelled run: what a stream sends is on its way until its reader's step chooses that it has arrived
 * (`objects/wire.ts`). Ports are numbers, given in order.
 */
import type { Address } from "../../base/brand.ts";
import { Carried } from "../../objects/wire.ts";
import { askedPort, type PortAnswer } from "../outside/port-answer.ts";
import type { World } from "../outside/world.ts";
import type { Network } from "../../std/intrinsics.ts";

export class SimulatedNetwork implements Network {
  readonly carried: Carried;
  readonly #ports: Address;
  readonly #world: () => World;

  /** `follows`: what arrives when is known from a recorded run. `world`: of the thread that asks. */
  constructor(ports: Address, follows: boolean, world: () => World) {
    this.#ports = ports;
    this.#world = world;
    this.carried = follows ? Carried.FOLLOWED : Carried.CHOSEN;
  }

  ports(): Address {
    return this.#ports;
  }

  listen(_listener: Address, port: number): PortAnswer {
    return askedPort(this.#world(), () => port);
  }

  connect(): undefined {
    return undefined;
  }

  changed(): void {
    // Nobody carries it: the reader finds what was written.
  }
}
