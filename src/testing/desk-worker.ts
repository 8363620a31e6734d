/**
 * Entry of the worker that explores for a test's thread (`dist/testing-desk.mjs`). It keeps a compiler and an explorer's process
 * warm for as long as the tests run; whoever asked is blocked meanwhile, so each request has an answer, whatever happens.
 */
import { workerData } from "node:worker_threads";
import { type DeskAnswer, type DeskData, type DeskRequest, DeskWord } from "./desk-messages.ts";
import { DeskService } from "./desk-service.ts";

const { port, words } = workerData as DeskData;
const service = new DeskService();

process.on("exit", () => {
  Atomics.store(words, DeskWord.GONE, 1);
  Atomics.notify(words, DeskWord.ANSWERED);
});

async function serve(request: DeskRequest): Promise<DeskAnswer> {
  try {
    return await service.serve(request);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { type: "failed", reason };
  }
}

// Requests come one after another: who asks waits.
port.on("message", (text: string) => {
  void serve(JSON.parse(text) as DeskRequest).then((answer) => {
    port.postMessage(JSON.stringify(answer));
    Atomics.add(words, DeskWord.ANSWERED, 1);
    Atomics.notify(words, DeskWord.ANSWERED);
  });
});
Atomics.store(words, DeskWord.READY, 1);
