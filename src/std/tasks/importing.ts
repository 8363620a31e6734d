/**
 * `import()` of the person's own files: a task that evaluates what is not evaluated yet in this thread (ECMA-262, 16.2.1.6), and
 * comes to the file's namespace. It begins in a job of its own: whoever imports goes on first, as loading takes a while.
 *
 * Differs from the specification in that files which await at their top level are evaluated one after another, never beside
 * each other: the same in every run.
 */
import { makePromise, resolvePromise, type TaskPromise } from "./promise.ts";
import { type Body, runTask } from "./task.ts";

/** How far a file has come in this thread. */
const Progress = { NEW: 0, BEGUN: 1, DONE: 2, FAILED: 3 } as const;
type Progress = (typeof Progress)[keyof typeof Progress];

export class Evaluation {
  #progress: Progress = Progress.NEW;
  #error: unknown;
  #changed: TaskPromise<void> | undefined;

  get isNew(): boolean {
    return this.#progress === Progress.NEW;
  }

  /** Its top-level code has begun, and has come neither to its end nor to an exception. */
  get isPending(): boolean {
    return this.#progress === Progress.BEGUN;
  }

  /** Throws what its top-level code has thrown. */
  throwIfFailed(): void {
    if (this.#progress === Progress.FAILED) throw this.#error;
  }

  begin(): void {
    this.#progress = Progress.BEGUN;
  }

  end(): void {
    this.#become(Progress.DONE);
  }

  fail(error: unknown): void {
    this.#error = error;
    this.#become(Progress.FAILED);
  }

  /** As before it was begun. */
  reset(): void {
    this.#progress = Progress.NEW;
    this.#error = undefined;
    this.#changed = undefined;
  }

  /** A promise of its being pending no longer. */
  changed(): TaskPromise<void> {
    return (this.#changed ??= makePromise<void>());
  }

  #become(progress: Progress): void {
    this.#progress = progress;
    const changed = this.#changed;
    this.#changed = undefined;
    if (changed !== undefined) resolvePromise(changed, undefined);
  }
}

/** An own file, in one thread. */
export interface OwnFile {
  readonly evaluation: Evaluation;
  /** Its top-level code. Gives a promise where it awaits. */
  readonly main: () => unknown;
  /** Itself, after what it imports statically: in the order of evaluation. */
  inOrder(): readonly OwnFile[];
  /** What the world has to load for it: a promise where that takes waiting. Throws where it cannot be had. */
  loading(): unknown;
  /** From here on its code finds what was loaded. */
  loaded(): void;
  asNamespace(): object;
}

export function importFile(file: OwnFile): TaskPromise<object> {
  return runTask(importing(file), "import");
}

function* importing(file: OwnFile): Body<object> {
  yield undefined;
  while (file.evaluation.isPending) yield file.evaluation.changed();
  for (const one of file.inOrder()) {
    const { evaluation, main } = one;
    while (evaluation.isPending) yield evaluation.changed();
    evaluation.throwIfFailed();
    if (!evaluation.isNew) continue;
    evaluation.begin();
    try {
      const loading = one.loading();
      if (loading !== undefined) yield loading;
      one.loaded();
      const done = main();
      if (done !== undefined) yield done;
    } catch (error) {
      evaluation.fail(error);
      throw error;
    }
    evaluation.end();
  }
  return file.asNamespace();
}
