/**
 * `EventLoop`: callbacks of one thread. An event that is emitted waits in line; each of its handlers is called by itself, and all
 * microtasks come before the next; when no event waits, the earliest timer is next.
 */
import { here } from "../activation.ts";
import { duration } from "../duration.ts";
import { engine } from "../intrinsics.ts";
import { region } from "../marks.ts";
import { settle, takeTurn } from "../tasks/loop.ts";
import { setTimeout } from "../tasks/timers.ts";
import { text } from "../errors.ts";
import { TASK_MESSAGES } from "../../base/catalogue/tasks.ts";

type Handler = (payload: unknown) => void;

interface Callback {
  readonly event: string;
  readonly handler: Handler;
  readonly payload: unknown;
  /** Where it was emitted. */
  readonly site: typeof engine.site;
}

export class EventLoop {
  readonly #handlers = new Map<string, Handler[]>();
  readonly #waiting: Callback[] = [];
  #isStopped = false;
  #runs = false;

  on(event: string, handler: Handler): void {
    checkHandler(handler, "on");
    const handlers = this.#handlers.get(event);
    if (handlers === undefined) this.#handlers.set(event, [handler]);
    else handlers.push(handler);
  }

  emit(event: string, payload?: unknown): void {
    const { site } = engine;
    for (const handler of this.#handlers.get(event) ?? []) {
      this.#waiting.push({ event, handler, payload, site });
    }
  }

  setTimer(time: number, handler: () => void): void {
    checkHandler(handler, "setTimer");
    setTimeout(
      () => {
        if (!this.#isStopped) handler();
      },
      duration(time, "setTimer"),
    );
  }

  /** Until it is stopped, or nothing is left that could call anybody. */
  run(): void {
    if (this.#runs || here.tasks.performing) throw new TypeError(text(TASK_MESSAGES.loopRuns, {}));
    this.#runs = true;
    this.#isStopped = false;
    try {
      for (;;) {
        settle();
        if (this.#isStopped) return;
        const next = this.#waiting.shift();
        if (next !== undefined) call(next);
        else if (!takeTurn()) return;
      }
    } finally {
      this.#runs = false;
    }
  }

  stop(): void {
    this.#isStopped = true;
  }
}

function call({ event, handler, payload, site }: Callback): void {
  const { tasks } = here;
  engine.site = site;
  const span = region(`on ${event}`);
  tasks.performing = true;
  try {
    handler(payload);
  } finally {
    tasks.performing = false;
    span[Symbol.dispose]();
  }
}

function checkHandler(handler: unknown, operation: string): void {
  if (typeof handler === "function") return;
  const told = { operation, expected: "a function", value: typeof handler };
  throw new TypeError(text(TASK_MESSAGES.notGiven, told));
}
