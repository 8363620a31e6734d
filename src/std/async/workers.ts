/**
 * The threads of a runtime that has several. They take tasks from one channel, each when it has nothing else to do, so that work goes
 * to whoever is free; a task stays where it began. What a task comes to goes back by a one-shot.
 */
import type { Address } from "../../base/brand.ts";
import { ChannelOperation } from "../../objects/channel.ts";
import { END_WORDS } from "../../objects/ends.ts";
import { here } from "../activation.ts";
import { channel, Receiver, Sender } from "../channel.ts";
import { ChannelClosedError } from "../errors.ts";
import { crosses, crossing, type Crossing } from "../handle.ts";
import { engine } from "../intrinsics.ts";
import { oneshot, type OneshotSender } from "../oneshot.ts";
import { awaitCase } from "../tasks/awaiting.ts";
import { State } from "../tasks/job.ts";
import {
  makePromise,
  rejectPromise,
  resolvePromise,
  stopWaiting,
  type TaskPromise,
  waitFor,
} from "../tasks/promise.ts";
import type { SpawnsTasks } from "../tasks/state.ts";
import { type Body, runTask } from "../tasks/task.ts";
import { disown, handToTask } from "../ownership.ts";
import { JoinHandle } from "../thread.ts";
import { receiving } from "./channel.ts";
import { Notify } from "./locks.ts";
import { Spawned, Task } from "./task.ts";

type Outcome = { readonly value: unknown } | { readonly error: unknown };

type Message =
  | "stop"
  | {
      readonly body: () => PromiseLike<unknown>;
      readonly reply: OneshotSender<Outcome>;
      readonly abort: Notify;
    };

/** Sends a task on its way to whoever is free. */
class Desk implements SpawnsTasks {
  readonly jobs: Sender<Message>;

  constructor(jobs: Sender<Message>) {
    this.jobs = jobs;
  }

  spawn(body: () => PromiseLike<unknown>, name: string | undefined): Task<unknown> {
    const [reply, rx] = oneshot<Outcome>();
    const abort = new Notify();
    this.jobs.send({ body, reply, abort });
    return new Task(name, outcomeOf(receiving(rx)), () => abort.notifyOne());
  }
}

function outcomeOf(reply: TaskPromise<Outcome>): TaskPromise<unknown> {
  const promise = makePromise();
  waitFor(reply, {
    perform(state, value) {
      if (state === State.REJECTED) return rejectPromise(promise, value);
      const outcome = value as Outcome;
      if ("error" in outcome) rejectPromise(promise, outcome.error);
      else resolvePromise(promise, outcome.value);
    },
  });
  return promise;
}

/** What a thread of the runtime does until it is told to stop: then what has begun is cancelled. */
function* serve(at: Address, jobs: Receiver<Message>): Body<undefined> {
  const end = engine.allocate(END_WORDS);
  engine.perform(at, ChannelOperation.CLONE_SENDER, end);
  const desk = new Desk(new Sender<Message>(at, end));
  here.tasks.runtime = desk;
  const live = new Set<Spawned<unknown>>();
  for (;;) {
    const next = jobs.case((taken) => (taken.kind === "value" ? taken.value : "stop"));
    const message = (yield awaitCase(next)) as Message;
    if (message === "stop") break;
    begin(message, live);
  }
  for (const task of live) task.abort();
  desk.jobs.drop();
  jobs.drop();
  return undefined;
}

function begin(message: Exclude<Message, "stop">, live: Set<Spawned<unknown>>): void {
  const { body, reply, abort } = message;
  const dropEnds = handToTask(body);
  const task = new Spawned(body).begin();
  live.add(task);
  const aborting = abort.notified();
  const heed = { perform: () => task.abort() };
  waitFor(aborting, heed);
  waitFor(task.promise, {
    perform(state, value) {
      live.delete(task);
      stopWaiting(aborting, heed);
      tellBack(reply, state === State.REJECTED ? { error: value } : { value });
      // Not before: among them may be what it gives.
      dropEnds();
    },
  });
}

function tellBack(reply: OneshotSender<Outcome>, outcome: Outcome): void {
  try {
    reply.send(outcome);
  } catch (error) {
    // Nobody wants to know any more.
    if (error instanceof ChannelClosedError) return;
    // What it gave cannot cross: that is what it comes to.
    reply.send({ error });
  }
}

/** The body of the thread: it crosses as the receiver that it has of the runtime's channel. */
function workerOf(jobs: Receiver<Message>): () => unknown {
  const inner = jobs[crossing];
  const body = (): unknown => runTask(serve(inner.object, jobs));
  const crossed: Crossing = { ...inner, kind: "RuntimeWorker" };
  Object.defineProperty(body, crossing, { value: crossed });
  return body;
}

crosses("RuntimeWorker", "moves", (object, end) =>
  workerOf(new Receiver<Message>(object, end as Address)),
);

export class Workers extends Desk {
  readonly #threads: JoinHandle<unknown>[] = [];

  /** Starts so many threads. */
  static start(count: number): Workers {
    const [tx, rx] = channel<Message>();
    // It is the runtime's: at the end of a thread that owns one, tasks are still to be told to stop.
    disown(tx);
    const workers = new Workers(tx);
    for (let number = 1; number <= count; number++) {
      const body = workerOf(number === count ? rx : rx.clone());
      const { object, thread } = engine.start(body, `runtime-${number}`);
      workers.#threads.push(new JoinHandle<unknown>(object, thread));
    }
    return workers;
  }

  /** Tasks that are not done are cancelled; waits until they have come to their end. */
  stop(): void {
    for (const _ of this.#threads) this.jobs.send("stop");
    this.jobs.drop();
    for (const thread of this.#threads) thread.join();
  }
}
