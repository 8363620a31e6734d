/**
 * Actors: a thread each, with a state of its own that nobody else sees, and a mailbox. The mailbox is a channel of
 * `threadloom:std`; what is here is what travels in it, and what becomes of an actor that fails (supervision).
 *
 * A mailbox stays open while its actor lives: the end that holds it open belongs to nobody, so that an actor which waits for messages
 * waits for nobody in particular.
 */
import type { Address, Milliseconds, ThreadId } from "../../base/brand.ts";
import { ACTOR_MESSAGES } from "../../base/catalogue/actors.ts";
import { TASK_MESSAGES } from "../../base/catalogue/tasks.ts";
import { channel as channelKind, ChannelOperation, ChannelWord } from "../../objects/channel.ts";
import { END_WORDS, EndSide, EndWord, linkEnd, SendResult } from "../../objects/ends.ts";
import { channel, Receiver, type Sender } from "../channel.ts";
import { counted } from "../count.ts";
import { duration } from "../duration.ts";
import { dispatch, FOREVER, noReceiver } from "../end.ts";
import { ChannelClosedError, text, TimeoutError } from "../errors.ts";
import {
  arrive,
  crosses,
  crossing,
  type Crossing,
  departingWords,
  type Handle,
} from "../handle.ts";
import { inspected } from "../inspect.ts";
import { engine } from "../intrinsics.ts";
import { oneshot, type OneshotSender } from "../oneshot.ts";
import { JoinHandle } from "../thread.ts";

export interface Behaviour<S, M> {
  state: () => S;
  receive: (state: S, message: M, context: Context<M>) => S | void;
  mailbox?: number;
  onFailure?: "restart" | "stop" | "escalate";
}

export interface Context<M> {
  readonly self: ActorRef<M>;
  reply(value: unknown): void;
  spawn<N>(behaviour: Behaviour<never, N>): ActorRef<N>;
}

interface Reply {
  readonly value: unknown;
}

type ReplyTo = OneshotSender<Reply> | Sender<Reply>;

/** What lies in a mailbox. The first is how the actor is to behave. */
type Letter<M> =
  | { readonly begin: Behaviour<unknown, M>; readonly parent: ActorRef<unknown> | undefined }
  | { readonly message: M; readonly reply?: ReplyTo }
  | { readonly failed: unknown }
  | "stop";

const failure: unique symbol = Symbol("threadloom.failure");

export class ActorRef<M> implements Handle {
  readonly #at: Address;
  readonly #thread: ThreadId;

  constructor(at: Address, thread: ThreadId) {
    this.#at = at;
    this.#thread = thread;
  }

  tell(message: M): void {
    this.#put({ message });
  }

