/**
 * Checks programs, several at a time if that is asked for, and tells of each in the order in which they stand. While one is
 * explored the next is compiled. Every process and worker is gone when this returns, however it returns.
 */
import { createCompilerClient } from "../../compiler/client.ts";
import type { SearchRequest } from "../../explore/explore-options.ts";
import type { ExploreOptions, ExploreProgress } from "../../protocol/explore.ts";
import type { KeptParts } from "../../protocol/result-file.ts";
import type { Compilation } from "../../protocol/program.ts";
import type { Complaint } from "../complaint.ts";
import { runnerPath } from "../../engine/native/runner-path.ts";
import { type CheckedProgram, checkProgram } from "./check-program.ts";
import type { Checked } from "../../explore/checked.ts";
import { ExplorerPool } from "./explorer-pool.ts";

export interface CheckAllRequest {
  readonly files: readonly string[];
  readonly search: SearchRequest;
  readonly jobs: number;
  readonly memoryLimitBytes: number;
}

export interface CheckWatcher {
  compiling(file: string): void;
  exploring(file: string, progress: ExploreProgress): void;
  warn(complaint: Complaint): void;
  known(file: string, hash: string, options: ExploreOptions): Checked | undefined;
  partsOf(file: string, hash: string, options: ExploreOptions): KeptParts | undefined;
  keepParts(checked: Checked, options: ExploreOptions, parts: KeptParts): void;
  checked(program: CheckedProgram): void;
}

export async function checkAll(
  request: CheckAllRequest,
  watcher: CheckWatcher,
  signal: AbortSignal,
): Promise<void> {
  const { files, search, jobs, memoryLimitBytes } = request;
  const compiler = createCompilerClient();
  // The heap is a part of the memory: what is watched is all of it.
  const workerHeapMb = Math.round(memoryLimitBytes / (1 << 20));
  const options = { runnerPath: runnerPath(), memoryLimitBytes, workerHeapMb };
  // Explorers that no program of its own is left for help with the parts of others.
  using pool = new ExplorerPool(jobs, Math.min(jobs, files.length), options);
  const compilations = new Map<number, Promise<Compilation>>();
  const compile = (index: number): Promise<Compilation> => {
    const begun = compilations.get(index);
    if (begun !== undefined) return begun;
    const compiling = compiler.compile(files[index], {}, signal, "model");
    // Whoever takes it hears of its failure; nobody may come to take it.
    compiling.catch(() => undefined);
    compilations.set(index, compiling);
    return compiling;
  };
  const inOrder = new InOrder<CheckedProgram>((program) => watcher.checked(program));
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < files.length && !signal.aborted) {
      const index = next++;
      const file = files[index];
      watcher.compiling(file);
      const compiling = compile(index);
      const ahead = () => (next < files.length ? void compile(next) : undefined);
      void compiling.then(ahead, ahead);
      const checked = await checkProgram({
        ...{ file, search, compiling, pool, signal },
        tell: (progress) => watcher.exploring(file, progress),
        warn: (complaint) => watcher.warn(complaint),
        known: (...asked) => watcher.known(...asked),
        partsOf: (...asked) => watcher.partsOf(...asked),
        keepParts: (...kept) => watcher.keepParts(...kept),
      });
      compilations.delete(index);
      inOrder.put(index, checked);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(jobs, files.length) }, work));
  } finally {
    await compiler.dispose();
  }
}

/** Hands on what comes in any order by its numbers, from 0; what is undefined is passed over. */
class InOrder<T> {
  readonly #take: (value: T) => void;
  readonly #waiting = new Map<number, T | undefined>();
  #next = 0;

  constructor(take: (value: T) => void) {
    this.#take = take;
  }

  put(index: number, value: T | undefined): void {
    this.#waiting.set(index, value);
    while (this.#waiting.has(this.#next)) {
      const next = this.#waiting.get(this.#next);
      this.#waiting.delete(this.#next++);
      if (next !== undefined) this.#take(next);
    }
  }
}
