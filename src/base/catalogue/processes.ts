/** What is said of processes: TL2400 and on. */
import { message } from "./message.ts";

export const PROCESS_MESSAGES = {
  sendToDead: message({
    code: "TL2400",
    text: "Nothing can be sent to the process {process} any more: it has ended or does not listen.",
    remedy:
      "Call `wait()` to learn how it ended, and start another one if its work still has to be done.",
    explanation:
      "A process stops listening when the function that was given its port has returned, when it exits, is killed or crashes. " +
      "`send` then throws a ChannelClosedError: nobody would read the message. Messages that were sent before and not received " +
      "are lost with the process.",
    values: ["process"],
  }),
  nothingFrom: message({
    code: "TL2401",
    text: "Nothing comes from the process {process} any more: it has ended or does not send, and no message is left.",
    remedy:
      "Use `tryRecv`, which says `closed` instead of throwing; `wait()` tells how the process ended.",
    explanation:
      "What a process sent before it ended still arrives. After that, `recv` throws a ChannelClosedError instead of waiting for ever.",
    values: ["process"],
  }),
  parentGone: message({
    code: "TL2402",
    text: "The process {process} has nobody to talk to any more: whoever started it has ended or let go of it.",
    remedy:
      "Return from the process when this is thrown, or keep its handle (and wait for it) where it was started.",
    explanation:
      "The handle of a process belongs to the thread that started it, or that it was moved to. When that thread ends, the channel " +
      "between the two closes, and the process's `send` throws a ChannelClosedError; so does its `recv` once it has received " +
      "all that was sent before.",
    values: ["process"],
  }),
  notControlled: message({
    code: "TL2404",
    text: "Where somebody else decides the order of steps, real threads start no processes: the model engine plays them.",
    remedy:
      "Leave `--engine native` out; replaying, stepping and checking use the model engine by themselves.",
    explanation:
      "A run on real threads that follows a schedule or a recording lets one thread at a time make a step. Threads of other " +
      "processes of the system cannot be held up like that.",
    values: [],
  }),
  failed: message({
    code: "TL2403",
    text: "The process {process} ended with {how}{reason}.",
    remedy:
      "Look at the end of its lanes on the timeline. Whoever started it sees this as what `wait()` gives.",
    explanation:
      "An exception that leaves the body of a process, or of one of its threads without being joined, ends that process with exit code 1. " +
      "It does not touch the process that started it, which goes on and learns of it by `wait()`: so it is a warning, not the run's " +
      "verdict. A failed `assert` is the verdict in a process, too.",
    values: ["process", "how", "reason"],
  }),
} as const;
