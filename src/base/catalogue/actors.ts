/** What is said of actors: TL2300 and on. */
import { message } from "./message.ts";

export const ACTOR_MESSAGES = {
  noReply: message({
    code: "TL2300",
    text: "{actor} did not reply.",
    remedy:
      "Call `context.reply(value)` while the message is handled. Where the actor has failed or stopped, ask the one that took its place.",
    explanation:
      "`ask` waits until the actor replies. An actor that has handled the message without a reply, that failed while it did, or that " +
      "stopped before will not: so `ask` throws a ChannelClosedError instead of waiting for ever. An `ask` with a time-out throws a " +
      "TimeoutError when its time is up, unless the actor had stopped before it was asked.",
    values: ["actor"],
  }),
  noBehaviour: message({
    code: "TL2301",
    text: "`actor` takes an object with the functions `state` and `receive`.",
    remedy: "`actor({ state: () => 0, receive: (state, message: number) => state + message })`",
    explanation:
      "`state` makes the state that an actor begins with, also when it is restarted; `receive` is given that state and a message, and " +
      "answers the next state, or nothing if it has changed the one it was given.",
    values: [],
  }),
} as const;
