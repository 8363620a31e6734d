/**
 * The page's end of a session: asks, and has each answer when it comes. Answers of a session before this one are nobody's any
 * more.
 */
import type { StepReply } from "../../src/protocol/step.ts";
import type { FromStepper, PageRequest } from "../../src/protocol/stepper-view.ts";

export type Reply = StepReply;

export class Link {
  readonly #post: (message: FromStepper) => void;
  readonly #waiting = new Map<number, (reply: Reply | undefined) => void>();
  #session: string | null = null;
  #next = 1;

  constructor(post: (message: FromStepper) => void) {
    this.#post = post;
  }

  get session(): string | null {
    return this.#session;
  }

  /** Another session, or none: whoever waits for an answer gets undefined. */
  begin(session: string | null): void {
    this.#session = session;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const settle of waiting) settle(undefined);
  }

  /** The reply, or undefined if the session went meanwhile or there is none. */
  ask(request: PageRequest): Promise<Reply | undefined> {
    const session = this.#session;
    if (session === null) return Promise.resolve(undefined);
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#post({ type: "ask", session, id, request });
    });
  }

  take(reply: Reply): void {
    const settle = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    settle?.(reply);
  }
}
