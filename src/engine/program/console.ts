/**
 * A thread's console without the output: what each method of `console` would print, as Node's does. Engine-neutral; whoever
 * prints writes the line as an operation on the run's console object.
 */
import type { OutputLine } from "../../trace/tables.ts";

export interface Line {
  readonly stream: OutputLine["stream"];
  readonly text: string;
}

/** What a method of `console` prints; undefined for nothing. */
export type ConsoleMethod = (this: ConsoleLines, ...values: unknown[]) => Line | undefined;

export class ConsoleLines {
  readonly #format: (values: readonly unknown[]) => string;
  readonly #now: () => number;
  readonly #counts = new Map<string, number>();
  readonly #timers = new Map<string, number>();
  readonly #rests = new Map<Line["stream"], string>();
  #indent = "";

  /** `format`: values as `console.log` shows them. `now`: milliseconds. */
  constructor(format: (values: readonly unknown[]) => string, now: () => number) {
    this.#format = format;
    this.#now = now;
  }

  line(stream: Line["stream"], values: readonly unknown[]): Line {
    const text = this.#format(values);
    const indent = this.#indent;
    return { stream, text: indent === "" ? text : indent + text.replaceAll("\n", `\n${indent}`) };
  }

  /** What a standard stream is given: the lines that are whole with it, the rest waits for the next. */
  written(stream: Line["stream"], text: string): Line[] {
    const lines = ((this.#rests.get(stream) ?? "") + text).split("\n");
    this.#rests.set(stream, lines.pop()!);
    return lines.map((line) => ({ stream, text: line }));
  }

  get hasRest(): boolean {
    return this.#rests.size > 0;
  }

  /** Lines that nobody has ended. */
  flush(): Line[] {
    const lines = [...this.#rests].map(([stream, text]) => ({ stream, text }));
    this.#rests.clear();
    return lines.filter(({ text }) => text !== "");
  }

  group(values: readonly unknown[]): Line | undefined {
    const line = values.length > 0 ? this.line("log", values) : undefined;
    this.#indent += "  ";
    return line;
  }

  groupEnd(): undefined {
    this.#indent = this.#indent.slice(2);
  }

  count(label: string): Line {
    const count = (this.#counts.get(label) ?? 0) + 1;
    this.#counts.set(label, count);
    return this.line("log", [`${label}: ${count}`]);
  }

  countReset(label: string): undefined {
    this.#counts.delete(label);
  }

  time(label: string): undefined {
    this.#timers.set(label, this.#now());
  }

  timeLog(label: string, values: readonly unknown[]): Line {
    const now = this.#now();
    const elapsed = now - (this.#timers.get(label) ?? now);
    return this.line("log", [`${label}: ${elapsed.toFixed(3)}ms`, ...values]);
  }

  timeEnd(label: string): Line {
    const line = this.timeLog(label, []);
    this.#timers.delete(label);
    return line;
  }

  reset(): void {
    if (this.#counts.size > 0) this.#counts.clear();
    if (this.#timers.size > 0) this.#timers.clear();
    if (this.#rests.size > 0) this.#rests.clear();
    this.#indent = "";
  }
}

function failed(values: readonly unknown[]): readonly unknown[] {
  const [first, ...rest] = values;
  if (values.length === 0) return ["Assertion failed"];
  if (typeof first === "string") return [`Assertion failed: ${first}`, ...rest];
  return ["Assertion failed:", ...values];
}

const printing = (stream: Line["stream"]): ConsoleMethod =>
  function (...values) {
    return this.line(stream, values);
  };

function labelOf(label: unknown): string {
  return label === undefined ? "default" : `${label as string | number}`;
}

/** The methods of `console` that programs use, by name. */
export const CONSOLE_METHODS: Readonly<Record<string, ConsoleMethod>> = {
  log: printing("log"),
  info: printing("info"),
  warn: printing("warn"),
  error: printing("error"),
  debug: printing("debug"),
  dirxml: printing("log"),
  dir(value) {
    return this.line("log", ["%O", value]);
  },
  trace(...values) {
    const frames = (new Error().stack ?? "").split("\n").slice(1);
    const { text } = this.line("error", values);
    return {
      stream: "error",
      text: [`Trace${text === "" ? "" : `: ${text}`}`, ...frames].join("\n"),
    };
  },
  assert(condition, ...values) {
    return condition ? undefined : this.line("error", failed(values));
  },
  count(label) {
    return this.count(labelOf(label));
  },
  countReset(label) {
    return this.countReset(labelOf(label));
  },
  group(...values) {
    return this.group(values);
  },
  groupCollapsed(...values) {
    return this.group(values);
  },
  groupEnd() {
    return this.groupEnd();
  },
  time(label) {
    return this.time(labelOf(label));
  },
  timeEnd(label) {
    return this.timeEnd(labelOf(label));
  },
  timeLog(label, ...values) {
    return this.timeLog(labelOf(label), values);
  },
};
