/**
 * Recordings in a browser: one that is being made grows in memory, and is written to VS Code's storage when it is whole, since
 * file systems there know no appending. The name of a recording is its URI's text.
 */
import * as vscode from "vscode";
import { uriOf } from "../documents.ts";
import type { Folder } from "../folder.ts";
import type { Recording } from "../recording.ts";

export class WebRecordings {
  readonly folder: Folder;
  readonly #growing = new Map<string, Uint8Array[]>();
  readonly #storage: vscode.Uri;

  constructor(storage: vscode.Uri) {
    this.#storage = storage;
    const at = (name: string) => vscode.Uri.joinPath(storage, name);
    const { fs } = vscode.workspace;
    this.folder = {
      create: async () => fs.createDirectory(storage),
      names: async () => (await fs.readDirectory(storage)).map(([name]) => name),
      readText: async (name) => new TextDecoder().decode(await fs.readFile(at(name))),
      writeText: async (name, text) => fs.writeFile(at(name), new TextEncoder().encode(text)),
      size: async (name) => (await fs.stat(at(name))).size,
      remove: async (name) => {
        if ((await this.folder.names()).includes(name)) await fs.delete(at(name));
      },
      pathOf: (name) => at(name).toString(true),
    };
  }

  begin(path: string): void {
    this.#growing.set(path, []);
  }

  add(path: string, bytes: Uint8Array): void {
    this.#growing.get(path)?.push(bytes);
  }

  /** Nothing will be added any more. */
  async end(path: string): Promise<void> {
    const parts = this.#growing.get(path);
    if (!parts) return;
    await vscode.workspace.fs.writeFile(this.#uriOf(path), joined(parts));
    this.#growing.delete(path);
  }

  async open(path: string): Promise<Recording> {
    const parts = this.#growing.get(path);
    const bytes = parts ? joined(parts) : await vscode.workspace.fs.readFile(this.#uriOf(path));
    return {
      read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
      close: () => Promise.resolve(),
    };
  }

  async whole(path: string): Promise<Uint8Array> {
    const parts = this.#growing.get(path);
    return parts ? joined(parts) : vscode.workspace.fs.readFile(this.#uriOf(path));
  }

  /** One of ours, or a file that a person opened. */
  #uriOf(path: string): vscode.Uri {
    const folder = this.#storage.toString(true);
    if (path.startsWith(`${folder}/`)) {
      return vscode.Uri.joinPath(this.#storage, path.slice(folder.length + 1));
    }
    return uriOf(path) ?? vscode.Uri.parse(path);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
