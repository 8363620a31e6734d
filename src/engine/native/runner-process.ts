/** Starts a runner: a process of our own, whatever the host was started with. */
import { type ChildProcess, fork } from "node:child_process";

export interface RunnerOptions {
  /** The runner's bundle, `dist/runner.mjs`; its workers' lie beside it. */
  readonly runnerPath: string;
  /** What traces say they were made with. */
  readonly version?: string;
  /** The JavaScript heap of one worker. */
  readonly workerHeapMb?: number;
}

export interface RunnerProcess {
  readonly child: ChildProcess;
  /** How it ended, in words, from what it was told and what it said last. */
  reasonOf(code: number | null, signal: string | null): string;
  /** It says why it is about to end. */
  said(words: string): void;
}

export function startRunner({
  runnerPath,
  version = "0.0.0",
  workerHeapMb = 1024,
}: RunnerOptions): RunnerProcess {
  const child = fork(runnerPath, [], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    // The runner is our own: what the host was started with (a debugger, loaders) is none of its business.
    execArgv: [],
    env: {
      ...withoutHostSettings(process.env),
      THREADLOOM_VERSION: version,
      THREADLOOM_WORKER_HEAP_MB: String(workerHeapMb),
    },
  });
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
  child.on("error", (error) => (said = error.message));
  return {
    child,
    said: (words) => (said = words),
    reasonOf(code, signal) {
      const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
      const heap = /heap out of memory/.test(said) ? "out of memory, " : "";
      const last = said.trim().split("\n")[0] ?? "";
      return `${heap}${how}${last === "" || heap !== "" ? "" : `, having said: ${last}`}`;
    },
  };
}

/** The environment without what would make the runner an Electron window or hook something into it. */
function withoutHostSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([key]) => !/^(NODE_OPTIONS|NODE_V8_COVERAGE|VSCODE_)/.test(key),
  );
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: "1" };
}
