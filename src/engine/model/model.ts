/**
 * The model engine's door: a program, run as often as one likes, each time as a scheduler decides.
 *
 *     const model = new Model({ program, host, twins, memoryLimitBytes });
 *     const run = model.begin({ scheduler, sink });
 *     const result = run.go();                       // undefined: the scheduler picked nobody; `go` again
 *
 * Runs come one after another, as there is one isolate: each `begin` ends the one before.
 */
import { CONSOLE_METHODS } from "../program/console.ts";
import type { Twin } from "../../protocol/twins.ts";
import { Prepared, type ModelParts } from "./prepared.ts";
import { ModelRun } from "./run.ts";
import type { RunChoices } from "./run-choices.ts";

type Method = (...values: unknown[]) => unknown;

export class Model {
  readonly #prepared: Prepared;
  #run: ModelRun | undefined;

  constructor(parts: ModelParts) {
    this.#prepared = new Prepared(parts);
  }

  /** The run that was begun last. */
  get run(): ModelRun | undefined {
    return this.#run;
  }

  /** What all its runs consist of. */
  get inside(): Prepared {
    return this.#prepared;
  }

  begin(choices: RunChoices): ModelRun {
    return (this.#run = new ModelRun(this.#prepared, choices));
  }

  /** The methods of `console` for programs of this model: each prints by an operation, and may stop. */
  consoleMethods(): Record<string, Method> {
    const { twins } = this.#prepared;
    const methods: Record<string, Method> = {};
    for (const name of Object.keys(CONSOLE_METHODS)) {
      const printing = (...values: unknown[]) => this.#run!.print(name, values);
      const plain = { [name]: (...values: unknown[]) => twins.run(printing(...values)) };
      methods[name] = twins.link(plain[name], printing as Twin);
    }
    return methods;
  }
}
