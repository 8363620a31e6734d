/** What is said where programs are explored from unit tests: TL82xx. */
import { message } from "./message.ts";

export const TESTING_MESSAGES = {
  doesNotCompile: message({
    code: "TL8201",
    text: "{file} does not compile, so nothing was explored.",
    remedy: "Correct what is listed below.",
    explanation:
      "`explore` compiles the program first, as `threadloom check` does. Errors of syntax, and ours, stop it; type errors do not. " +
      "The error's `diagnostics` has all that was said, with places.",
    values: ["file"],
  }),
  noProgram: message({
    code: "TL8202",
    text: "`explore` takes the URL of a program's file, or a function, and was given {given}.",
    remedy: 'Write `explore(new URL("./counter.ts", import.meta.url))`.',
    explanation:
      "A program is named by a `file:` URL (a `URL`, or its text), so that its place depends on the test's file and not on the " +
      'folder in which the tests were started. In CommonJS: `explore(pathToFileURL(require.resolve("./counter.ts")))`.',
    values: ["given"],
  }),
  unknownOption: message({
    code: "TL8203",
    text: "`explore` has no option `{option}`.",
    remedy: "The options are {options}.",
    explanation:
      "An option that nobody knows is refused rather than passed over: a limit that is misspelt would be no limit.",
    values: ["option", "options"],
  }),
  badOption: message({
    code: "TL8204",
    text: "The option `{option}` of `explore` cannot be {value}.",
    remedy: "Give it {expected}.",
    explanation:
      "Options mean what the options of `threadloom check` mean, and have the same limits.",
    values: ["option", "value", "expected"],
  }),
  untransformed: message({
    code: "TL8205",
    text: "`{call}` was given {what}, and nothing has prepared this file for that: the program would run here, in the test, where there are no threads.",
    remedy: "{setUp}",
    explanation:
      "A function is explored by compiling its text for an engine that decides who goes next. A JavaScript function does not know " +
      "its text and what it uses, so a transform puts both in its place when the test's file is loaded: Node's hooks " +
      "(`--import threadloom/register`), the Vite plugin (`threadloom/vite`) or the Jest transformer (`threadloom/jest`). A program " +
      "in a file of its own needs none of them.",
    values: ["call", "what", "setUp"],
  }),
  unseen: message({
    code: "TL8206",
    text: "`{call}` was given {what} from elsewhere than its call.",
    remedy:
      "Write what is given into the call, `{call}({form})`, or give the name of what stands at this file's top level.",
    explanation:
      "The transform looks for calls of the `explore` and the `linearizable` that the file imports from `threadloom/testing`, with " +
      "a function in them or the name of a function that the file declares at its top level, and with the options of a check. " +
      "What comes from elsewhere has no text that it could take along.",
    values: ["call", "what", "form"],
  }),
  notData: message({
    code: "TL8207",
    text: "`{name}` ({place}) is {what}, and cannot be handed to the program that `explore` runs.",
    remedy:
      "Make it within the function, or move it to the file's top level: what stands there is taken along as text.",
    explanation:
      "The function runs many times in another process. What it uses of the file's top level (imports, constants, functions, " +
      "classes) is taken along as text; local variables of the functions around it are handed over as values, and those must be " +
      "data that JSON has: strings, finite numbers, booleans, null, arrays, plain objects.",
    values: ["name", "place", "what"],
  }),
  assigned: message({
    code: "TL8208",
    text: "The function at {place} assigns `{name}`, which belongs to the test around it.",
    remedy:
      "Declare `{name}` within the function. What a program comes to is told by what it prints: `explore(…).outcomes`.",
    explanation:
      "The function runs in another process, once for each interleaving, so an assignment would never be seen outside of it.",
    values: ["name", "place"],
  }),
  framework: message({
    code: "TL8209",
    text: "The function at {place} uses `{name}` of {framework}, which lives in the test's own process.",
    remedy: 'Use `assert` of "threadloom:std" (or of "node:assert") within the function.',
    explanation:
      "The function is a program of its own that runs in another process, once for each interleaving. A test runner's functions know " +
      "nothing of that run. A failed `assert` of `threadloom:std` is the verdict `assertion`, with story and schedule; what another " +
      "assertion throws is a panic.",
    values: ["name", "place", "framework"],
  }),
  outer: message({
    code: "TL8210",
    text: "The function at {place} uses `{what}` of the function around it.",
    remedy: "Put what it needs into a constant before the call, and use that.",
    explanation:
      "`this`, `arguments`, `super` and `new.target` belong to a call that the program, which runs in another process, is no part of.",
    values: ["what", "place"],
  }),
  outside: message({
    code: "TL8211",
    text: '`{name}` of "{module}" was used outside of `explore`: there are no threads in a test\'s own process.',
    remedy:
      "Move what uses it into the function that is given to `explore`, or into a program's file.",
    explanation:
      "In a test's own process `threadloom:*` has names that can be imported and passed over, so that one file may hold tests and " +
      "what they explore. They do their work where Threadloom runs a program.",
    values: ["name", "module"],
  }),
  unanswered: message({
    code: "TL8212",
    text: "What explores for this test does not answer: {reason}.",
    remedy: "Run the test again. If it happens each time, please report it with the program.",
    explanation:
      "A worker thread of the test's process compiles programs and has them explored in a process of its own. It serves all calls " +
      "of `explore`, and ends with the test's process.",
    values: ["reason"],
  }),
  nothingRan: message({
    code: "TL8213",
    text: "Nothing of {file} was explored: there was not a single execution.",
    remedy: "Allow more: `maxExecutions`, `maxSeconds`.",
    explanation: "A search that has tried nothing proves nothing, whatever else it says.",
    values: ["file"],
  }),
} as const;
