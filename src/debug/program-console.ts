/** The debug console: what the program prints, what logpoints say, how the run ended, and what was refused. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { MAIN_THREAD } from "../base/brand.ts";
import type { CompiledProgram, Diagnostic } from "../protocol/program.ts";
import type { Outcome, StepEvent } from "../protocol/step.ts";
import type { Finding, Place } from "../trace/finding.ts";
import type { OutputLine } from "../trace/tables.ts";
import { ConsoleMirror } from "./console-mirror.ts";
import { errorsOf } from "./endings.ts";
import { type Counting, sourceOf } from "./sources.ts";
import type { Wire } from "./wire.ts";

type Said = {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string | undefined;
};

type Category = "console" | "important" | "stdout" | "stderr";

const OTHER_WAY = "── another way from here ──";

export class ProgramConsole {
  readonly #wire: Wire;
  readonly #counting: Counting;
  readonly #mirror = new ConsoleMirror();
  #ending: Outcome | undefined;

  constructor(wire: Wire, counting: Counting) {
    this.#wire = wire;
    this.#counting = counting;
  }

  /** Brings the console up to date with what was printed on the way to where the run stands. */
  printed(
    output: readonly OutputLine[],
    program: CompiledProgram,
    nameOf: (thread: OutputLine["thread"]) => string,
  ): void {
    for (const shown of this.#mirror.update(output)) {
      if (shown.kind === "rule") {
        this.#say("console", OTHER_WAY);
        continue;
      }
      const { line } = shown;
      const isBad = line.stream === "error" || line.stream === "warn";
      const who = line.thread === MAIN_THREAD ? "" : `${nameOf(line.thread)} │ `;
      const text = who + line.text.replaceAll("\n", `\n${" ".repeat(who.length)}`);
      const site = program.sites[line.site] ?? undefined;
      this.#say(isBad ? "stderr" : "stdout", text, site);
    }
  }

  logged({ text, place }: Extract<StepEvent, { kind: "logged" }>): void {
    this.#say("console", text, place);
  }

  /** What was found, once for each end that the run comes to: the gravest where nobody can miss it. */
  ending(outcome: Outcome): void {
    if (this.#ending !== undefined && isSame(this.#ending, outcome)) return;
    this.#ending = outcome;
    const [gravest] = errorsOf(outcome.findings);
    for (const finding of outcome.findings) {
      const category =
        finding === gravest ? "important" : finding.severity === "error" ? "stderr" : "console";
      this.#say(category, findingText(finding), finding.sites[0]);
    }
  }

  diagnostics(diagnostics: readonly Diagnostic[]): void {
    for (const one of diagnostics) {
      const { severity, code, message, remedy, file, line, column } = one;
      const text = `${severity} ${code}: ${message}${remedy === undefined ? "" : ` ${remedy}`}`;
      this.#say(severity === "error" ? "stderr" : "console", text, { file, line, column });
    }
  }

  /** Something that the person should not miss. */
  refusal(said: Said): void {
    this.#say("important", saidText(said));
  }

  note(said: Said): void {
    this.#say("stderr", saidText(said));
  }

  #say(category: Category, text: string, place?: Place): void {
    const body: DebugProtocol.OutputEvent["body"] = {
      ...{ category, output: `${text}\n` },
      ...(place === undefined || place.line === 0
        ? {}
        : {
            source: sourceOf(place.file),
            line: this.#counting.line(place.line),
            column: this.#counting.column(place.column),
          }),
    };
    this.#wire.event("output", body);
  }
}

function saidText({ code, message, remedy }: Said): string {
  const head = code === "" ? message : `${code}: ${message}`;
  return remedy === undefined ? head : `${head} ${remedy}`;
}

/** The finding and the chain behind it, as lines. */
function findingText({ code, message, remedy, chain = [] }: Finding): string {
  return [
    `${code}: ${message}`,
    ...chain.map(({ text }) => `  ${text}`),
    ...(remedy === undefined ? [] : [remedy]),
  ].join("\n");
}

function isSame(one: Outcome, other: Outcome): boolean {
  return (
    one.ending === other.ending &&
    JSON.stringify([one.findings, one.output]) === JSON.stringify([other.findings, other.output])
  );
}
