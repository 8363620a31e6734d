/**
 * Where a test's thread asks, and waits for the answer without giving its thread away: `explore` is synchronous, and compiling and
 * exploring are not. A worker thread does both; this blocks on a word of shared memory, and takes the answer from a port.
 *
 * One worker for a process, or for a worker thread of a runner's: Jest loads modules anew for each test file, so that a variable
 * here would start a worker for each. What all of them have in common are Node's own modules; the worker hangs on one of these.
 * It is unref'd, and ends with the thread that started it; so does the process that it explores in.
 */
import { fileURLToPath } from "node:url";
import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from "node:worker_threads";
import { tell } from "../base/catalogue/message.ts";
import { TESTING_MESSAGES } from "../base/catalogue/testing.ts";
import {
  ANSWERS,
  type AnswerTo,
  type DeskAnswer,
  type DeskData,
  type DeskRequest,
  DeskWord,
} from "./desk-messages.ts";
import { SetUpError } from "./set-up-error.ts";

interface Desk {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly words: Int32Array;
}

/** How long a worker may take to begin, and how often it is looked after while it works. Milliseconds. */
const START_LIMIT_MS = 60_000;
const ROUND_MS = 1000;

/** The file of the worker: two versions of the package have one each. */
function workerFile(): string {
  const name = import.meta.url.endsWith(".ts") ? "./desk-worker.ts" : "./testing-desk.mjs";
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Asks, and blocks until there is an answer. Throws where none comes. */
export function ask<Type extends DeskRequest["type"]>(
  request: DeskRequest & { readonly type: Type },
): AnswerTo<Type> {
  const answer = answerTo(request);
  if (answer.type === ANSWERS[request.type]) return answer as AnswerTo<Type>;
  throw unanswered(answer.type === "failed" ? answer.reason : "it answered something else");
}

function answerTo(request: DeskRequest): DeskAnswer {
  const { port, words } = deskOfProcess();
  const answered = Atomics.load(words, DeskWord.ANSWERED);
  port.postMessage(JSON.stringify(request));
  const began = Date.now();
  for (;;) {
    const received: { readonly message?: unknown } | undefined = receiveMessageOnPort(port);
    if (received !== undefined) return JSON.parse(String(received.message)) as DeskAnswer;
    if (Atomics.load(words, DeskWord.GONE) !== 0) throw unanswered("its thread has ended");
    if (Atomics.load(words, DeskWord.READY) === 0 && Date.now() - began > START_LIMIT_MS) {
      throw unanswered(`it did not start within ${START_LIMIT_MS / 1000} s`);
    }
    Atomics.wait(words, DeskWord.ANSWERED, answered, ROUND_MS);
  }
}

function deskOfProcess(): Desk {
  const file = workerFile();
  const place = Symbol.for(`threadloom.testing ${file}`);
  const shared = Worker as unknown as { [place: symbol]: Desk | undefined };
  const known = shared[place];
  if (known !== undefined && Atomics.load(known.words, DeskWord.GONE) === 0) return known;
  return (shared[place] = startDesk(file));
}

function startDesk(file: string): Desk {
  const { port1, port2 } = new MessageChannel();
  const words = new Int32Array(new SharedArrayBuffer(4 * DeskWord.COUNT));
  const workerData: DeskData = { port: port2, words };
  const worker = new Worker(file, {
    workerData,
    transferList: [port2],
    // What the runner was started with (loaders, a debugger, coverage) is none of its business.
    execArgv: [],
    name: "threadloom-testing",
  });
  worker.unref();
  port1.unref();
  // It says in its own words that it has ended. Without a listener an error would end the test's process; this one may outlive
  // the realm in which it was made, and so uses nothing of it.
  worker.on("error", () => undefined);
  return { worker, port: port1, words };
}

function unanswered(reason: string): Error {
  return new SetUpError(tell(TESTING_MESSAGES.unanswered, { reason }));
}
