/**
 * Entry of the runner: a process of its own, kept warm by its host, that runs one program after another. It ends with the
 * channel to its host, however that goes: nothing is ever left behind.
 */
import { availableParallelism } from "node:os";
import { RUN_PROTOCOL, type FromRunner, type ToRunner } from "../../protocol/run.ts";
import type { FromProcess } from "../../protocol/process.ts";
import { Exploration } from "./explored/exploration.ts";
import { ModelledRun } from "./modelled/modelled-run.ts";
import { NativeRun } from "./run.ts";
import { SteppedSession } from "./stepped/session.ts";
import { WorkerPool } from "./worker-pool.ts";

/** Workers kept ready: main and two more, which is what most programs begin with. */
const WARM_WORKERS = 3;

const tool = `threadloom ${process.env["THREADLOOM_VERSION"] ?? "0.0.0"}`;
const heapLimitMb = Number(process.env["THREADLOOM_WORKER_HEAP_MB"] ?? 1024);
/** Each is made when it is first wanted. A modelled run takes one worker, as exploring does: then the next is kept ready. */
let threadPool: WorkerPool | undefined;
let greenPool: WorkerPool | undefined;
let modelPool: WorkerPool | undefined;
let explorerPool: WorkerPool | undefined;
let current: NativeRun | ModelledRun | Exploration | undefined;
let stepped: SteppedSession | undefined;

function send(message: FromRunner): void {
  process.send?.(message);
}

const poolOf = (script: string, size: number): WorkerPool =>
  new WorkerPool(new URL(script, import.meta.url), size, heapLimitMb);
const threadWorkers = (): WorkerPool => (threadPool ??= poolOf("./worker.mjs", WARM_WORKERS));
const greenWorkers = (): WorkerPool => (greenPool ??= poolOf("./green.mjs", 2));
const modelWorkers = (): WorkerPool => (modelPool ??= poolOf("./model.mjs", 1));
const explorers = (): WorkerPool => (explorerPool ??= poolOf("./explore.mjs", 1));

function refuseSecond(): void {
  if (current === undefined) return;
  send({ type: "fatal", message: "a run was asked for while another one is under way" });
  process.exit(1);
}

function run(message: Extract<ToRunner, { type: "run" }>): void {
  refuseSecond();
  const { run: id, program, options, process: start } = message;
  process.chdir(options.cwd);
  // An order that is given is followed one thread at a time: of a program that can be suspended, by the model.
  const isModel =
    program.form === "model" || (program.form === "green" && options.control !== undefined);
  const isGreen = program.form === "green";
  const workers = isModel ? modelWorkers() : isGreen ? greenWorkers() : threadWorkers();
  const over = (): void => {
    current = undefined;
    workers.fill();
  };
  const parts = { id, program, options, pool: workers, tool, send, over };
  current = isModel
    ? new ModelledRun(parts)
    : new NativeRun({
        ...{ ...parts, cores: availableParallelism() },
        ...(start === undefined ? {} : { process: { start, say: sayProcess, leave } }),
      });
}

/** Ends this process once that is said. */
function leave(said: FromProcess, code: number): void {
  const last: FromRunner = { type: "process", said };
  process.send?.(last, () => process.exit(code));
}

const sayProcess = (said: FromProcess): void => send({ type: "process", said });

function explore(message: Extract<ToRunner, { type: "explore" }>): void {
  refuseSecond();
  process.chdir(message.limits.cwd);
  const pool = explorers();
  const over = (): void => {
    current = undefined;
  };
  current = new Exploration({ ...message, pool, send, over });
  // Most programs are explored in less time than a worker takes to start.
  pool.fill();
}

process.on("message", (message: ToRunner) => {
  switch (message.type) {
    case "hello":
      if (message.protocol === RUN_PROTOCOL) {
        if (message.warm === "explorer") explorers();
        else threadWorkers();
        send({ type: "ready", protocol: RUN_PROTOCOL, pid: process.pid });
      } else {
        send({
          type: "fatal",
          message: `the host speaks protocol ${message.protocol}, not ${RUN_PROTOCOL}`,
        });
        process.exit(1);
      }
      return;
    case "run":
      run(message);
      return;
    case "step":
      stepped ??= new SteppedSession(modelWorkers(), threadWorkers(), tool, send);
      stepped.take(message.id, message.request);
      return;
    case "explore":
      explore(message);
      return;
    case "stop-exploring":
      if (current instanceof Exploration && current.id === message.exploring) current.stop();
      return;
    case "process":
      if (current instanceof NativeRun) current.hearParent(message.said);
      return;
    case "shutdown":
      process.exit(0);
  }
});

process.on("disconnect", () => process.exit(0));
process.on("uncaughtException", (error) => {
  send({ type: "fatal", message: error.stack ?? error.message });
  process.exit(1);
});
