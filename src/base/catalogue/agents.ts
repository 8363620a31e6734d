/** What coding agents are told when something cannot be done: TL52xx. */
import { message } from "./message.ts";

export const AGENT_MESSAGES = {
  unknownTool: message({
    code: "TL5201",
    text: "There is no tool `{tool}`.",
    remedy: "The tools are {tools}.",
    explanation: "A client asked for a tool that this version of Threadloom does not have.",
    values: ["tool", "tools"],
  }),
  badArguments: message({
    code: "TL5202",
    text: "`{tool}` cannot be called so: {problems}.",
    remedy: "Look at the tool's input schema; {hint}.",
    explanation:
      "Every tool says by a JSON Schema what it takes. Arguments that nobody knows are refused rather than passed over, so that a " +
      "slip of the pen is noticed.",
    values: ["tool", "problems", "hint"],
  }),
  doesNotCompile: message({
    code: "TL5203",
    text: "{program} does not compile: {problems}",
    remedy: "Put that right in its text, then call the tool again.",
    explanation:
      "A program with a syntax error, or with one of Threadloom's own errors, cannot be run, explored or stepped through. Type " +
      "errors alone do not stop it.",
    values: ["program", "problems"],
  }),
  notOneRecording: message({
    code: "TL5204",
    text: "`replay` wants either a schedule or a trace to follow, and was given {given}.",
    remedy:
      "Give `schedule` (its text, or the path of a file), or `trace` (the path of a .tltrace).",
    explanation:
      "A replay is one run in an order that is known: that of a schedule, or that of a run that was recorded.",
    values: ["given"],
  }),
  noSession: message({
    code: "TL5210",
    text: "There is no session `{session}`{why}.",
    remedy: 'Begin one: `step` with `action: "begin"` and a `path`.',
    explanation:
      "A step session is a run that stands still between operations, in a process of its own. It ends when it is asked to, when " +
      "nobody has used it for ten minutes, and with the server.",
    values: ["session", "why"],
  }),
  tooManySessions: message({
    code: "TL5211",
    text: "{count} step sessions are open, and no more can be{sessions}.",
    remedy: 'End one of them: `step` with `action: "end"` and its `session`.',
    explanation:
      "Each session is a process that holds a whole run. The limit keeps an agent that forgets its sessions from filling the machine.",
    values: ["count", "sessions"],
  }),
  unknownThread: message({
    code: "TL5212",
    text: "There is no thread `{thread}` here.",
    remedy: "The threads are {threads}.",
    explanation: "Threads are named by their name or their number, as the last answer has them.",
    values: ["thread", "threads"],
  }),
  cannotStep: message({
    code: "TL5213",
    text: "{thread} cannot make a step here: {why}.",
    remedy: "{others}.",
    explanation:
      "A thread that is blocked goes on when another one lets it; one that has ended never does. A wait with a time-out can be ended " +
      "by `times_out`.",
    values: ["thread", "why", "others"],
  }),
  unknownTopic: message({
    code: "TL5220",
    text: "Nothing is known of `{about}`.",
    remedy:
      "Ask for a code as TL2003, for one of the pages {pages}, or for a name of the standard library as `std Mutex`.",
    explanation:
      "`explain` knows the codes of all messages, the pages on how programs are written, and the standard library.",
    values: ["about", "pages"],
  }),
  serverNotBuilt: message({
    code: "TL5230",
    text: "The server for coding agents cannot be started: {reason}.",
    remedy: "Install Threadloom again; in its repository, run `npm run build`.",
    explanation:
      "`threadloom mcp` is a bundle of its own beside the command line's, so that no other command has to load it.",
    values: ["reason"],
  }),
} as const;
