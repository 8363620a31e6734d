/**
 * Entry of the runner: a process of its own, kept warm by its host, that runs one program after another. It ends with the
 * channel to its host, however that goes: nothing is ever left behind.
 */
import { availableParallelism } from "node:os";
import { RUN_PROTOCOL, type FromRunner, type ToRunner } from "../../protocol/run.ts";
import { ModelledRun } from "./modelled/modelled-run.ts";
import { NativeRun } from "./run.ts";
import { SteppedSession } from "./stepped/session.ts";
import { WorkerPool } from "./worker-pool.ts";

/** Workers kept ready: main and two more, which is what most programs begin with. */
const WARM_WORKERS = 3;

const tool = `threadloom ${process.env["THREADLOOM_VERSION"] ?? "0.0.0"}`;
const heapLimitMb = Number(process.env["THREADLOOM_WORKER_HEAP_MB"] ?? 1024);
const pool = new WorkerPool(new URL("./worker.mjs", import.meta.url), WARM_WORKERS, heapLimitMb);
/** A modelled run takes one worker: the next one is kept ready once somebody has asked for the first. */
let modelPool: WorkerPool | undefined;
let current: NativeRun | ModelledRun | undefined;
let stepped: SteppedSession | undefined;

function send(message: FromRunner): void {
  process.send?.(message);
}

const modelWorkers = (): WorkerPool =>
  (modelPool ??= new WorkerPool(new URL("./model.mjs", import.meta.url), 1, heapLimitMb));

function run(message: Extract<ToRunner, { type: "run" }>): void {
  if (current !== undefined) {
    send({ type: "fatal", message: "a run was asked for while another one is under way" });
    process.exit(1);
  }
  const { run: id, program, options } = message;
  process.chdir(options.cwd);
  const isModel = program.form === "model";
  const workers = isModel ? modelWorkers() : pool;
  const over = (): void => {
    current = undefined;
    workers.fill();
  };
  const parts = { id, program, options, pool: workers, tool, send, over };
  current = isModel
    ? new ModelledRun(parts)
    : new NativeRun({ ...parts, cores: availableParallelism() });
}

process.on("message", (message: ToRunner) => {
  switch (message.type) {
    case "hello":
      if (message.protocol === RUN_PROTOCOL) {
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
      stepped ??= new SteppedSession(modelWorkers(), pool, tool, send);
      stepped.take(message.id, message.request);
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
