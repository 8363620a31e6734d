/** What the editor says: TL6xxx. The extension puts these through `l10n`, by their English text. */
import { message } from "./message.ts";

export const EXTENSION_MESSAGES = {
  needsTrust: message({
    code: "TL6001",
    text: "This folder is not trusted, so none of its programs is compiled or run.",
    remedy: "Trust the folder, if you know who wrote what is in it.",
    explanation:
      "A traced program is an ordinary program: it can do all that you can. VS Code asks once for each folder whether its " +
      "authors are trusted. Until then annotations are coloured, hovers explain them and " +
      "`threadloom:std`, and recorded traces open.",
    values: [],
  }),
  notAProgram: message({
    code: "TL6002",
    text: "{file} is not a Threadloom program.",
    remedy: "Begin the file with `// @threadloom`, or import from `threadloom:std`.",
    explanation:
      "Only TypeScript files that say so are programs: by `// @threadloom` before their first statement, or by importing " +
      "a `threadloom:` module. Every other file is left alone.",
    values: ["file"],
  }),
  doesNotCompile: message({
    code: "TL6003",
    text: "{file} was not run: {problem}",
    remedy: "The Problems view lists everything that stops it.",
    explanation:
      "Syntax errors and wrong uses of Threadloom stop a program before it runs. Type errors are shown and do not stop it.",
    values: ["file", "problem"],
  }),
  runFailed: message({
    code: "TL6004",
    text: "{file} could not be run to its end: {reason}",
    remedy: "What it did until then is on the timeline. The log has the details.",
    explanation:
      "A program runs in a process of its own, so that nothing it does can hurt the editor. That process could not be " +
      "started, or it ended before the program did: killed from outside, or out of memory.",
    values: ["file", "reason"],
  }),
  noRecording: message({
    code: "TL6005",
    text: "There is no recorded run here.",
    remedy: "Open a program and click Trace above its first line.",
    explanation:
      "Exporting, and opening a timeline, need a run that was recorded. Recordings are kept with the folder's state; the " +
      "oldest are deleted first (`threadloom.trace.keep`).",
    values: [],
  }),
  sourceGone: message({
    code: "TL6006",
    text: "{file} can't be opened: {reason}",
    remedy: "It may have been moved or deleted since it was traced.",
    explanation:
      "A timeline leads to lines of files as they were called when the program ran. When the file is no longer there, the " +
      "recorded run still opens, but has no line to lead to.",
    values: ["file", "reason"],
  }),
  notWritten: message({
    code: "TL6007",
    text: "{file} could not be written: {reason}",
    remedy: "Choose another place, or make this one writable.",
    explanation:
      "The disk refused: no permission, no room, or a folder of that name. What was there before is unchanged.",
    values: ["file", "reason"],
  }),
  recordingGone: message({
    code: "TL6008",
    text: "The recording that this timeline showed has been deleted.",
    remedy: "Trace the program again.",
    explanation:
      "Timelines come back when the window is reloaded, as long as their recording is kept. The oldest recordings are " +
      "deleted when there are more than `threadloom.trace.keep`.",
    values: [],
  }),
  noFolder: message({
    code: "TL6009",
    text: "No folder is open that a tsconfig.json could lie in.",
    remedy: "Open the folder with the program first.",
    explanation:
      "In the editor `threadloom:std` resolves by itself. Outside of it, `tsc` finds the declarations by one entry in " +
      "`types` of tsconfig.json; the command adds it to the tsconfig.json of an open folder.",
    values: [],
  }),
  unreadableConfiguration: message({
    code: "TL6010",
    text: "{file} could not be changed: {reason}",
    remedy: 'Add "{entry}" to `compilerOptions.types` by hand.',
    explanation:
      "The command changes one line of tsconfig.json and keeps the rest as it is, comments included. It leaves alone a " +
      "file that it can't be sure to understand.",
    values: ["file", "reason", "entry"],
  }),
  compilerFailed: message({
    code: "TL6011",
    text: "{file} could not be compiled: {reason}",
    remedy: "The log has the details. Please report it, if you can with the program.",
    explanation:
      "This is a mistake in Threadloom, not in the program: its compiler ended without an answer.",
    values: ["file", "reason"],
  }),
  analysisFailed: message({
    code: "TL6012",
    text: "The run of {file} was recorded, but could not be examined: {reason}",
    remedy: "The timeline shows it all the same. The log has the details.",
    explanation:
      "After a run its recording is read again to find deadlocks, leaks and waits. That failed; the recording is unharmed.",
    values: ["file", "reason"],
  }),
  staleTimeline: message({
    code: "TL6013",
    text: "The file has changed since this run.",
    remedy: "Trace it again to see what it does now.",
    explanation:
      "Waits and findings stand at the lines where they happened. After an edit they may stand at the wrong ones, so they " +
      "are taken away or marked.",
    values: [],
  }),
  virtualFolder: message({
    code: "TL6014",
    text: "{file} lies in a virtual folder, from which other files and packages cannot be loaded.",
    remedy: "Put all of the program into one file, or open a copy of the folder on a disk.",
    explanation:
      "Programs are compiled and run on this machine, by processes that see its disks. A file of a virtual folder (of a " +
      "repository that was not cloned, say) is handed over as its text; what it imports besides `threadloom:std` and Node's " +
      "own modules would have to be on a disk.",
    values: ["file"],
  }),
  cannotStep: message({
    code: "TL6015",
    text: "{file} could not be stepped through: {reason}",
    remedy: "The log has the details.",
    explanation:
      "A program that is stepped through runs in a process of its own. It could not be started there, it did not fit what it " +
      "was to follow, or it uses something that no engine can stop and go on with; the reason says which.",
    values: ["file", "reason"],
  }),
  steppingGone: message({
    code: "TL6016",
    text: "The session that this panel showed ended with its window.",
    remedy: "Begin again, or paste the schedule that you copied.",
    explanation:
      "A program that is stepped through lives as long as the window. What leads to a moment can be kept as text: " +
      "`Copy schedule` in the panel, and `schedule` in a launch configuration.",
    values: [],
  }),
  noThreadsHere: message({
    code: "TL6017",
    text: "There are no real threads in a browser: {file} is run on the model engine.",
    remedy: "Open the folder in VS Code on a desktop to trace it on real threads.",
    explanation:
      "Threads that share memory and block, as the native engine needs them, are not to be had in VS Code's host in a browser " +
      "(vscode.dev, github.dev). The model engine runs every program there, each thread in the same isolate: the same " +
      "semantics and the same pictures, on a clock that counts work.",
    values: ["file"],
  }),
  cannotExploreHere: message({
    code: "TL6018",
    text: "{file} cannot be explored in a browser.",
    remedy: "Open the folder in VS Code on a desktop, or run `threadloom check` there.",
    explanation:
      "Exploring runs a program thousands of times in a process of its own. In VS Code's host in a browser (vscode.dev, " +
      "github.dev) there is no such process yet; tracing and stepping work there.",
    values: ["file"],
  }),
  exploringFailed: message({
    code: "TL6019",
    text: "{file} could not be explored: {reason}",
    remedy: "The log has the details.",
    explanation:
      "A program is explored in a process of its own, so that nothing it does can hurt the editor. That process, or the " +
      "compiler before it, ended without an answer.",
    values: ["file", "reason"],
  }),
  notExplored: message({
    code: "TL6020",
    text: "Nothing is known of {file}: it has not been explored.",
    remedy: "Click Explore above its first line.",
    explanation:
      "What exploring finds is kept as long as the window is open. A schedule that was saved beside the program stays, and is " +
      "tried first when it is explored again.",
    values: ["file"],
  }),
  nothingToStep: message({
    code: "TL6021",
    text: "Exploring {file} has found no failure that could be stepped through.",
    remedy: "The page with its result has a schedule for each of its outcomes.",
    explanation:
      "A failure comes with the schedule that leads to it. Where nothing failed, and where something was found that is about " +
      "all executions, there is none.",
    values: ["file"],
  }),
  notSaveable: message({
    code: "TL6022",
    text: "{file} has no folder in which its schedule could be kept.",
    remedy: "Save the program first.",
    explanation:
      "A schedule is kept beside its program (`bank.schedule` next to `bank.ts`), where it is found when the program is " +
      "explored again, by the editor and by `threadloom check`.",
    values: ["file"],
  }),
  notExplorable: message({
    code: "TL6023",
    text: "{file} was not explored: {problem}",
    remedy: "The Problems view lists everything that stops it.",
    explanation:
      "Syntax errors and wrong uses of Threadloom stop a program before it runs. Type errors are shown and do not stop it.",
    values: ["file", "problem"],
  }),
} as const;
