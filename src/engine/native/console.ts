/**
 * A thread's console: each line is an operation on the run's console object, with its text in the heap, so that lines of
 * all threads have one order and the runner can take them while their threads are blocked.
 */
import { formatWithOptions, type InspectOptions } from "node:util";
import type { Address } from "../../base/brand.ts";
import { ConsoleOperation } from "../../objects/console.ts";
import { NODE_WORDS } from "../../objects/waiters.ts";
import { engine } from "../../std/intrinsics.ts";
import type { OutputLine } from "../../trace/tables.ts";
import { STREAMS } from "./messages.ts";

/** A line's block: a node, then these, then the text in UTF-8. */
export const LineWord = {
  SITE: NODE_WORDS,
  STREAM: NODE_WORDS + 1,
  BYTES: NODE_WORDS + 2,
  TIME_LOW: NODE_WORDS + 3,
  TIME_HIGH: NODE_WORDS + 4,
} as const;
export const LINE_WORDS = NODE_WORDS + 5;
const LONGEST_LINE = 1 << 20;

const encoder = new TextEncoder();

/** A line as the console takes it. */
export function lineBlock(stream: OutputLine["stream"], text: string): Address {
  const shown = text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)} …` : text;
  const bytes = encoder.encode(shown);
  const block = engine.allocate(LINE_WORDS + ((bytes.length + 3) >> 2));
  const { words } = engine;
  words[block + LineWord.SITE] = engine.site;
  words[block + LineWord.STREAM] = STREAMS.indexOf(stream);
  words[block + LineWord.BYTES] = bytes.length;
  const time = engine.now();
  words[block + LineWord.TIME_LOW] = time | 0;
  words[block + LineWord.TIME_HIGH] = (time / 2 ** 32) | 0;
  new Uint8Array(words.buffer, (block + LINE_WORDS) * 4, bytes.length).set(bytes);
  return block;
}

/** Writes one line to the console at `at`, blocking while too many wait to be taken. */
function writeLine(at: Address, stream: OutputLine["stream"], text: string): void {
  engine.perform(at, ConsoleOperation.WRITE, lineBlock(stream, text));
}

/** What `process.stdout.write` gets: whole lines are written as they come, the rest when the next line ends. */
class LineBuffer {
  readonly #write: (text: string) => void;
  readonly #decoder = new TextDecoder();
  #rest = "";

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  take(chunk: unknown): void {
    // A character may come in several pieces.
    const bytes = (): string => this.#decoder.decode(chunk as Uint8Array, { stream: true });
    const text = this.#rest + (typeof chunk === "string" ? chunk : bytes());
    const lines = text.split("\n");
    this.#rest = lines.pop()!;
    for (const line of lines) this.#write(line);
  }

  flush(): void {
    if (this.#rest !== "") this.#write(this.#rest);
    this.#rest = "";
  }
}

/** Puts `console` and the standard streams of this worker in the place of Node's. Answers what to call at the thread's end. */
export function installConsole(at: Address): () => void {
  let indent = "";
  const counts = new Map<string, number>();
  const timers = new Map<string, number>();
  const print = (stream: OutputLine["stream"], values: readonly unknown[]): void => {
    const text = formatWithOptions({ colors: false }, ...values);
    writeLine(at, stream, indent === "" ? text : indent + text.replaceAll("\n", `\n${indent}`));
  };
  const replaced: Partial<Console> = {
    log: (...values) => print("log", values),
    info: (...values) => print("info", values),
    warn: (...values) => print("warn", values),
    error: (...values) => print("error", values),
    debug: (...values) => print("debug", values),
    dir: (value, options?: InspectOptions) =>
      print("log", [formatWithOptions({ ...options }, "%O", value)]),
    dirxml: (...values) => print("log", values),
    trace: (...values) => {
      const trace = new Error(formatWithOptions({}, ...values));
      trace.name = "Trace";
      // The head of a stack is written when the error is made, unless one asks for it anew.
      Error.captureStackTrace(trace);
      print("error", [trace.stack]);
    },
    assert: (condition, ...values) => {
      if (condition) return;
      const [first, ...rest] = values as unknown[];
      if (values.length === 0) print("error", ["Assertion failed"]);
      else if (typeof first === "string") print("error", [`Assertion failed: ${first}`, ...rest]);
      else print("error", ["Assertion failed:", ...values]);
    },
    count: (label = "default") => {
      const count = (counts.get(label) ?? 0) + 1;
      counts.set(label, count);
      print("log", [`${label}: ${count}`]);
    },
    countReset: (label = "default") => void counts.delete(label),
    group: (...values) => {
      if (values.length > 0) print("log", values);
      indent += "  ";
    },
    groupCollapsed: (...values) => {
      if (values.length > 0) print("log", values);
      indent += "  ";
    },
    groupEnd: () => {
      indent = indent.slice(2);
    },
    time: (label = "default") => void timers.set(label, performance.now()),
    timeEnd: (label = "default") => {
      print("log", [`${label}: ${elapsed(timers, label)}`]);
      timers.delete(label);
    },
    timeLog: (label = "default", ...values: unknown[]) =>
      print("log", [`${label}: ${elapsed(timers, label)}`, ...values]),
  };
  Object.assign(globalThis.console, replaced);
  const flushes = [
    standardStream(process.stdout, at, "log"),
    standardStream(process.stderr, at, "error"),
  ];
  return () => {
    for (const flush of flushes) flush();
  };
}

function elapsed(timers: ReadonlyMap<string, number>, label: string): string {
  return `${(performance.now() - (timers.get(label) ?? performance.now())).toFixed(3)}ms`;
}

function standardStream(
  stream: NodeJS.WriteStream,
  at: Address,
  name: OutputLine["stream"],
): () => void {
  const lines = new LineBuffer((text) => writeLine(at, name, text));
  stream.write = (chunk: unknown, ...rest: unknown[]) => {
    lines.take(chunk);
    const done = rest.find((value) => typeof value === "function") as (() => void) | undefined;
    if (done !== undefined) queueMicrotask(done);
    return true;
  };
  return () => lines.flush();
}