  ask<R>(message: M, timeout?: number): R {
    if (timeout !== undefined) return this.#askFor(message, duration(timeout, "ask"));
    const [reply, rx] = oneshot<Reply>();
    this.#put({ message, reply });
    const received = rx.recvFor(FOREVER);
    if (received.kind === "value") return received.value.value as R;
    throw new ChannelClosedError(text(ACTOR_MESSAGES.noReply, { actor: this.#name }));
  }

  /**
   * A reply that does not come is late, whatever the actor did with the message: so the asker keeps an end of its own, and the
   * channel is open until the time is up.
   */
  #askFor<R>(message: M, limit: Milliseconds): R {
    const [reply, rx] = channel<Reply>();
    const kept = reply.clone();
    try {
      this.#put({ message, reply });
      const received = rx.recvFor(limit);
      if (received.kind === "value") return received.value.value as R;
      throw new TimeoutError(text(TASK_MESSAGES.timedOut, { duration: limit }));
    } finally {
      rx.drop();
      kept.drop();
    }
  }

  stop(): void {
    try {
      this.#put("stop");
    } catch (error) {
      // It has stopped already.
      if (!(error instanceof ChannelClosedError)) throw error;
    }
  }

  join(): void {
    new JoinHandle(engine.threadObject(this.#thread), this.#thread).join();
  }

  /** Tells it that one of the actors which it has made has failed. */
  [failure](error: unknown): void {
    try {
      this.#put({ failed: error });
    } catch (closed) {
      // It is gone itself.
      if (!(closed instanceof ChannelClosedError)) throw closed;
    }
  }

  get [crossing](): Crossing {
    return { kind: "ActorRef", object: this.#at, detail: this.#thread };
  }

  [inspected](): string {
    return `ActorRef(${this.#name})`;
  }

  get #name(): string {
    return engine.threadName(this.#thread);
  }

  #put(letter: Letter<M>): void {
    const result = dispatch(this.#at, ChannelOperation.SEND, letter, 0, FOREVER);
    if (result === SendResult.CLOSED) throw noReceiver(this.#at);
  }
}

crosses("ActorRef", "shared", (object, thread) => new ActorRef(object, thread as ThreadId));

/** An actor's own thread. */
export class Acting<S, M> implements Context<M> {
  readonly self: ActorRef<M>;
  readonly #mailbox: Receiver<Letter<M>>;
  readonly #behaviour: Behaviour<S, M>;
  readonly #parent: ActorRef<unknown> | undefined;
  readonly #children: ActorRef<never>[] = [];
  #reply: ReplyTo | undefined;

  constructor(
    self: ActorRef<M>,
    mailbox: Receiver<Letter<M>>,
    behaviour: Behaviour<S, M>,
    parent: ActorRef<unknown> | undefined,
  ) {
    this.self = self;
    this.#mailbox = mailbox;
    this.#behaviour = behaviour;
    this.#parent = parent;
  }

  reply(value: unknown): void {
    const to = this.#reply;
    this.#reply = undefined;
    if (to === undefined) return;
    try {
      to.send({ value });
    } catch (error) {
      // Whoever asked has given up.
      if (!(error instanceof ChannelClosedError)) throw error;
    }
  }

  spawn<N>(behaviour: Behaviour<never, N>): ActorRef<N> {
    const child = begin(behaviour, undefined, this.self);
    this.#children.push(child);
    return child;
  }

  run(): void {
    try {
      this.#receiveAll();
    } finally {
      // Whoever asks from now on is told at once.
      this.#mailbox.drop();
      for (const child of this.#children) child.stop();
      for (const child of this.#children) this.#joinChild(child);
    }
  }

  #receiveAll(): void {
    const behaviour = this.#behaviour;
    const { state, onFailure = "escalate" } = behaviour;
    let own = state.call(behaviour);
    for (;;) {
      const letter = this.#mailbox.recv();
      if (letter === "stop") return;
      try {
        own = this.#heed(own, letter);
      } catch (error) {
        if (onFailure === "stop") return;
        if (onFailure === "escalate") {
          this.#parent?.[failure](error);
          throw error;
        }
        own = state.call(behaviour);
      } finally {
        this.#reply?.drop();
        this.#reply = undefined;
      }
    }
  }

  #heed(own: S, letter: Exclude<Letter<M>, "stop">): S {
    if ("failed" in letter) throw letter.failed;
    if ("begin" in letter) return own;
    this.#reply = letter.reply;
    const behaviour = this.#behaviour;
    const { receive } = behaviour;
    const next = receive.call(behaviour, own, letter.message, this);
    return next === undefined ? own : next;
  }

  /** What it failed by has been told, where anybody was to be told. */
  #joinChild(child: ActorRef<never>): void {
    try {
      child.join();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
}

/** The body of an actor's thread: it crosses as the end of the mailbox that is the actor's. */
function bodyOf(mailbox: Receiver<Letter<unknown>>): () => void {
  const inner = mailbox[crossing];
  const body = (): void => {
    const first = mailbox.recv() as Extract<Letter<unknown>, { readonly begin: unknown }>;
    const words = { kind: "ActorRef", object: inner.object, detail: engine.thread };
    const self = arrive(departingWords(words)) as ActorRef<unknown>;
    new Acting(self, mailbox, first.begin, first.parent).run();
  };
  const crossed: Crossing = { ...inner, kind: "Actor" };
  Object.defineProperty(body, crossing, { value: crossed });
  return body;
}

crosses("Actor", "moves", (object, end) =>
  bodyOf(new Receiver<Letter<unknown>>(object, end as Address)),
);

function begin<S, M>(
  behaviour: Behaviour<S, M>,
  name: string | undefined,
  parent: ActorRef<unknown> | undefined,
): ActorRef<M> {
  check(behaviour);
  const { mailbox } = behaviour;
  const capacity = mailbox === undefined ? -1 : counted(mailbox, "actor", 1);
  const { site } = engine;
  const label = engine.traced && name !== undefined ? engine.string(`mailbox of ${name}`) : -1;
  const at = engine.create(channelKind, capacity, 0, label);
  const open = engine.allocate(END_WORDS);
  const receiving = engine.allocate(END_WORDS);
  linkEnd(engine.words, at + ChannelWord.ENDS, open, EndSide.SENDER, engine.thread);
  engine.words[open + EndWord.OWNER] = 0;
  linkEnd(engine.words, at + ChannelWord.ENDS, receiving, EndSide.RECEIVER, engine.thread);
  const rx = new Receiver<Letter<unknown>>(at, receiving);
  engine.site = site;
  // Before there is a thread that would wait for it: what cannot cross is refused here.
  try {
    dispatch(at, ChannelOperation.SEND, { begin: behaviour, parent }, 0, FOREVER);
  } catch (error) {
    rx.drop();
    throw error;
  }
  const { thread } = engine.start(bodyOf(rx), name);
  return arrive(departingWords(new ActorRef<M>(at, thread)[crossing])) as ActorRef<M>;
}

function check(behaviour: unknown): void {
  const given = behaviour as Partial<Behaviour<unknown, unknown>> | undefined;
  if (typeof given?.state === "function" && typeof given.receive === "function") return;
  throw new TypeError(text(ACTOR_MESSAGES.noBehaviour, {}));
}

export function actor<S, M>(behaviour: Behaviour<S, M>, options?: { name?: string }): ActorRef<M> {
  return begin(behaviour, options?.name, undefined);
}
