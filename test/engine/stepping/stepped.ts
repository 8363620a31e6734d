/** Step sessions in real workers, for tests: a program's text, and requests by their names. */
import { after } from "node:test";
import path from "node:path";
import type { ThreadId } from "../../../src/base/brand.ts";
import { NativeStepChannel } from "../../../src/engine/native/stepped/channel.ts";
import { StepRefused } from "../../../src/engine/stepping/requests.ts";
import type {
  BreakpointState,
  Going,
  Frame,
  Happened,
  ScopeRow,
  StepEvent,
  StepRequest,
  StepState,
  Stopped,
  StepThread,
  Value,
} from "../../../src/protocol/step.ts";
import { STEP_PROTOCOL } from "../../../src/protocol/step.ts";
import { compiled, type Texts } from "../../compiler/fixture.ts";

const RUNNER = path.resolve(import.meta.dirname, "../../../dist/runner.mjs");
const MAIN_FILE = path.resolve(import.meta.dirname, "../../compiler/nowhere/main.ts");

type Beginning = Extract<StepRequest, { kind: "begin" }>;

interface How {
  readonly schedule?: string;
  readonly trace?: Uint8Array;
  /** The model engine's, or real threads'. */
  readonly form?: "debug" | "native";
}

export class Stepped {
  readonly channel = new NativeStepChannel({ runnerPath: RUNNER });
  readonly events: StepEvent[] = [];
  state!: StepState;
  readonly file = MAIN_FILE;

  private constructor() {
    after(() => this.channel.dispose());
    this.channel.onEvent((event) => {
      this.events.push(event);
      if (event.kind === "moment") this.state = event.state;
    });
  }

  /** A session of a program, which stands before its first step; `std` names are imported for it by line 1. */
  static async of(
    text: string | Texts,
    { form = "debug", ...follows }: How = {},
  ): Promise<Stepped> {
    const whole = typeof text === "string" ? `// @threadloom\n${text}` : text;
    return Stepped.begun({ program: compiled(whole, form), ...follows });
  }

  static async begun(
    what: Pick<Beginning, "program" | "native" | "schedule" | "trace">,
  ): Promise<Stepped> {
    const stepped = new Stepped();
    await stepped.ask({
      kind: "begin",
      protocol: STEP_PROTOCOL,
      ...what,
      argv: [],
      memoryLimitBytes: 1 << 28,
    });
    return stepped;
  }

  ask<T>(request: StepRequest): Promise<T> {
    return this.channel.request(request) as Promise<T>;
  }

  /** The code and message of a refusal. */
  async refusal(request: StepRequest): Promise<string> {
    try {
      await this.ask(request);
    } catch (error) {
      if (error instanceof StepRefused) return `${error.code} ${error.message}`;
      throw error;
    }
    throw new Error(`${request.kind} was not refused`);
  }

  go(how: Going): Promise<Stopped> {
    return this.ask({ kind: "go", how });
  }

  continue(): Promise<Stopped> {
    return this.go({ kind: "continue" });
  }

  /** One operation of a thread. */
  step(name: string, timesOut = false): Promise<Stopped> {
    return this.go({ kind: "operation", thread: this.thread(name).id, timesOut });
  }

  statement(
    kind: "over" | "into" | "out",
    name: string,
    others: "running" | "frozen" = "running",
  ): Promise<Stopped> {
    return this.go({ kind, thread: this.thread(name).id, others });
  }

  back(name: string, to: "statement" | "breakpoint" | "race" = "statement"): Promise<boolean> {
    return this.ask({ kind: "back", thread: this.thread(name).id, to });
  }

  breakAt(
    ...lines: (number | { line: number; condition?: string; hits?: number; log?: string })[]
  ) {
    return this.ask<BreakpointState[]>({
      kind: "breakpoints",
      lines: lines.map((one) => ({
        file: this.file,
        ...(typeof one === "number" ? { line: one } : one),
      })),
      events: [],
    });
  }

  thread(name: string): StepThread {
    const found = this.state.threads.find((one) => one.name === name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  }

  /** "worker-1:7" */
  get lines(): readonly string[] {
    return this.state.threads.map(({ name, place, state }) =>
      state === "ended" ? `${name}:ended` : `${name}:${place?.line ?? "-"}`,
    );
  }

  frames(name: string): Promise<Frame[]> {
    return this.ask({ kind: "frames", thread: this.thread(name).id });
  }

  scopes(name: string, frame = 0): Promise<ScopeRow[]> {
    return this.ask({ kind: "scopes", thread: this.thread(name).id, frame });
  }

  /** A scope's variables: "n = 3". */
  async variables(name: string, kind: ScopeRow["kind"], frame = 0): Promise<string[]> {
    const scope = (await this.scopes(name, frame)).find((one) => one.kind === kind);
    if (scope === undefined) return [];
    const values = await this.ask<Value[]>({ kind: "children", of: scope.reference });
    return values.map((value) => `${value.name} = ${value.text}`);
  }

  async evaluate(expression: string, name: string, frame = 0): Promise<string> {
    const thread: ThreadId = this.thread(name).id;
    const { text } = await this.ask<Value>({ kind: "evaluate", expression, thread, frame });
    return text;
  }

  /** What happened on the way here, in words. */
  async history(): Promise<string[]> {
    const way = await this.ask<Happened[]>({ kind: "history", to: this.state.moment });
    return way.map(({ thread, text }) => `${this.state.threads[thread].name} ${text}`);
  }

  get object(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.state.objects.map(({ name, text }) => [name, text]));
  }
}
