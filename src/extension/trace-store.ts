/**
 * Where recordings lie: one `.tltrace` a run, and beside it a small file with what the timeline's panel needs to come
 * back after the window was reloaded. Old ones are deleted, never one that is shown. `trace-store` is the only part of
 * the extension that writes to VS Code's storage.
 */
import type { Folder } from "./folder.ts";
import { readStored, type StoredRun } from "./stored-run.ts";

const RECORDING = ".tltrace";
const FACTS = ".json";

export class TraceStore {
  readonly #folder: Folder;
  readonly #inUse = new Map<string, number>();

  /** `folder` need not exist yet. */
  constructor(folder: Folder) {
    this.#folder = folder;
  }

  /** An id that no run has had: they sort by time. */
  newId(now: Date, random: number): string {
    const stamp = now.toISOString().replace(/\D/g, "");
    return `${stamp}-${Math.floor(random * 36 ** 4)
      .toString(36)
      .padStart(4, "0")}`;
  }

  async ready(): Promise<void> {
    await this.#folder.create();
  }

  pathOf(id: string): string {
    return this.#folder.pathOf(id + RECORDING);
  }

  async keep(id: string, facts: Omit<StoredRun, "version" | "id">): Promise<void> {
    const stored: StoredRun = { version: 1, id, ...facts };
    await this.#folder.writeText(id + FACTS, JSON.stringify(stored));
  }

  /** Undefined where it is gone, or not to be understood. */
  async find(id: string): Promise<StoredRun | undefined> {
    if (!isId(id)) return undefined;
    try {
      const text = await this.#folder.readText(id + FACTS);
      const stored = readStored(JSON.parse(text), id);
      if (!stored) return undefined;
      if (stored.state.bytes === 0) return stored;
      // A recording whose facts were written may have been cut short since.
      const size = await this.#folder.size(id + RECORDING);
      return { ...stored, state: { ...stored.state, bytes: Math.min(size, stored.state.bytes) } };
    } catch {
      // Deleted by a clean-up, by hand, or half-written when the machine stopped: gone in all cases.
      return undefined;
    }
  }

  /** The id of the newest run of each program, without those of comparisons. Reads the facts of all runs: no more than are kept. */
  async lastRuns(): Promise<Map<string, string>> {
    const facts = (await this.#names()).filter((name) => name.endsWith(FACTS));
    const ids = facts.flatMap((name) => idOf(name) ?? []).sort();
    const runs = await Promise.all(ids.map((id) => this.find(id)));
    return new Map(
      runs.flatMap((run) => (run && run.compared !== true ? [[run.program, run.id]] : [])),
    );
  }

  /** Until the answer is disposed, the recording is not deleted. */
  use(id: string): Disposable {
    this.#inUse.set(id, (this.#inUse.get(id) ?? 0) + 1);
    let done = false;
    return {
      [Symbol.dispose]: () => {
        if (done) return;
        done = true;
        const left = this.#inUse.get(id)! - 1;
        if (left === 0) this.#inUse.delete(id);
        else this.#inUse.set(id, left);
      },
    };
  }

  /** Deletes all but the newest `keep` and those in use or named in `spare`. */
  async cleanUp(keep: number, spare: ReadonlySet<string> = new Set()): Promise<void> {
    const names = await this.#names();
    const gone = superfluous(names, keep, (id) => this.#inUse.has(id) || spare.has(id));
    await Promise.all(gone.map((name) => this.#folder.remove(name)));
  }

  async #names(): Promise<string[]> {
    try {
      return await this.#folder.names();
    } catch {
      return []; // there is no folder before the first run
    }
  }
}

/** Which files of the store to delete: those of all runs but the newest `keep` and those in use. */
export function superfluous(
  names: readonly string[],
  keep: number,
  inUse: (id: string) => boolean,
): string[] {
  const ids = [...new Set(names.map(idOf).filter((id) => id !== undefined))].sort();
  const old = new Set(ids.slice(0, Math.max(0, ids.length - keep)).filter((id) => !inUse(id)));
  return names.filter((name) => {
    const id = idOf(name);
    return id !== undefined && old.has(id);
  });
}

function idOf(name: string): string | undefined {
  const extension = [RECORDING, FACTS].find((one) => name.endsWith(one));
  const id = name.slice(0, name.length - (extension?.length ?? 0));
  return extension !== undefined && isId(id) ? id : undefined;
}

function isId(text: string): boolean {
  return /^\d{17}-[0-9a-z]{4}$/.test(text);
}
