/** What a step session says: TL7101 and on. Shown by the debugger and by the stepper's panel. */
import { message } from "./message.ts";

export const STEPPING_MESSAGES = {
  unknownMoment: message({
    code: "TL7101",
    text: "There is no moment {moment}.",
    remedy:
      "Pick one of the tree of what was tried; a session that begins again forgets the one before.",
    explanation:
      "Every moment that a session has been at can be reached again by its number, as long as the session lives.",
    values: ["moment"],
  }),
  notFinished: message({
    code: "TL7102",
    text: "The run is going on just now.",
    remedy: "Pause it first, or wait until it stops.",
    explanation:
      "A session does one thing at a time; while threads run, there is nothing to look at.",
    values: [],
  }),
  noExpression: message({
    code: "TL7103",
    text: "`{expression}` is no expression: {reason}.",
    remedy: "Write what could stand to the right of `=`.",
    explanation:
      "Watches, conditions of breakpoints and what stands in the braces of a logpoint are expressions of JavaScript.",
    values: ["expression", "reason"],
  }),
  wouldRun: message({
    code: "TL7104",
    text: "`{expression}` is not evaluated: {what} would run code.",
    remedy:
      "Look at the fields instead; methods of arrays, maps, sets and strings that change nothing may be called.",
    explanation:
      "Looking never changes a run. A call of the program's own functions, a getter or a conversion could lock, print or " +
      "assign something; only what is known to do nothing of that is evaluated.",
    values: ["expression", "what"],
  }),
  wouldChange: message({
    code: "TL7105",
    text: "`{expression}` is not evaluated: it would change {what}.",
    remedy:
      "To change a variable, set its value in the Variables view; the run then goes on from there in a branch of its own.",
    explanation: "A watch is evaluated again at every step, and must not change what it looks at.",
    values: ["expression", "what"],
  }),
  unknownName: message({
    code: "TL7106",
    text: "`{name}` is not known here.",
    remedy:
      "A function sees its own variables and those that it uses; pick another frame, or the thread that has it.",
    explanation:
      "A function that can leave its thread takes along the variables that it uses, and no others: what it does not use is not " +
      "there while it runs.",
    values: ["name"],
  }),
  evaluationThrew: message({
    code: "TL7107",
    text: "`{expression}` throws: {reason}",
    explanation: "The expression was evaluated and threw. Nothing of the run has changed.",
    values: ["expression", "reason"],
  }),
  cannotSet: message({
    code: "TL7108",
    text: "`{name}` cannot be set: {why}.",
    explanation:
      "Variables that are never assigned are copied into the closures that use them, so that setting one copy would not change " +
      "the others. Constants, fields that are computed and what a lock protects while somebody holds it stay as they are, too.",
    values: ["name", "why"],
  }),
  noFrame: message({
    code: "TL7109",
    text: "{thread} has no such frame any more.",
    explanation: "Frames are numbered anew whenever the run moves.",
    values: ["thread"],
  }),
  otherProtocol: message({
    code: "TL7110",
    text: "The session speaks protocol {own}, and was asked in protocol {asked}.",
    remedy: "Reload the window: parts of two versions of Threadloom are at work.",
    explanation:
      "The extension and what it starts come from one build; they differ only while one is being replaced.",
    values: ["own", "asked"],
  }),
  broke: message({
    code: "TL7111",
    text: "The step session broke: {reason}",
    remedy: "Begin again. If it happens again, it is a mistake of ours: please report it.",
    explanation: "The worker that has the run ended, or an exception of ours left it.",
    values: ["reason"],
  }),
  notBegun: message({
    code: "TL7112",
    text: "The session has not begun.",
    explanation: "The first message to a step session names the program.",
    values: [],
  }),
  noStatement: message({
    code: "TL7113",
    text: "No statement begins in line {line} or just below it.",
    explanation:
      "A thread can be stopped before a statement. Types, imports and closing braces are none.",
    values: ["line"],
  }),
  notInProgram: message({
    code: "TL7114",
    text: "{file} is not part of the program.",
    remedy:
      "Breakpoints stop in the program's own files: the one that is stepped through, and those that it imports.",
    explanation: "Code of npm packages runs as it is, and cannot be stopped in.",
    values: ["file"],
  }),
  doesNotAnswer: message({
    code: "TL7115",
    text: "The program is in code that never comes back, and cannot be paused there.",
    remedy: "Begin again, and set a breakpoint before that.",
    explanation:
      "A loop of your own files can be paused at every turn. Code of a package, or of a callback that such code calls, cannot.",
    values: [],
  }),
  onRealThreads: message({
    code: "TL7116",
    text: "The session goes on on real threads, one at a time. {reason}",
    remedy:
      "Step by operations from here; statements, variables and set values are there again in a session of code that the model can follow.",
    explanation:
      "The model engine suspends functions to stop a thread, which it cannot where code of others' (a callback of an npm package, a " +
      "promise from outside) stands in between. Real threads can be stopped anywhere before an operation, so the session makes the " +
      "same operations again there and stands where it stood. What is between two operations cannot be stopped in or looked into.",
    values: ["reason"],
  }),
  operationsOnly: message({
    code: "TL7117",
    text: "The program is on real threads, which stop before operations alone: statements, frames and variables are not to be had.",
    remedy: "Step by operations, and look at what is shared: locks, channels, `@shared` variables.",
    explanation:
      "On real threads code is compiled as it runs outside of the debugger, without places to pause or to look from. A line " +
      "breakpoint stops before an operation that stands in the line; a step goes to the thread's next operation.",
    values: [],
  }),
  wentOtherwise: message({
    code: "TL7118",
    text: "The program did not do again what it did before: {thread} cannot go on as it did.",
    remedy:
      "Go on from here. What a program reads from outside (clocks, random numbers, files) may be different each time; take it from " +
      "`threadloom:std`, where there is something for it.",
    explanation:
      "On real threads an earlier moment is reached by running again from the beginning with the same order of operations. A program that " +
      "depends on more than this order may go another way; the session then stands where it left the old one.",
    values: ["thread"],
  }),
  cannotSetAgain: message({
    code: "TL7120",
    text: "The program is on real threads, and a value that was set by hand cannot be set there again: `{edit}`.",
    remedy: "Go on from here, as the program is without it; or begin again.",
    explanation:
      "Setting a variable needs code of the debugger's in the program, which real threads run without. The session stands before the " +
      "moment at which the value was set.",
    values: ["edit"],
  }),
  noRealThreads: message({
    code: "TL7119",
    text: "The program was compiled for real threads, which there are none of here.",
    remedy: "Step through it in VS Code on a computer, where a runner process can be started.",
    explanation:
      "A browser's worker runs the model engine alone, which needs a program in its own form.",
    values: [],
  }),
  keepsCore: message({
    code: "TL7121",
    text: "Only `{thread}` goes: it has neither waited nor yielded, and under `model={model}` nobody interrupts it, though {others} could go.",
    remedy:
      "Step another thread by its own button; to have them take turns, call `yieldNow()` in the loop, or play another model.",
    explanation:
      "A cooperative thread keeps the core until it waits, yields or ends, and a green thread its worker. Where it does neither, all others " +
      "stand still for ever. A person who steps may choose anybody at any time.",
    values: ["thread", "model", "others"],
  }),
} as const;
