/** The console of threads that share a worker: each line is an operation, and may have to wait until lines are taken. */
import type { Address } from "../../../base/brand.ts";
import { ConsoleOperation } from "../../../objects/console.ts";
import type { Twin } from "../../../protocol/twins.ts";
import { engine } from "../../../std/intrinsics.ts";
import { SUSPENDED } from "../../model/suspension.ts";
import { $t } from "../../model/twins/runtime.ts";
import { CONSOLE_METHODS, type ConsoleLines, type Line } from "../../program/console.ts";
import { lineBlock } from "../console.ts";

type Printing = Generator<unknown, boolean | void, unknown>;

export class GreenConsole {
  readonly #at: Address;
  readonly #current: () => ConsoleLines;

  /** `at`: the run's console. `current`: of the thread that runs. */
  constructor(at: Address, current: () => ConsoleLines) {
    this.#at = at;
    this.#current = current;
  }

  /** In the place of Node's, for the whole worker. */
  install(): void {
    const methods: Record<string, unknown> = {};
    for (const name of Object.keys(CONSOLE_METHODS)) {
      methods[name] = linked(name, (...values: unknown[]) => this.#method(name, values));
    }
    Object.assign(globalThis.console, methods);
    for (const [stream, name] of [
      [process.stdout, "log"] as const,
      [process.stderr, "error"] as const,
    ])
      stream.write = linked("write", (chunk: unknown) => this.#write(name, chunk)) as never;
  }

  /** What a thread has written without an end of line. */
  *flush(lines: ConsoleLines): Printing {
    for (const line of lines.flush()) {
      if ($t.start(this.#print(line)) === SUSPENDED) yield 0;
    }
  }

  *#method(name: string, values: unknown[]): Printing {
    const line = CONSOLE_METHODS[name].apply(this.#current(), values);
    if (line !== undefined && $t.start(this.#print(line)) === SUSPENDED) yield 0;
  }

  *#write(stream: Line["stream"], chunk: unknown): Printing {
    const text = typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk as Uint8Array);
    for (const line of this.#current().written(stream, text)) {
      if ($t.start(this.#print(line)) === SUSPENDED) yield 0;
    }
    return true;
  }

  *#print({ stream, text }: Line): Printing {
    const block = lineBlock(stream, text);
    const written: unknown = engine.perform(this.#at, ConsoleOperation.WRITE, block);
    if (written === SUSPENDED) yield 0;
  }
}

/** A function that may stop: called by what cannot be left, it runs to its end. */
function linked(name: string, printing: (...values: never[]) => Printing): unknown {
  const plain = { [name]: (...values: never[]) => $t.run(printing(...values)) };
  return $t.link(plain[name], printing as unknown as Twin);
}
