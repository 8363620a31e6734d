/** `Runtime`: an executor. On one thread it is the loop of whoever calls `blockOn`; with several, tasks run on threads of its own. */
import { TASK_MESSAGES } from "../../base/catalogue/tasks.ts";
import { notify, NotifyOperation } from "../../objects/notify.ts";
import { here } from "../activation.ts";
import { counted } from "../count.ts";
import { text } from "../errors.ts";
import { Life } from "../handle.ts";
import { engine } from "../intrinsics.ts";
import { disown, handToTask, own } from "../ownership.ts";
import { State } from "../tasks/job.ts";
import { runLoop } from "../tasks/loop.ts";
import { silence, stateOf, valueOf } from "../tasks/promise.ts";
import { driving } from "./abandon.ts";
import { Spawned, Task, type TaskOptions } from "./task.ts";
import { Workers } from "./workers.ts";

const MOST_THREADS = 256;

export function spawn<T>(body: () => PromiseLike<T>, options?: TaskOptions): Task<T> {
  checkBody(body);
  const { runtime } = here.tasks;
  if (runtime !== undefined) return runtime.spawn(body, options?.name) as Task<T>;
  return taskOf(new Spawned<T>(body, handToTask(body)).begin(), options);
}

function taskOf<T>(spawned: Spawned<T>, options: TaskOptions | undefined): Task<T> {
  return new Task(options?.name, spawned.promise, () => spawned.abort());
}

function checkBody(body: unknown): void {
  if (typeof body === "function") return;
  const told = { operation: "spawn", expected: "an async function", value: typeof body };
  throw new TypeError(text(TASK_MESSAGES.notGiven, told));
}

export class Runtime {
  readonly #threads: number;
  /** Started when they are first needed: making something stops nobody. */
  #workers: Workers | undefined;
  /** Of a runtime without threads of its own: what it has begun and has not ended. */
  readonly #begun = new Set<{ abort(): void }>();
  /** Whoever ends without having disposed of it does so at the end. Nobody else can reach it, wherever the runtime is kept. */
  readonly #owned = { drop: () => this[Symbol.dispose]() };
  readonly #life = new Life();

  constructor(options?: { threads?: number }) {
    this.#threads = counted(options?.threads ?? 1, "Runtime", 1, MOST_THREADS);
    own(this.#owned);
  }

  blockOn<T>(future: PromiseLike<T>): T {
    const { tasks } = here;
    if (tasks.performing) throw new TypeError(text(TASK_MESSAGES.blocksInTask, {}));
    const before = tasks.runtime;
    tasks.runtime = this.#team();
    try {
      const promise = driving(future);
      silence(promise);
      runLoop(promise);
      if (stateOf(promise) === State.PENDING) waitForEver();
      if (stateOf(promise) === State.REJECTED) throw valueOf(promise);
      return valueOf(promise) as T;
    } finally {
      tasks.runtime = before;
    }
  }

  spawn<T>(body: () => PromiseLike<T>, options?: TaskOptions): Task<T> {
    checkBody(body);
    const workers = this.#team();
    if (workers !== undefined) return workers.spawn(body, options?.name);
    const dropEnds = handToTask(body);
    const spawned: Spawned<T> = new Spawned(body, () => {
      this.#begun.delete(spawned);
      dropEnds();
    });
    this.#begun.add(spawned);
    return taskOf(spawned.begin(), options);
  }

  /** Its threads, where it has any of its own. */
  #team(): Workers | undefined {
    this.#life.check("The runtime");
    if (this.#threads === 1) return undefined;
    return (this.#workers ??= Workers.start(this.#threads));
  }

  [Symbol.dispose](): void {
    if (!this.#life.alive) return;
    this.#life.end("dropped");
    disown(this.#owned);
    for (const task of this.#begun) task.abort();
    this.#begun.clear();
    this.#workers?.stop();
  }
}

/** Nothing will ever settle what is waited for: so the thread waits for ever, and is told as such. */
function waitForEver(): void {
  const future = engine.create(notify, 0, 0, engine.traced ? engine.string("the future") : -1);
  engine.perform(future, NotifyOperation.AWAIT);
}
