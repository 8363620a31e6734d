/**
 * Runs that stand still, for tools: opened in the form that can be looked into, let go on no longer than somebody is willing to
 * wait, and ended when whoever called gives up.
 */
import type { CompiledProgram } from "../protocol/program.ts";
import { type Going, STEP_PROTOCOL, type Stopped } from "../protocol/step.ts";
import { saidBy, StepSession } from "../engine/stepping/step-session.ts";
import { compiled } from "./compiling.ts";
import { Refused } from "./refusal.ts";
import type { Call } from "./tool.ts";
import type { AgentWorld } from "./world.ts";

export interface Follows {
  /** The text of a schedule. */
  readonly schedule?: string;
  /** The bytes of a recorded run. */
  readonly trace?: Uint8Array;
}

/** Begun at the program's beginning, or at the end of what it follows. Throws `Refused` where the session does. */
export async function openSession(
  file: string,
  id: string,
  follows: Follows,
  world: AgentWorld,
  call: Pick<Call, "signal">,
): Promise<StepSession> {
  const program = await compiled(file, "debug", world, call);
  // Where the model cannot follow, the session goes on on real threads, if the program can run there.
  const native = await world.compile(file, "native", call.signal);
  const channel = world.openStepping();
  const plan = { id, program: file, title: world.nearby(file), compiled: program };
  return given(call.signal, channel, () =>
    StepSession.begin(plan, channel, {
      kind: "begin",
      protocol: STEP_PROTOCOL,
      program,
      ...(native.ok ? { native: native.program } : {}),
      argv: [],
      memoryLimitBytes: world.memoryLimitBytes,
      ...follows,
    }),
  );
}

/** Lets it go on, for so many seconds at most: then it is paused where it is. */
export async function letGo(
  session: StepSession,
  how: Going,
  seconds: number,
  world: AgentWorld,
  { signal }: Pick<Call, "signal">,
): Promise<Stopped> {
  const pause = (): void => {
    // What it answers, and whether it could, is told by the `go` under way.
    session.ask({ kind: "pause" }).catch(() => undefined);
  };
  const stopWaiting = world.after(seconds * 1000, pause);
  signal.addEventListener("abort", pause, { once: true });
  try {
    return (await asked(session, { kind: "go", how })) as Stopped;
  } finally {
    stopWaiting();
    signal.removeEventListener("abort", pause);
    signal.throwIfAborted();
  }
}

/** Asks the session; what it refuses is refused in its words. */
export async function asked(
  session: StepSession,
  request: Parameters<StepSession["ask"]>[0],
): Promise<unknown> {
  try {
    return await session.ask(request);
  } catch (error) {
    throw new Refused(saidBy(error));
  }
}

/** Waits for `work`, which ends when `channel` does: at once when the call is given up. */
async function given<T>(
  signal: AbortSignal,
  channel: { dispose(): void },
  work: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const stop = (): void => channel.dispose();
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    throw new Refused(saidBy(error));
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Lines of a program's files, as they were when it was compiled. */
export function lineOf(program: CompiledProgram, file: string, line: number): string {
  const source = program.sources.find((one) => one.file === file);
  return source?.text.split(/\r?\n/)[line - 1]?.trim() ?? "";
}
