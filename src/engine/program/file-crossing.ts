/**
 * What goes along with a function that may `import()` an own file: the exported variables of that file, and of all that it leads
 * to, where they are evaluated. The thread that gets it takes these files for evaluated, with what was captured, and
 * evaluates the others by itself when it comes to import them. So a lock that such a file exports is one lock for all threads, and no
 * top-level code runs again that has run further up.
 *
 * It crosses as a function of the file's, made by a literal that no text has (`FILE`).
 */
import type { CompiledModule } from "../../protocol/program.ts";
import type { Box } from "../../protocol/emitted.ts";
import type { Evaluation } from "../../std/tasks/importing.ts";

export const FILE = -1;

export interface CrossingFile {
  readonly boxes: Record<string, Box>;
  readonly evaluation: Evaluation;
  readonly compiled: CompiledModule;
}

/** In the environment of functions, it stands for the file; never called. */
export type FileToken = () => void;

export class FileCrossing<File extends CrossingFile> {
  readonly #files = new Map<FileToken, File>();
  readonly #tokens = new Map<File, FileToken>();
  /** The files within reach of one, in an order that is the same in all threads. */
  readonly #reach: (from: File) => readonly File[];

  constructor(reach: (from: File) => readonly File[]) {
    this.#reach = reach;
  }

  token(file: File): FileToken {
    let token = this.#tokens.get(file);
    if (token === undefined) {
      token = () => undefined;
      this.#tokens.set(file, token);
      this.#files.set(token, file);
    }
    return token;
  }

  /** The file that a function stands for. */
  fileOf(value: Function): File | undefined {
    return this.#files.get(value as FileToken);
  }

  /** Of each file within reach whether it was begun, and if so its exported variables; and what all of that is called. */
  departing(from: File): { readonly environment: unknown[]; readonly names: string[] } {
    const environment: unknown[] = [];
    const names: string[] = [];
    for (const file of this.#reach(from)) {
      const { compiled, boxes, evaluation } = file;
      environment.push(!evaluation.isNew);
      names.push(`is evaluated: ${compiled.id}`);
      if (evaluation.isNew) continue;
      for (const name of compiled.exports) {
        environment.push(boxes[name]);
        names.push(name);
      }
    }
    return { environment, names };
  }

  /** A file's token, made of what another thread's has sent. What this thread has evaluated by itself stays as it is. */
  arriving(from: File, environment: readonly unknown[]): FileToken {
    let at = 0;
    for (const { compiled, boxes, evaluation } of this.#reach(from)) {
      if (environment[at++] !== true) continue;
      const takes = evaluation.isNew;
      for (const name of compiled.exports) {
        const box = environment[at++];
        if (takes) boxes[name] = box as Box;
      }
      if (!takes) continue;
      evaluation.begin();
      evaluation.end();
    }
    return this.token(from);
  }
}
