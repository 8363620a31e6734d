/** The native engine's thread without a worker, for tests of `std` that need one thread only: nothing is recorded. */
import type { ThreadId } from "../../src/base/brand.ts";
import { thread as threadKind } from "../../src/objects/thread.ts";
import { RunWord } from "../../src/engine/native/layout.ts";
import { createRunBuffer, RunMemory } from "../../src/engine/native/memory.ts";
import { Recorder } from "../../src/engine/native/recorder.ts";
import { createObject, createSlot } from "../../src/engine/native/new-objects.ts";
import { NativeThread } from "../../src/engine/native/thread.ts";
import { Heap } from "../../src/engine/heap.ts";
import { Modules } from "../../src/engine/program/modules.ts";
import type { CompiledProgram } from "../../src/protocol/program.ts";
import { install } from "../../src/std/intrinsics.ts";

const PROGRAM: CompiledProgram = {
  entry: "test.ts",
  options: {},
  modules: [
    { id: "test.ts", code: "", map: "", externals: [], imports: [], exports: [], requests: [] },
  ],
  sites: [null],
  threads: [],
  finals: [],
  invariants: [],
  sources: [],
};

/** Installs a fresh run's main thread as the engine of this process. */
export function installOneThread(limitBytes = 1 << 28): { memory: RunMemory; usedWords(): number } {
  const memory = new RunMemory(createRunBuffer(limitBytes));
  const heap = new Heap(memory);
  memory.words[RunWord.NEXT_THREAD] = 1;
  memory.words[RunWord.RUNNING] = 1;
  const id = 0 as ThreadId;
  createSlot(memory, heap, id, createObject(memory, heap, threadKind, 0, 0, 0), -1);
  const recorder = new Recorder(memory, 0, id, 0);
  const parts = { memory, heap, recorder, program: PROGRAM, thread: id, cores: 2 };
  const thread = new NativeThread({ ...parts, post: () => undefined });
  const nowhere = (): never => {
    throw new Error("there are no modules here");
  };
  const host = {
    evaluate: () => () => undefined,
    loadLate: nowhere,
    external: nowhere,
    require: nowhere,
    import: nowhere,
    package: nowhere,
    urlOf: String,
  };
  thread.modules = new Modules(PROGRAM, host, thread.runtime, id);
  install(thread);
  return { memory, usedWords: () => memory.words[RunWord.TOP] };
}
