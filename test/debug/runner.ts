// A debugger's client before the real thing: the compiler, a runner process, and in it the step session of a program.
import path from "node:path";
import { type CompilerClient, createCompilerClient } from "../../src/compiler/client.ts";
import type { Launch } from "../../src/debug/launch.ts";
import type { DebugHost, Opening } from "../../src/debug/stepped-program.ts";
import { NativeStepChannel } from "../../src/engine/native/stepped/channel.ts";
import { StepSession } from "../../src/engine/stepping/step-session.ts";
import { playedAs } from "../../src/protocol/execution-model.ts";
import { STEP_PROTOCOL } from "../../src/protocol/step.ts";
import { Client } from "./client.ts";

const root = path.join(import.meta.dirname, "../..");
export const FOLDER = path.join(root, "test/debug");
export const fileOf = (name: string): string => path.join(FOLDER, name).replaceAll("\\", "/");

/** Programs by their file's name, wherever the launch says that they are. */
export class RunnerDebugHost implements DebugHost {
  readonly channels: NativeStepChannel[] = [];
  readonly sessions: StepSession[] = [];
  readonly #compiler: CompilerClient;
  readonly #texts: Record<string, string>;

  constructor(compiler: CompilerClient, texts: Readonly<Record<string, string>>) {
    this.#compiler = compiler;
    this.#texts = { ...texts };
  }

  edit(name: string, text: string): void {
    this.#texts[name] = text;
  }

  async open({ program, args, options, schedule }: Launch): Promise<Opening> {
    const overlays = Object.fromEntries(
      Object.entries(this.#texts).map(([name, text]) => [fileOf(name), text]),
    );
    const compilation = await this.#compiler.compile(program, overlays, undefined, "debug");
    if (!compilation.ok) {
      return { ok: false, why: { kind: "compile", diagnostics: compilation.diagnostics } };
    }
    const compiled = playedAs(compilation.program, options);
    const channel = new NativeStepChannel({
      runnerPath: path.join(root, "dist/runner.mjs"),
    });
    this.channels.push(channel);
    const plan = { id: "step-1", program, title: path.basename(program), compiled };
    const session = await StepSession.begin(plan, channel, {
      ...{ kind: "begin", protocol: STEP_PROTOCOL, program: compiled, argv: args },
      memoryLimitBytes: 512 << 20,
      ...(schedule === undefined ? {} : { schedule }),
    });
    this.sessions.push(session);
    return { ok: true, session, held: session.hold(), joined: false };
  }
}

/** Clients of real sessions; whatever they leave is ended with `dispose`. */
export class Debuggers implements AsyncDisposable {
  readonly #compiler = createCompilerClient();
  readonly #clients: Client[] = [];

  open(texts: Readonly<Record<string, string>>): { client: Client; host: RunnerDebugHost } {
    const host = new RunnerDebugHost(this.#compiler, texts);
    const client = new Client(host);
    this.#clients.push(client);
    return { client, host };
  }

  /** A program that stands before its first step. */
  async launch(
    text: string,
    configuration: object = {},
    beforeReady?: (client: Client) => Promise<unknown>,
  ): Promise<{ client: Client; host: RunnerDebugHost; source: { path: string } }> {
    const { client, host } = this.open({ "program.ts": text });
    const program = fileOf("program.ts");
    const launch = { type: "threadloom", request: "launch", program, ...configuration };
    await client.launch(launch, async () => void (await beforeReady?.(client)));
    return { client, host, source: { path: program } };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) client[Symbol.dispose]();
    await this.#compiler.dispose();
  }
}
