/** What is said of loading a program: TL10xx. Annotations are TL12xx, checks TL13xx, in the files beside this one. */
import { message } from "./message.ts";

export const COMPILER_MESSAGES = {
  missingFile: message({
    code: "TL1001",
    text: "There is no file {path}.",
    remedy: "Look at the path; a file that was deleted or renamed has to be opened again.",
    explanation:
      "The file that should be run is not there: neither on the disk nor among the open documents. Nothing was run.",
    values: ["path"],
  }),
  unreadableFile: message({
    code: "TL1002",
    text: "The file {path} cannot be read.",
    remedy: "Look at the file's permissions, and whether another program holds it.",
    explanation:
      "The file is there, but the operating system refused to give its text. Nothing was run.",
    values: ["path"],
  }),
  folderAsFile: message({
    code: "TL1003",
    text: "{path} is a folder, and a program begins in a file.",
    remedy: "Name the file in it that should be run.",
    explanation: "A program is a file and what it imports; a folder has no first line to run.",
    values: ["path"],
  }),
  notAProgram: message({
    code: "TL1004",
    text: "{path} is not a TypeScript or JavaScript file.",
    remedy:
      "Run a file whose name ends in .ts, .tsx, .mts, .cts, .js, .jsx or .mjs (and not in .d.ts, which has nothing to run).",
    explanation:
      "Programs are TypeScript or JavaScript files. A declaration file (`.d.ts`) says what is there, and holds nothing that " +
      "could be run; a CommonJS file (`.cjs`) can be imported by a program, and is then loaded as it is.",
    values: ["path"],
  }),
  missingImport: message({
    code: "TL1005",
    text: 'The import "{specifier}" leads to no file: {path} is not there.',
    remedy: "Correct the path, or create the file.",
    explanation:
      "Relative imports are looked up from the importing file, as written, with the extensions of TypeScript and JavaScript, " +
      "and as a folder with an index file. The program cannot start without the file.",
    values: ["specifier", "path"],
  }),
  unreadableImport: message({
    code: "TL1006",
    text: 'The import "{specifier}" leads to {path}, which cannot be read.',
    remedy: "Look at the file's permissions, and whether another program holds it.",
    explanation:
      "The imported file is there, but the operating system refused to give its text. Nothing was run.",
    values: ["specifier", "path"],
  }),
  importedFolder: message({
    code: "TL1007",
    text: 'The import "{specifier}" leads to the folder {path}, which has no index file.',
    remedy: "Name a file in it.",
    explanation:
      "A folder can be imported where it has an `index.ts` (or `.js`, …), which is then what is meant.",
    values: ["specifier", "path"],
  }),
  notCode: message({
    code: "TL1008",
    text: 'The import "{specifier}" leads to {path}, which is no code.',
    remedy:
      "Read the file when the program runs (`readFileSync` of `node:fs`), or import a .json file.",
    explanation:
      "A program can import TypeScript, JavaScript and JSON. Importing other files is a feature of bundlers, and programs are " +
      "run here without one.",
    values: ["specifier", "path"],
  }),
  unknownThreadloomModule: message({
    code: "TL1009",
    text: 'There is no module "{specifier}".',
    remedy: "These are there: {known}.",
    explanation:
      "`threadloom:std` and its sisters come with Threadloom and need no installation. Which of them there are depends on " +
      "its version.",
    values: ["specifier", "known"],
  }),
  compilerStopped: message({
    code: "TL1010",
    text: "The compiler stopped while it worked on {path}: {reason}",
    remedy:
      "Try once more: the compiler starts anew. If it happens again, report it with the program that does it.",
    explanation:
      "The compiler works in a thread of its own, so that its faults hurt nobody else. It ended before it had an answer: out " +
      "of memory, or by a mistake of ours.",
    values: ["path", "reason"],
  }),
  notInBrowser: message({
    code: "TL1011",
    text: 'The import "{specifier}" cannot be loaded in the browser.',
    remedy:
      "Put what the program needs into files of its own, or open the folder in VS Code on a desktop.",
    explanation:
      "In a browser (vscode.dev, github.dev) a program can import its own files and `threadloom:` modules. npm packages, " +
      "modules of Node's and JSON files are loaded by Node, which is not there.",
    values: ["specifier"],
  }),
} as const;
