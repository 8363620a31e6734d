/**
 * The encoder and the decoder of all threads of a modelled run. Nobody is suspended while a value is coded, so one of each
 * will do; what is asked of the engine about functions, classes and handles goes to the thread that runs.
 */
import { Decoder } from "../../codec/decoder.ts";
import { Encoder } from "../../codec/encoder.ts";
import type { Code, Externals, Outgoing } from "../../codec/externals.ts";

export class Coders implements Externals {
  /** Of the thread that runs. */
  externals!: Externals;
  readonly encoder = new Encoder(this);
  readonly decoder = new Decoder(this);

  outgoing(value: object): Outgoing | undefined {
    return this.externals.outgoing(value);
  }

  published(value: object): readonly number[] | undefined {
    return this.externals.published?.(value);
  }

  handle(words: Int32Array): object {
    return this.externals.handle(words);
  }

  makeFunction(module: number, literal: number, environment: unknown[]): Code {
    return this.externals.makeFunction(module, literal, environment);
  }

  makeClass(module: number, literal: number, uid: number, environment: unknown[]): Code {
    return this.externals.makeClass(module, literal, uid, environment);
  }

  shell(made: Code, base: Code): object {
    return this.externals.shell(made, base);
  }

  restore(made: Code, instance: object, hidden: unknown[]): void {
    this.externals.restore(made, instance, hidden);
  }

  box(): { v: unknown } {
    return this.externals.box();
  }
}
