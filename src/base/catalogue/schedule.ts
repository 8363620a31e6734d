/** What is said about schedules: TL41xx. */
import { message } from "./message.ts";

export const SCHEDULE_MESSAGES = {
  notASchedule: message({
    code: "TL4101",
    text: 'This is not a schedule: its first line is not "threadloom schedule 1".',
    remedy: "Paste the whole schedule, its first line included.",
    explanation:
      "A schedule is text that says which thread went when. Its first line names the version of the form, so that " +
      "one of a later version is not misread.",
    values: [],
  }),
  badLine: message({
    code: "TL4102",
    text: "Line {line} of the schedule says nothing that can be followed: {reason}.",
    remedy: "Correct the line or delete it; what a line may say stands in docs/schedules.md.",
    explanation:
      "Each line after the first is a turn: who goes, how many steps, and what ends the turn, such as " +
      '`alice: 2 steps, then before "counter++" (write, counter.ts:4)`. Empty lines and lines that begin with # are passed over.',
    values: ["line", "reason"],
  }),
  turnLost: message({
    code: "TL4103",
    text: "The schedule does not fit at line {line} any more: {reason}.",
    remedy:
      "The rest was followed as far as it fits. Record the run again to have a schedule that does.",
    explanation:
      "A schedule names operations by the text of the program, so it survives edits elsewhere. Where a thread or an " +
      "operation that it names is gone, or a thread waits that should go on, that turn is passed over and the next one tried.",
    values: ["line", "reason"],
  }),
  traceLeft: message({
    code: "TL4105",
    text: "The run leaves the recorded one after {steps} steps: {reason}.",
    remedy:
      "Record it again: the program, its input or what it asked the world for is not what it was.",
    explanation:
      "A trace holds the order of all operations on each object, which is all that it takes to have the run again, as long " +
      "as the program does the same. It does something else where it was edited, or where it depends on what no trace " +
      "holds: clocks, random numbers, files, the network. From there on each thread goes on until it waits.",
    values: ["steps", "reason"],
  }),
  inputMore: message({
    code: "TL4106",
    text: "{thread} asks for {asked} at {place} more often than it did when the run was recorded.",
    remedy: "Record the run again, if the program is not what it was.",
    explanation:
      "A trace holds what each thread was given from outside: the time, random bytes. A replay gives the same again, in the same " +
      "order. Where a thread asks on after all that was recorded has been given, clocks stand still, and random bytes come from " +
      "a seed. A run that was broken off while it was recorded ends so as well.",
    values: ["thread", "asked", "place"],
  }),
  inputOther: message({
    code: "TL4107",
    text: "{thread} asks for {asked} at {place}, and asked for something else when the run was recorded.",
    remedy: "Record the run again: the program, or what it asks the world for, is not what it was.",
    explanation:
      "A trace holds what each thread was given from outside, in the order in which it asked. A thread that now asks in another " +
      "order does something else than it did: from there on clocks stand still for it, and random bytes come from a seed.",
    values: ["thread", "asked", "place"],
  }),
  endsEarly: message({
    code: "TL4104",
    text: "The schedule ends while threads can still go on: {threads}.",
    remedy:
      "What follows is the order that Threadloom takes by itself: each thread goes on until it waits.",
    explanation:
      "A schedule may be cut short, by hand or because its run was stopped. What comes after its last turn is decided " +
      "the same way each time, so the run is repeatable all the same.",
    values: ["threads"],
  }),
} as const;
