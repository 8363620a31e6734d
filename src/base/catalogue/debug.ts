/** What the debugger says: TL7xxx. Shown by whoever speaks the debug protocol with it: VS Code, as a rule. */
import { message } from "./message.ts";

export const DEBUG_MESSAGES = {
  missingProgram: message({
    code: "TL7001",
    text: "The launch configuration names no program.",
    remedy: "Give it `program`, the path of a Threadloom program; launch.json completes it.",
    explanation:
      "A configuration of type `threadloom` says in `program` which file is stepped through; with VS Code's variable for " +
      "the active file it is that one. Without a launch.json, F5 in a program takes that program.",
    values: [],
  }),
  badAttribute: message({
    code: "TL7002",
    text: "`{attribute}` of the launch configuration is {found}, where {expected} is expected.",
    remedy: "Correct launch.json: it offers and explains each attribute while you type.",
    explanation:
      "docs/debugging.md lists the attributes. One of the wrong type is refused rather than passed over, so that a program " +
      "is not stepped through otherwise than was meant.",
    values: ["attribute", "found", "expected"],
  }),
  scheduleAndTrace: message({
    code: "TL7003",
    text: "The launch configuration has both a `schedule` and a `trace` to follow.",
    remedy: "Keep one of the two.",
    explanation:
      "Each of them says who went when, from the beginning. A run can follow one order only.",
    values: [],
  }),
  cannotRead: message({
    code: "TL7004",
    text: "The {what} {file} cannot be read: {reason}.",
    remedy: "Check `{what}` in launch.json; a relative path begins in the folder that is open.",
    explanation:
      "`schedule` is the path of a schedule or its text, `trace` the path of a `.tltrace` file. The file is not there, or " +
      "the operating system does not let you read it.",
    values: ["what", "file", "reason"],
  }),
  notLaunch: message({
    code: "TL7005",
    text: "A Threadloom session is launched; `{request}` is not offered.",
    remedy: 'Write `"request": "launch"`.',
    explanation:
      "The debugger runs the program itself, all threads in one place where each can be stopped between any two steps. " +
      "There is nothing that it could attach to. A run that really happened is stepped through by its trace (`trace`).",
    values: ["request"],
  }),
  doesNotCompile: message({
    code: "TL7006",
    text: "{file} does not compile, so there is nothing to step through.",
    remedy: "Correct what is listed above, and start again.",
    explanation:
      "Syntax errors and wrong uses of Threadloom stop a program before it runs; the Debug Console lists them, each with its " +
      "line. Type errors are shown and do not stop it.",
    values: ["file"],
  }),
  cannotBegin: message({
    code: "TL7007",
    text: "{file} could not be begun: {reason}",
    remedy: "Start again. If it happens every time, the reason is what a bug report needs.",
    explanation:
      "The program runs in a process of its own, so that nothing it does can hurt the editor. That process could not be " +
      "started, or it ended.",
    values: ["file", "reason"],
  }),
  replaced: message({
    code: "TL7008",
    text: "This session is over: another one was begun for {file}.",
    explanation:
      "A program has one session at a time, which the debugger and the panel share. Beginning anew ends the one before.",
    values: ["file"],
  }),
  doesNotFit: message({
    code: "TL7009",
    text: "The {what} that the session follows does not fit the program: {reason}",
    explanation:
      "It was made from another text of the program, or was cut short. The session stands where it could not be followed any " +
      "more; from there on you decide.",
    values: ["what", "reason"],
  }),
  notInProgram: message({
    code: "TL7010",
    text: "{file} is no part of {program}, so nothing can stop here.",
    remedy: "Breakpoints stop in the program's file and in the files that it imports.",
    explanation:
      "A session runs one program. A breakpoint in another file waits, grey, for a session that has it.",
    values: ["file", "program"],
  }),
  notLoaded: message({
    code: "TL7011",
    text: "The program is not loaded yet.",
    explanation: "A breakpoint is put where it can stand as soon as the program has been compiled.",
    values: [],
  }),
  badHitCount: message({
    code: "TL7012",
    text: "`{condition}` is no hit count: a whole number from 1 is expected.",
    remedy: "Write 3 to stop the third time only, counted from the beginning of the run.",
    explanation:
      "Hits are counted from the beginning of the run, so that the same count means the same moment whichever way one comes " +
      "to it, forwards or backwards.",
    values: ["condition"],
  }),
  badEvent: message({
    code: "TL7013",
    text: "`{text}` names neither an event nor a function of the program.",
    remedy:
      "Write an event, then the name of an object, then `by` and a thread, as in `lock db`, `receive rx by worker-1`, " +
      "`thread worker-2`; or the name of a function. Events are {events}.",
    explanation:
      "A function breakpoint stops at a function's first statement, or before operations: of one kind, on one object, by one " +
      "thread. " +
      "`thread NAME` is short for `any by NAME`. docs/debugging.md has a table.",
    values: ["text", "events"],
  }),
  plainEvent: message({
    code: "TL7014",
    text: "A breakpoint on an event takes no {what}.",
    remedy:
      "Name the object or the thread instead (`lock db by worker-1`), or put a breakpoint on the line.",
    explanation:
      "Events happen inside operations of the library, where no variable of the program is in sight that a condition could ask for.",
    values: ["what"],
  }),
  mustStand: message({
    code: "TL7020",
    text: "The threads are running.",
    remedy: "Pause first.",
    explanation: "Values, stacks and steps are of threads that stand still.",
    values: [],
  }),
  past: message({
    code: "TL7021",
    text: "This was said of another moment; the run has moved since.",
    explanation:
      "Frames and values are those of one moment. After a step, forwards or back, they are asked for anew.",
    values: [],
  }),
  notAssignable: message({
    code: "TL7022",
    text: "`{expression}` is nothing that can be given a value.",
    remedy: "Name a variable, or a member of a value: `total`, `account.balance`, `rows[2]`.",
    explanation:
      "Setting a value changes the run from there on; it needs a place that holds one, in the frame that is selected.",
    values: ["expression"],
  }),
  noSession: message({
    code: "TL7023",
    text: "No program is loaded.",
    explanation: "The session has not begun, or it is over.",
    values: [],
  }),
  unknownRequest: message({
    code: "TL7024",
    text: "The debugger does not know the request `{command}`.",
    explanation:
      "It says in its answer to `initialize` what it can do; whoever speaks with it asks for nothing else.",
    values: ["command"],
  }),
  badRequest: message({
    code: "TL7025",
    text: "The request `{command}` is malformed: {reason}.",
    explanation: "An argument is missing or has another type than the debug protocol says.",
    values: ["command", "reason"],
  }),
} as const;
