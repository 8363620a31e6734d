/** What is said about trace files: TL4xxx. */
import { message } from "./message.ts";

export const TRACE_MESSAGES = {
  notATrace: message({
    code: "TL4001",
    text: "This is not a Threadloom trace: it begins otherwise than a .tltrace file does.",
    remedy: "Open a file that `threadloom trace -o` or the editor has written.",
    explanation:
      "Every trace begins with the same eight bytes. A file that does not may be of another program, empty, or damaged on " +
      "its way (by a transfer that translates line ends, for instance: the eight bytes show that too).",
    values: [],
  }),
  unknownVersion: message({
    code: "TL4002",
    text: "This trace is of format version {found}; this Threadloom reads version {known}.",
    remedy: "Update Threadloom, or record the program again.",
    explanation:
      "The first number of a format's version changes when older readers would misread it. A version of the same first " +
      "number always opens: what an older reader does not know in it is passed over.",
    values: ["found", "known"],
  }),
  damaged: message({
    code: "TL4003",
    text: "This trace is damaged at byte {offset}: {reason}.",
    remedy: "What stands before that place is shown. Record the program again for the rest.",
    explanation:
      "A trace is a row of chunks, each with its kind and its length. Where one is met that cannot be, nothing after it " +
      "can be trusted, since its length says where the next begins.",
    values: ["offset", "reason"],
  }),
  truncated: message({
    code: "TL4004",
    text: "This trace stops in the middle: {events} events were read before its end was missing.",
    remedy:
      "All that it holds is shown. If the run still goes on, open the trace again when it has ended.",
    explanation:
      "A trace is written while the program runs, and its last chunk says how the run ended. Without it the run still " +
      "goes on, or the recorder was killed, or the disk was full. Everything up to the last whole record is good.",
    values: ["events"],
  }),
  malformedRows: message({
    code: "TL4005",
    text: "This trace is damaged at byte {offset}: its {table} table does not hold what it should ({reason}).",
    remedy: "What stands before that place is shown. Record the program again for the rest.",
    explanation:
      "Names, places, output and findings stand in tables of a trace. Every row is checked before it is used, so that a " +
      "damaged or forged file can do no harm.",
    values: ["offset", "table", "reason"],
  }),
  tooManyEvents: message({
    code: "TL4006",
    text: "This trace has more events than can be shown at once: the first {shown} are.",
    remedy: "Trace a shorter run, or raise the limit.",
    explanation:
      "A million events take about 30 MB of memory to show. The limit keeps a very long trace from taking all of the " +
      "memory of the editor or of the browser.",
    values: ["shown"],
  }),
} as const;
