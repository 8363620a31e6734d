/**
 * One program that is stepped through, as all who look at it share it: the panel, the debug adapter, the editor's highlights.
 * Keeps what was told last, so that whoever comes later sees what the others see.
 *
 * Knows neither VS Code nor where the run is: the channel is given. Whoever uses a session holds it; it ends when the last
 * lets go, when the channel says that it cannot go on, or when somebody begins another one for the program.
 */
import { Listeners } from "../../base/listeners.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { Begun, StepChannel, StepEvent, StepRequest, StepState } from "../../protocol/step.ts";
import type { OutputLine } from "../../trace/tables.ts";
import { deferred } from "../../base/deferred.ts";

export interface StepPlan {
  /** Tells sessions apart, in messages to a panel and in the log. */
  readonly id: string;
  /** The program's document, as text of its URI. */
  readonly program: string;
  /** What a person calls it. */
  readonly title: string;
  readonly compiled: CompiledProgram;
}

/** Why a session is over. */
export type StepEnd =
  /** Nobody holds it any more. */
  | { readonly kind: "left" }
  /** Another one was begun for the same program, or the window goes. */
  | { readonly kind: "replaced" }
  | {
      readonly kind: "failed";
      readonly code: string;
      readonly message: string;
      readonly remedy?: string;
    };

export class StepSession {
  readonly plan: StepPlan;
  readonly begun: Begun;
  /** Every event of the channel, in order, after what is kept of it has been brought up to date. */
  readonly told = new Listeners<StepEvent>();
  /** Once. */
  readonly over = new Listeners<StepEnd>();
  readonly #channel: StepChannel;
  readonly #listening: { dispose(): void };
  #state: StepState;
  #output: readonly OutputLine[];
  readonly #trace = new KeptTrace();
  #holders = 0;
  #end: StepEnd | undefined;

  private constructor(plan: StepPlan, channel: StepChannel, begun: Begun, heard: Heard) {
    this.plan = plan;
    this.begun = begun;
    this.#channel = channel;
    this.#state = heard.state;
    this.#output = heard.output;
    this.#listening = channel.onEvent((event) => this.#hear(event));
  }

  /**
   * Begins on a fresh channel. Rejects, with the channel disposed of, if the session could not begin: with what the channel
   * said, or what it answered the request with.
   */
  static async begin(
    plan: StepPlan,
    channel: StepChannel,
    request: Extract<StepRequest, { kind: "begin" }>,
  ): Promise<StepSession> {
    let state: StepState | undefined;
    let output: readonly OutputLine[] = [];
    const { promise: failed, reject: fail } = deferred<never>();
    const listening = channel.onEvent((event) => {
      if (event.kind === "moment") ({ state } = event);
      else if (event.kind === "output") output = withLines(output, event.from, event.lines);
      else if (event.kind === "failed") fail(new StepFailure(event));
    });
    try {
      const begun = (await Promise.race([channel.request(request), failed])) as Begun;
      if (!state) throw new Error("the session began without saying where it stands");
      return new StepSession(plan, channel, begun, { state, output });
    } catch (error) {
      channel.dispose();
      throw error;
    } finally {
      listening.dispose();
    }
  }

  /** Where it stands, as it was told last. */
  get state(): StepState {
    return this.#state;
  }

  /** Everything that was printed on the way here. */
  get output(): readonly OutputLine[] {
    return this.#output;
  }

  /** The trace of the run up to here, as far as somebody has watched it. */
  get trace(): Uint8Array {
    return this.#trace.bytes;
  }

  /** Why it is over, if it is. */
  get end(): StepEnd | undefined {
    return this.#end;
  }

  /** The program's own files, as its places name them. */
  get files(): readonly string[] {
    return this.plan.compiled.sources.map(({ file }) => file);
  }

  /** Asks the session; rejects with an `Error` that says why it was refused, or that the session is over. */
  async ask(request: Exclude<StepRequest, { kind: "begin" | "end" }>): Promise<unknown> {
    if (this.#end) throw new StepFailure({ code: "", message: "the session is over" });
    return this.#channel.request(request);
  }

  /** Uses it until the answer is disposed of. */
  hold(): Disposable {
    this.#holders++;
    let held = true;
    return {
      [Symbol.dispose]: () => {
        if (!held) return;
        held = false;
        if (--this.#holders === 0) this.finish({ kind: "left" });
      },
    };
  }

  /** Ends it, whoever holds it. Nothing happens if it is over. */
  finish(end: StepEnd): void {
    if (this.#end) return;
    this.#end = end;
    this.#listening.dispose();
    this.#channel.dispose();
    this.over.tell(end);
  }

  #hear(event: StepEvent): void {
    if (event.kind === "moment") this.#state = event.state;
    else if (event.kind === "output") {
      this.#output = withLines(this.#output, event.from, event.lines);
    } else if (event.kind === "trace") this.#trace.take(event.offset, event.bytes);
    this.told.tell(event);
    if (event.kind === "failed") {
      const { code, message, remedy } = event;
      this.finish({ kind: "failed", code, message, ...(remedy === undefined ? {} : { remedy }) });
    }
  }
}

/** A channel tells each byte once: whoever begins to watch later gets those before from here. */
class KeptTrace {
  #pieces: Uint8Array[] = [];
  #length = 0;

  get bytes(): Uint8Array {
    const whole = new Uint8Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    this.#pieces = [whole];
    return whole;
  }

  take(offset: number, bytes: Uint8Array): void {
    if (offset === 0) {
      this.#pieces = [];
      this.#length = 0;
    }
    // With a gap it is no trace: what follows waits for the next beginning.
    if (offset !== this.#length) return;
    this.#pieces.push(bytes);
    this.#length += bytes.length;
  }
}

interface Heard {
  readonly state: StepState;
  readonly output: readonly OutputLine[];
}

/** Something that a session said it cannot do, in words of the catalogue. */
export class StepFailure extends Error {
  override name = "StepFailure";
  readonly code: string;
  readonly remedy: string | undefined;

  constructor({
    code,
    message,
    remedy,
  }: {
    readonly code: string;
    readonly message: string;
    readonly remedy?: string | undefined;
  }) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}

/** What an error of a session says to a person: that of a channel may be of another class. */
export function saidBy(error: unknown): {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
} {
  const { code, remedy } = (error ?? {}) as Partial<StepFailure>;
  return {
    code: typeof code === "string" ? code : "",
    message: error instanceof Error ? error.message : String(error),
    ...(typeof remedy === "string" ? { remedy } : {}),
  };
}

function withLines(
  before: readonly OutputLine[],
  from: number,
  lines: readonly OutputLine[],
): readonly OutputLine[] {
  return [...before.slice(0, from), ...lines];
}
