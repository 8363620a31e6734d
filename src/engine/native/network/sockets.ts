/**
 * The sockets of a native run, all on the runner's main thread (a blocked worker's own event loop serves nobody): real ones of the
 * operating system, whose bytes go through its loopback. What a thread writes is taken from its wire and given to the
 * socket; what comes out at the other end is told to the wire (`arrivals.ts`).
 *
 * Both ends are the program's, so a connection is whole when the socket that connects and the one that was accepted know
 * each other by their ports.
 */
import net from "node:net";
import type { Address } from "../../../base/brand.ts";
import { Closing } from "../../../objects/wire.ts";
import type { Heap } from "../../heap.ts";
import { SlotWord } from "../layout.ts";
import type { RunMemory } from "../memory.ts";
import type { FromWorker } from "../messages.ts";
import { OutsideAgent } from "../outside-agent.ts";
import { Arrivals } from "./arrivals.ts";
import { isListener, takeChanged } from "./changed.ts";
import { REFUSALS } from "./door.ts";

type Question<Type> = Extract<FromWorker, { readonly type: Type }>;

const CONNECTED = 1;

/** One direction: the socket that its bytes are written to. */
interface Carriage {
  readonly out: net.Socket;
  /** Bytes that the operating system has. */
  flight: number;
  /** Its end was given to the operating system, and has not come out yet. */
  ending: boolean;
  over: boolean;
}

export class Sockets {
  readonly #memory: RunMemory;
  readonly #arrivals: Arrivals;
  readonly #servers = new Map<Address, net.Server>();
  readonly #carriages = new Map<Address, Carriage>();
  /** Accepted sockets by the port at the other end, until the socket there says that it is connected. */
  readonly #accepted = new Map<number, net.Socket>();
  /** Who waits for such a socket, by its port. */
  readonly #connecting = new Map<number, (accepted: net.Socket) => void>();
  readonly #all = new Set<net.Socket>();
  /** Questions that are not answered, bytes and ends that are under way: somebody will go on. */
  #pending = 0;

  constructor(memory: RunMemory, heap: Heap, cores: number) {
    this.#memory = memory;
    this.#arrivals = new Arrivals(new OutsideAgent(memory, heap, cores));
  }

  /** Whether the operating system has something yet that will let a thread go on. */
  get isBusy(): boolean {
    return this.#pending > 0;
  }

  listen({ slot, listener, port, host }: Question<"listen">): void {
    // Who had the port may have closed just now.
    this.look();
    this.#pending++;
    const server = net.createServer({ allowHalfOpen: true, noDelay: true });
    server.on("connection", (socket) => this.#arrived(socket));
    server.once("error", (error: NodeJS.ErrnoException) => this.#answer(slot, refusalOf(error)));
    server.listen({ port, host }, () => {
      this.#servers.set(listener, server);
      this.#answer(slot, (server.address() as net.AddressInfo).port);
    });
  }

  connect({ slot, port, host, there, back }: Question<"connect">): void {
    this.#pending++;
    const client = net.connect({ port, host, allowHalfOpen: true, noDelay: true });
    this.#all.add(client);
    const failed = (error: NodeJS.ErrnoException): void => this.#answer(slot, refusalOf(error));
    client.once("error", failed);
    client.once("connect", () => {
      client.off("error", failed);
      this.#meet(client.localPort!, (accepted) => {
        this.#carry(there, client, accepted);
        this.#carry(back, accepted, client);
        this.#answer(slot, CONNECTED);
      });
    });
  }

  /** Gives the operating system what threads have written since, and closes what they have closed. */
  look(): void {
    for (const at of takeChanged(() => this.#memory.fresh())) {
      if (isListener(this.#memory.words, at)) this.#servers.get(at)?.close();
      else this.#send(at);
    }
  }

  end(): void {
    for (const server of this.#servers.values()) server.close();
    for (const socket of this.#all) socket.destroy();
    this.#all.clear();
  }

  #arrived(socket: net.Socket): void {
    this.#all.add(socket);
    const port = socket.remotePort!;
    const waiting = this.#connecting.get(port);
    this.#connecting.delete(port);
    if (waiting !== undefined) waiting(socket);
    else this.#accepted.set(port, socket);
  }

  #meet(port: number, met: (accepted: net.Socket) => void): void {
    const accepted = this.#accepted.get(port);
    this.#accepted.delete(port);
    if (accepted !== undefined) met(accepted);
    else this.#connecting.set(port, met);
  }

  /** What is written to the wire `at` goes into `out`, and comes out of `into`. */
  #carry(at: Address, out: net.Socket, into: net.Socket): void {
    const carriage: Carriage = { out, flight: 0, ending: false, over: false };
    this.#carriages.set(at, carriage);
    into.on("data", (bytes: Buffer) => {
      carriage.flight -= bytes.length;
      this.#pending -= bytes.length;
      this.#arrivals.arrive(at, bytes.length, false);
    });
    into.once("end", () => this.#ended(at, carriage));
    // A connection that is reset tells the side that reads; the other has caused it.
    into.on("error", () => this.#ended(at, carriage));
    into.once("close", () => {
      this.#ended(at, carriage);
      this.#all.delete(into);
    });
  }

  #ended(at: Address, carriage: Carriage): void {
    if (carriage.over) return;
    carriage.over = true;
    this.#pending -= carriage.flight + (carriage.ending ? 1 : 0);
    carriage.flight = 0;
    this.#carriages.delete(at);
    this.#arrivals.arrive(at, 0, true);
  }

  #send(at: Address): void {
    const carriage = this.#carriages.get(at);
    if (carriage === undefined) return;
    const { bytes, closing } = this.#arrivals.take(at);
    if (bytes.length > 0) {
      carriage.flight += bytes.length;
      this.#pending += bytes.length;
      carriage.out.write(bytes);
    }
    if (closing === Closing.OPEN || carriage.ending) return;
    carriage.ending = true;
    this.#pending++;
    if (closing === Closing.RESET) carriage.out.resetAndDestroy();
    else carriage.out.end();
  }

  #answer(slot: number, answer: number): void {
    this.#pending--;
    const words = this.#memory.fresh();
    Atomics.store(words, slot + SlotWord.ANSWER, answer);
    Atomics.notify(words, slot + SlotWord.ANSWER);
  }
}

/** What cannot be told otherwise is a refusal. */
function refusalOf({ code }: NodeJS.ErrnoException): number {
  const index = REFUSALS.findIndex((one) => one === code);
  return index < 0 ? -1 : -index - 1;
}
