/**
 * The host's end of a step session, whatever the session runs in: numbers requests, gives answers to those who asked, and ends
 * the session when what runs it has gone, or does not stop when it is asked to. Knows neither process nor clock: the transport
 * has both.
 */
import { tell } from "../../base/catalogue/message.ts";
import { STEPPING_MESSAGES as MESSAGES } from "../../base/catalogue/stepping.ts";
import type { StepChannel, StepEvent, StepReply, StepRequest } from "../../protocol/step.ts";

/** A request was refused, or the session is over. */
export class StepRefused extends Error {
  override name = "StepRefused";
  readonly code: string;
  readonly remedy: string | undefined;

  constructor({ code, message, remedy }: Extract<StepReply, { ok: false }>) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}

/** What a session runs in: a process, a browser's worker. */
export interface StepTransport {
  send(id: number, request: StepRequest): void;
  /** Ends it, whatever it does. */
  kill(): void;
  /** Calls back after so many milliseconds, unless the answer is called before. */
  after(milliseconds: number, callBack: () => void): () => void;
}

/** How long a session may take to stop when it is asked to. */
const PAUSE_MS = 3000;

type Over = Omit<Extract<StepReply, { ok: false }>, "id" | "ok">;

interface Asked {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: StepRefused) => void;
  readonly kind: StepRequest["kind"];
}

export class StepRequests implements StepChannel {
  readonly #transport: StepTransport;
  readonly #asked = new Map<number, Asked>();
  readonly #listeners = new Set<(event: StepEvent) => void>();
  #next = 1;
  #over: Over | undefined;
  #stopWaiting: () => void = () => {};

  constructor(transport: StepTransport) {
    this.#transport = transport;
  }

  request(request: StepRequest): Promise<unknown> {
    const id = this.#next++;
    if (this.#over !== undefined) {
      return Promise.reject(new StepRefused({ id, ok: false, ...this.#over }));
    }
    const answer = new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject, kind: request.kind });
    });
    this.#transport.send(id, request);
    if (request.kind === "pause") this.#expectPause();
    return answer;
  }

  onEvent(listener: (event: StepEvent) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  /** Ends what it runs in, and the session with it. */
  dispose(): void {
    this.#over ??= tell(MESSAGES.broke, { reason: "it was ended" });
    this.#stopWaiting();
    this.#transport.kill();
    this.#refuseAll();
  }

  /** The session answered. */
  answered(reply: StepReply): void {
    const asked = this.#asked.get(reply.id);
    this.#asked.delete(reply.id);
    if (asked?.kind === "go") this.#stopWaiting();
    if (reply.ok) asked?.resolve(reply.answer);
    else asked?.reject(new StepRefused(reply));
  }

  /** The session says something by itself. */
  heard(event: StepEvent): void {
    if (this.#over !== undefined) return;
    if (event.kind === "failed") return this.#fail(event);
    for (const listener of this.#listeners) listener(event);
  }

  /** What it ran in has gone. */
  broke(reason: string): void {
    this.#fail(tell(MESSAGES.broke, { reason }));
  }

  /** A program that is in code of others' that never comes back cannot be paused, only ended. */
  #expectPause(): void {
    if (![...this.#asked.values()].some(({ kind }) => kind === "go")) return;
    this.#stopWaiting();
    this.#stopWaiting = this.#transport.after(PAUSE_MS, () => {
      this.#fail(tell(MESSAGES.doesNotAnswer, {}));
      this.#transport.kill();
    });
  }

  #fail({ code, message, remedy }: Over): void {
    if (this.#over !== undefined) return;
    this.#over = { code, message, ...(remedy === undefined ? {} : { remedy }) };
    this.#stopWaiting();
    for (const listener of this.#listeners) listener({ kind: "failed", ...this.#over });
    this.#refuseAll();
  }

  #refuseAll(): void {
    for (const [id, { reject }] of this.#asked) {
      reject(new StepRefused({ id, ok: false, ...this.#over! }));
    }
    this.#asked.clear();
  }
}
