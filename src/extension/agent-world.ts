/** The world of the tools in the editor: its compiler and processes, its folders, and documents as they are shown, saved or not. */
import * as vscode from "vscode";
import type { AgentWorld, Programs, RunningRun, RunningSearch } from "../agents/world.ts";
import { CHECKING_MESSAGES } from "../base/catalogue/check.ts";
import { CLI_MESSAGES } from "../base/catalogue/cli.ts";
import { tell } from "../base/catalogue/message.ts";
import { isAnnotatedProgram } from "../language/program-head.ts";
import type { ExploreProgress, ExploreRequest } from "../protocol/explore.ts";
import type { Compilation, CompiledProgram } from "../protocol/program.ts";
import type { RunOptions } from "../protocol/run.ts";
import type { StepChannel } from "../protocol/step.ts";
import { nameOf, overlaysFor, uriOf } from "./documents.ts";
import type { Platform } from "./platform.ts";
import { setting } from "./settings.ts";

const MEGABYTE = 1024 * 1024;
const MOST_PROGRAMS = 1000;

export class EditorWorld implements AgentWorld {
  readonly #platform: Platform;
  readonly #words: vscode.Uri;
  #scratches = 0;

  constructor(platform: Platform, extensionUri: vscode.Uri) {
    this.#platform = platform;
    this.#words = vscode.Uri.joinPath(extensionUri, "dist/words");
  }

  get folder(): string {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    return first?.uri.scheme === "file" ? first.uri.fsPath : this.#platform.homeFolder;
  }

  get memoryLimitBytes(): number {
    return setting("trace.memoryLimit") * MEGABYTE;
  }

  /** In a window with several folders a path begins with the name of one, as VS Code shows it. */
  locate(place: string): string {
    if (uriOf(place) !== undefined) return place;
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (folders.length === 0) return nameOf(vscode.Uri.file(`${this.folder}/${place}`));
    const [first, ...rest] = place.split(/[\\/]/);
    const named = folders.length > 1 ? folders.find(({ name }) => name === first) : undefined;
    return nameOf(
      named === undefined
        ? vscode.Uri.joinPath(folders[0].uri, place)
        : vscode.Uri.joinPath(named.uri, ...rest),
    );
  }

  nearby(file: string): string {
    return vscode.workspace.asRelativePath(uriOf(file) ?? file);
  }

  async programsAt(place: string): Promise<Programs> {
    const file = this.locate(place);
    const uri = uriOf(file)!;
    const isOpen = shown(uri) !== undefined;
    const stat = await vscode.workspace.fs.stat(uri).then(
      (found) => found,
      () => undefined, // it is not there, which is said below
    );
    if (stat?.type !== undefined && stat.type & vscode.FileType.Directory) {
      const files = await programsIn(uri);
      if (files.length > 0) return { files, isFolder: true };
      return { complaint: tell(CHECKING_MESSAGES.noPrograms, { folder: place }) };
    }
    if (stat !== undefined || isOpen) return { files: [file], isFolder: false };
    const reason = "there is no such file";
    return { complaint: tell(CLI_MESSAGES.cannotRead, { file: place, reason }) };
  }

  async readText(file: string): Promise<string | undefined> {
    const open = shown(uriOf(file));
    if (open !== undefined) return open.getText();
    const bytes = await this.readBytes(file);
    return bytes && new TextDecoder().decode(bytes);
  }

  async readBytes(file: string): Promise<Uint8Array | undefined> {
    const uri = uriOf(file);
    if (uri === undefined) return undefined;
    return vscode.workspace.fs.readFile(uri).then(
      (bytes) => bytes,
      () => undefined, // nothing is there, or nothing that can be read
    );
  }

  async compile(
    file: string,
    form: "native" | "model" | "debug",
    signal: AbortSignal,
  ): Promise<Compilation> {
    const document = await vscode.workspace.openTextDocument(uriOf(file)!);
    const overlays = overlaysFor(document);
    return form === "debug"
      ? this.#platform.compileToStep(file, overlays, signal)
      : this.#platform.compile(file, overlays, signal, form);
  }

  explore(request: ExploreRequest, tell: (progress: ExploreProgress) => void): RunningSearch {
    return this.#platform.explore!(request, tell);
  }

  run(program: CompiledProgram, options: RunOptions): RunningRun {
    return this.#platform.run(program, options);
  }

  openStepping(): StepChannel {
    return this.#platform.openStepping();
  }

  async scratchFile(): Promise<{ readonly path: string } & AsyncDisposable> {
    const { recordings } = this.#platform;
    await recordings.create();
    const name = `agent-${++this.#scratches}.tltrace`;
    return {
      path: recordings.pathOf(name),
      [Symbol.asyncDispose]: () => recordings.remove(name),
    };
  }

  async page(name: string): Promise<string> {
    const uri = vscode.Uri.joinPath(this.#words, `${name}.md`);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  }

  after(milliseconds: number, callBack: () => void): () => void {
    const timer = setTimeout(callBack, milliseconds);
    return () => clearTimeout(timer);
  }

  now(): number {
    return performance.now();
  }
}

/** The document as it is shown, if it is. */
function shown(uri: vscode.Uri | undefined): vscode.TextDocument | undefined {
  const key = uri?.toString();
  return vscode.workspace.textDocuments.find((one) => one.uri.toString() === key);
}

/** Every program in a folder, by name; packages and what the person hides are passed over. */
async function programsIn(folder: vscode.Uri): Promise<string[]> {
  const pattern = new vscode.RelativePattern(folder, "**/*.ts");
  const skipped = "{**/node_modules/**,**/*.d.ts,**/.*/**}";
  const found = await vscode.workspace.findFiles(pattern, skipped, MOST_PROGRAMS);
  const read = await Promise.all(
    found.map(async (uri) => {
      const text =
        shown(uri)?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      return isAnnotatedProgram(text) ? nameOf(uri) : undefined;
    }),
  );
  return read.filter((file) => file !== undefined).sort();
}
