/** What a modelled run prints: each line is an operation on the run's console object, in one order with all others. */
import type { Address } from "../../base/brand.ts";
import { console_, ConsoleOperation, ConsoleWord } from "../../objects/console.ts";
import { NODE_WORDS } from "../../objects/waiters.ts";
import type { OutputLine } from "../../trace/tables.ts";
import { CONSOLE_METHODS, type Line } from "../program/console.ts";
import type { ThreadContext } from "./context.ts";
import type { ModelIntrinsics } from "./intrinsics.ts";
import { SUSPENDED } from "./suspension.ts";

export type Printing = Generator<unknown, void, unknown>;

export class Output {
  /** What was printed. */
  readonly lines: OutputLine[] = [];
  readonly #engine: ModelIntrinsics;
  readonly #told: ((line: OutputLine) => void) | undefined;
  readonly #object: Address;

  /** Makes the console object. `told`: who is told of each line. */
  constructor(engine: ModelIntrinsics, told: ((line: OutputLine) => void) | undefined) {
    this.#engine = engine;
    this.#told = told;
    this.#object = engine.create(console_);
  }

  /** A method of `console`, called by the thread that runs. */
  *method(name: string, values: unknown[]): Printing {
    const line = CONSOLE_METHODS[name].apply(this.#engine.context.console, values);
    if (line !== undefined) yield* this.#print(line);
  }

  /** A standard stream is given `chunk` by the thread that runs; whole lines are printed. */
  *write(stream: Line["stream"], chunk: unknown): Generator<unknown, boolean, unknown> {
    const text = typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk as Uint8Array);
    for (const line of this.#engine.context.console.written(stream, text)) yield* this.#print(line);
    return true;
  }

  *flush(context: ThreadContext): Printing {
    for (const line of context.console.flush()) yield* this.#print(line);
  }

  *#print(line: Line): Printing {
    const engine = this.#engine;
    const { thread, site } = engine;
    const block = engine.allocate(NODE_WORDS);
    const written: unknown = engine.perform(this.#object, ConsoleOperation.WRITE, block);
    const sequence = (written === SUSPENDED ? yield 0 : written) as number;
    this.#takeLine();
    engine.release(block);
    const printed = { sequence, thread, ...line, site, time: engine.now() };
    this.lines.push(printed);
    this.#told?.(printed);
  }

  /** The console's queue is for engines whose lines are taken by somebody else: here nothing waits in it. */
  #takeLine(): void {
    const { words } = this.#engine;
    words[this.#object + ConsoleWord.FIRST] = 0;
    words[this.#object + ConsoleWord.LAST] = 0;
    words[this.#object + ConsoleWord.QUEUED] = 0;
  }
}
