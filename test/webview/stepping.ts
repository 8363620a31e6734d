/** A real session, compiled and run as the extension does it, behind a stepper's page. Needs dist/, as `npm run build` makes it. */
import path from "node:path";
import { createCompilerClient, type CompilerClient } from "../../src/compiler/client.ts";
import { NativeStepChannel } from "../../src/engine/native/stepped/channel.ts";
import { StepSession } from "../../src/engine/stepping/step-session.ts";
import { STEP_PROTOCOL, type StepRequest } from "../../src/protocol/step.ts";
import type { StepperPage } from "./stepper-page.ts";

const root = path.resolve(import.meta.dirname, "../..");
const runnerPath = path.join(root, "dist/runner.mjs");

export class Stepping implements AsyncDisposable {
  readonly #compiler: CompilerClient = createCompilerClient();
  readonly #held: Disposable[] = [];

  /** Begins a program of this text. Its file is called `title`. */
  async begin(
    title: string,
    text: string,
    more: Pick<Extract<StepRequest, { kind: "begin" }>, "schedule" | "trace"> = {},
  ): Promise<StepSession> {
    const file = path.join(root, "examples", title);
    const compilation = await this.#compiler.compile(file, { [file]: text }, undefined, "debug");
    if (!compilation.ok) throw new Error(JSON.stringify(compilation.diagnostics));
    const { program } = compilation;
    const session = await StepSession.begin(
      { id: "s1", program: `file://${file}`, title, compiled: program },
      new NativeStepChannel({ runnerPath }),
      {
        kind: "begin",
        protocol: STEP_PROTOCOL,
        program,
        argv: [],
        memoryLimitBytes: 2 ** 30,
        ...more,
      },
    );
    this.#held.push(session.hold());
    return session;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const held of this.#held) held[Symbol.dispose]();
    await this.#compiler.dispose();
  }
}

/** Shows a session in a page, as the extension's view does. */
export async function show(session: StepSession, page: StepperPage): Promise<void> {
  page.onAsk = (request) => session.ask(request);
  const { title } = session.plan;
  const notes = session.begun.problems.map(({ code, message }) => `${code}: ${message}`);
  // One after another, in the order in which they were told.
  let sending = page.begin(title, notes);
  const { state, output } = session;
  const tell = (event: Parameters<StepperPage["tell"]>[0]): void => {
    sending = sending.then(() => page.tell(event)).catch(() => undefined);
  };
  tell({ kind: "moment", state });
  tell({ kind: "output", from: 0, lines: output });
  if (session.trace.length > 0) tell({ kind: "trace", offset: 0, bytes: session.trace });
  session.told.add(tell);
  await page.painted(session.state.revision);
}
