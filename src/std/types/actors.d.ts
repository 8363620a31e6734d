// Actors: `threadloom:actors`. An actor has a state that nobody else sees, and a mailbox; it handles one message after another.
//
// Everywhere: durations are milliseconds, and values cross by copy, as for `spawn` of `threadloom:std`. Each actor is a thread.

declare module "threadloom:actors" {
  /**
   * The way to an actor. Shared: it can be captured and sent, also to other actors.
   *
   * @example
   * ```ts
   * import { actor, type ActorRef } from "threadloom:actors";
   *
   * const printer = actor({ state: () => 0, receive: (n: number, line: string) => (console.log(n, line), n + 1) });
   * const greet = (to: ActorRef<string>) => to.tell("hello");
   * greet(printer);
   * greet(printer);
   * printer.stop();
   * printer.join();
   * ```
   */
  export interface ActorRef<M> {
    /**
     * Puts a message into the mailbox. Blocks while that is full.
     *
     * @throws {ChannelClosedError} when the actor has stopped.
     */
    tell(message: M): void;
    /**
     * Puts a message into the mailbox and blocks until the actor has replied.
     *
     * @param timeout Milliseconds; for ever by default.
     * @throws {TimeoutError} when the time is up and there is no reply.
     * @throws {ChannelClosedError} when the actor has stopped; without a time-out also when it handles the message without a reply,
     *   or fails while it does (TL2300).
     */
    ask<R>(message: M, timeout?: number): R;
    /** Has it stop when it has handled the messages that lie before. Its children stop, too. Once it has stopped, does nothing. */
    stop(): void;
    /**
     * Blocks until it has stopped.
     *
     * @throws {PanicError} when it has failed (see {@link Behaviour.onFailure}).
     */
    join(): void;
  }

  /**
   * What an actor is given beside a message.
   *
   * @example
   * ```ts
   * import { actor, type Context } from "threadloom:actors";
   *
   * const counter = actor({
   *   state: () => ({ n: 0 }),
   *   receive(state: { n: number }, message: "add" | "get", context: Context<"add" | "get">) {
   *     if (message === "add") state.n++;
   *     else context.reply(state.n);
   *   },
   * });
   * counter.tell("add");
   * counter.tell("add");
   * console.log(counter.ask<number>("get"));
   * counter.stop();
   * ```
   */
  export interface Context<M> {
    /** The actor itself. */
    readonly self: ActorRef<M>;
    /** Answers whoever asked. A second time, or where the message was told, it goes nowhere. */
    reply(value: unknown): void;
    /** Makes an actor whose failure is this one's, and which stops when this one does. */
    spawn<N>(behaviour: Behaviour<any, N>): ActorRef<N>;
  }

  /**
   * How an actor behaves.
   *
   * @example
   * ```ts
   * import { actor, type Behaviour } from "threadloom:actors";
   *
   * const divide: Behaviour<number, number> = {
   *   state: () => 100,
   *   receive(state, by, context) {
   *     if (by === 0) throw new RangeError("by nothing");
   *     context.reply(state / by);
   *     return state / by;
   *   },
   *   mailbox: 4,
   *   onFailure: "restart",
   * };
   * const divider = actor(divide);
   * console.log(divider.ask<number>(2));
   * divider.tell(0);
   * console.log(divider.ask<number>(4));
   * divider.stop();
   * ```
   */
  export interface Behaviour<S, M> {
    /** The state that it begins with, and begins anew with. */
    state: () => S;
    /** Handles a message. Answers the next state, or nothing if it is still the one it was given. */
    receive(state: S, message: M, context: Context<M>): S | void;
    /** How many messages its mailbox holds: `tell` blocks when it is full. Without end by default. */
    mailbox?: number;
    /**
     * What becomes of it when `receive` throws. `"escalate"` (the default): it ends, and so fails whoever made it; with nobody, its thread
     * panics. `"stop"`: it stops. `"restart"`: it goes on with a new state; the message is lost.
     */
    onFailure?: "restart" | "stop" | "escalate";
  }

  /**
   * The time of an `ask` was up.
   *
   * @example
   * ```ts
   * import { actor, TimeoutError } from "threadloom:actors";
   * import { sleep } from "threadloom:std";
   *
   * const slow = actor({ state: () => 0, receive: () => sleep(50) });
   * try {
   *   slow.ask("anything", 5);
   * } catch (error) {
   *   console.log(error instanceof TimeoutError);
   * }
   * slow.stop();
   * ```
   */
  export class TimeoutError extends Error {}

  /**
   * Starts an actor, on a thread of its own. What its behaviour captures crosses as for `spawn` of `threadloom:std`. It lives until
   * it is stopped.
   *
   * @param options `name` is what timelines and messages call it.
   * @throws {TypeError} when it is given no behaviour (TL2301).
   * @example
   * ```ts
   * import { actor } from "threadloom:actors";
   *
   * const adder = actor(
   *   { state: () => 0, receive: (sum: number, n: number, context) => (context.reply(sum + n), sum + n) },
   *   { name: "adder" },
   * );
   * console.log(adder.ask<number>(2), adder.ask<number>(3));
   * adder.stop();
   * adder.join();
   * ```
   */
  export function actor<S, M>(behaviour: Behaviour<S, M>, options?: { name?: string }): ActorRef<M>;
}
