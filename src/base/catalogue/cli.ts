/** What the command line says: TL5xxx. */
import { message } from "./message.ts";

export const CLI_MESSAGES = {
  unknownCommand: message({
    code: "TL5001",
    text: "There is no command `{command}`.",
    remedy: "The commands are {commands}; `threadloom --help` says what each does.",
    explanation: "The first word after `threadloom` names what to do.",
    values: ["command", "commands"],
  }),
  unknownOption: message({
    code: "TL5002",
    text: "`threadloom {command}` has no option `{option}`.",
    remedy: "`threadloom {command} --help` lists those it has.",
    explanation:
      "Options that nobody knows are refused rather than passed over, so that a slip of the pen in a script is noticed. " +
      "What is meant for the program itself goes behind `--`.",
    values: ["command", "option"],
  }),
  missingArgument: message({
    code: "TL5003",
    text: "`threadloom {command}` needs {what}.",
    remedy: "Usage: {usage}",
    explanation: "The command cannot guess what it should work on.",
    values: ["command", "what", "usage"],
  }),
  tooManyArguments: message({
    code: "TL5004",
    text: "`threadloom {command}` does not know what to do with `{argument}`.",
    remedy: "Usage: {usage}. What is meant for the program itself goes behind `--`.",
    explanation: "The command takes fewer arguments than it was given.",
    values: ["command", "argument", "usage"],
  }),
  missingValue: message({
    code: "TL5005",
    text: "The option `{option}` needs a value.",
    remedy: "Usage: {usage}",
    explanation: "The option's value is the next word, or stands behind `=`: `--html report.html`.",
    values: ["option", "usage"],
  }),
  badValue: message({
    code: "TL5006",
    text: "`{value}` is no value for `{option}`.",
    remedy: "Give {expected}.",
    explanation: "The option takes one of a few values, or a number within limits.",
    values: ["option", "value", "expected"],
  }),
  cannotRead: message({
    code: "TL5007",
    text: "{file} cannot be read: {reason}.",
    remedy: "Check the path; it is taken from the folder in which the command was started.",
    explanation:
      "The file is not there, is a folder, or the operating system does not let you read it.",
    values: ["file", "reason"],
  }),
  cannotWrite: message({
    code: "TL5008",
    text: "{file} cannot be written: {reason}.",
    remedy: "Check that its folder is there and that you may write into it.",
    explanation:
      "Where a result goes is checked before the program is run, so that a run is not lost to a misspelt folder.",
    values: ["file", "reason"],
  }),
  modelNeedsEngine: message({
    code: "TL5010",
    text: "{file} asks for `model={model}`, which real threads cannot play.",
    remedy:
      "Leave `--engine native` out, so that the model engine runs it; or take `model={model}` out of its `// @threadloom` line.",
    explanation:
      "On real threads the operating system decides who runs, and threads run at the same time. One core with a quantum " +
      "(`timesliced`) or threads that switch only where they say so (`cooperative`) need the model engine, which runs all " +
      "threads in one and decides for itself.",
    values: ["file", "model"],
  }),
  choiceNeedsModel: message({
    code: "TL5016",
    text: "{options} cannot be had on real threads.",
    remedy: "Leave `--engine native` out, so that the model engine plays it.",
    explanation:
      "Which thread has a core, and for how long, is the operating system's business when real threads run. The model " +
      "engine plays it: on as many cores as you like, with a quantum of so many ticks, or without any interruption.",
    values: ["options"],
  }),
  unknownCode: message({
    code: "TL5011",
    text: "There is no message with the code `{code}`.",
    remedy: "A code is `TL` and four digits, as `TL2003`; docs/errors.md lists them all.",
    explanation:
      "Every message of Threadloom has a code, and `threadloom explain` tells its story.",
    values: ["code"],
  }),
  runnerFailed: message({
    code: "TL5012",
    text: "The process that runs programs could not do its work: {reason}.",
    remedy: "Try again. If it happens every time, the reason above is what a bug report needs.",
    explanation:
      "Programs run in a process of their own, so that nothing they do harms the one that watches. That process did not " +
      "start, or ended by itself: out of memory, killed from outside, or by a fault of Threadloom.",
    values: ["reason"],
  }),
  replayNeedsFile: message({
    code: "TL5014",
    text: "{recording} is a schedule: it says who went when, and not in which program.",
    remedy: "Name the program, too: `threadloom replay {recording} FILE`.",
    explanation:
      "A trace knows its program, and holds its text. A schedule is a few lines of text that fit one program; which one is " +
      "for whoever keeps it to say.",
    values: ["recording"],
  }),
  replayedEdited: message({
    code: "TL5015",
    text: "{file} is not what it was when the run was recorded.",
    remedy: "Have the recorded text back, or record the program again.",
    explanation:
      "A trace is followed operation by operation. Where the program has been edited since, it does other operations, and " +
      "the run leaves the recorded one, which is said.",
    values: ["file"],
  }),
  replayedNatively: message({
    code: "TL5017",
    text: "The model engine has not come to this run, so real threads follow it, one at a time: {reason}.",
    remedy:
      "Nothing needs to be done. With `--engine native` the model is not tried; with `--engine model` nothing else is.",
    explanation:
      "A recorded run is had again on the model engine: one isolate, which gives the same run each time. It cannot suspend a " +
      "thread in the middle of a package's code, and a package that keeps state of its own has one there, where real threads " +
      "have one each. Real threads of which one moves at a time can follow whatever real threads did.",
    values: ["reason"],
  }),
  replayDiffers: message({
    code: "TL5018",
    text: "The replay has not come to what was recorded: {difference}.",
    remedy:
      "Look for what the program asks the world beside clocks, random numbers, variables of the environment and the content of " +
      "files: what else is told of files, streams, the network, other processes.",
    explanation:
      "A replay is compared with its recording: what was printed, what the engine found, and how the run ended. The order of " +
      "operations and what the threads asked of clocks, random numbers and their environment are the recorded ones; where the " +
      "program asks the world something else, it may be answered otherwise this time.",
    values: ["difference"],
  }),
  internal: message({
    code: "TL5013",
    text: "Something went wrong inside Threadloom: {reason}",
    remedy:
      "This is a fault of Threadloom and not of your program: please report it with these lines.",
    explanation: "An error that nobody expected. The stack says where in Threadloom it happened.",
    values: ["reason"],
  }),
} as const;
