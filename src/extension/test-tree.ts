/**
 * The tests that `// @expect` makes of programs, as the Test Explorer lists them: found by the heads of the workspace's
 * files once somebody looks, then watched. A file that is open is a test as it is in the editor.
 */
import * as vscode from "vscode";
import { expectationIn } from "../language/program-head.ts";
import { baseName } from "./documents.ts";
import { outlineOf } from "./program-text.ts";

/** Files read at once. */
const AT_ONCE = 16;
const FOLDER = "folder:";

export class TestTree implements vscode.Disposable {
  readonly #controller: vscode.TestController;
  readonly #items = new Map<string, vscode.TestItem>();
  readonly #owned: vscode.Disposable[];
  #looked: Promise<void> | undefined;
  #isWatching = false;

  constructor(controller: vscode.TestController) {
    this.#controller = controller;
    const take = (document: vscode.TextDocument) => this.#takeDocument(document);
    this.#owned = [
      vscode.workspace.onDidOpenTextDocument(take),
      vscode.workspace.onDidChangeTextDocument(({ document }) => take(document)),
    ];
    vscode.workspace.textDocuments.forEach(take);
  }

  /** The tests of these items, those below folders included; of all, where none are named. None twice. */
  testsOf(
    include: readonly vscode.TestItem[] | undefined,
    exclude: readonly vscode.TestItem[] = [],
  ): vscode.TestItem[] {
    const below = (items: readonly vscode.TestItem[]) =>
      items.flatMap((item) => (isFolder(item) ? childrenOf(item.children) : [item]));
    const wanted = include === undefined ? this.#items.values() : below(include);
    const unwanted = new Set(below(exclude));
    return [...new Set(wanted)].filter((item) => !unwanted.has(item));
  }

  of(program: vscode.Uri): vscode.TestItem | undefined {
    return this.#items.get(program.toString());
  }

  /** Reads every TypeScript file of the workspace. */
  async refresh(): Promise<void> {
    this.#watch();
    const files = await vscode.workspace.findFiles("**/*.ts", "**/{node_modules,.*}/**");
    const found = new Set(files.map((file) => file.toString()));
    for (const key of this.#items.keys()) {
      const uri = vscode.Uri.parse(key);
      if (!found.has(key) && vscode.workspace.getWorkspaceFolder(uri)) this.#remove(uri);
    }
    let next = 0;
    const read = async () => {
      while (next < files.length) await this.#read(files[next++]);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, read));
  }

  /** Reads the workspace the first time somebody looks. */
  look(): Promise<void> {
    return (this.#looked ??= this.refresh());
  }

  dispose(): void {
    for (const one of this.#owned) one.dispose();
  }

  #watch(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    const watcher = vscode.workspace.createFileSystemWatcher("**/*.ts");
    const read = (uri: vscode.Uri) => void this.#read(uri);
    this.#owned.push(
      watcher,
      watcher.onDidCreate(read),
      watcher.onDidChange(read),
      watcher.onDidDelete((uri) => this.#remove(uri)),
    );
  }

  async #read(uri: vscode.Uri): Promise<void> {
    if (isPassedOver(uri)) return;
    const open = vscode.workspace.textDocuments.find(
      (document) => document.uri.toString() === uri.toString(),
    );
    if (open) return this.#takeDocument(open);
    const text = await vscode.workspace.fs.readFile(uri).then(
      (bytes) => new TextDecoder().decode(bytes),
      () => "", // gone again since it was listed
    );
    this.#take(uri, text);
  }

  #takeDocument(document: vscode.TextDocument): void {
    const { uri, languageId } = document;
    if (languageId !== "typescript" || isPassedOver(uri)) return;
    // A part of VS Code's own, such as the other side of a comparison, is no file of anybody's.
    if (!vscode.workspace.getWorkspaceFolder(uri)) return;
    this.#take(uri, document.getText());
  }

  #take(uri: vscode.Uri, text: string): void {
    const expectation = expectationIn(text);
    if (!expectation || !outlineOf(text)) return this.#remove(uri);
    const known = this.#items.get(uri.toString());
    // Not as a description: VS Code has a screen reader say that in place of the name.
    const label = vscode.l10n.t("{0} expects {1}", baseName(uri), expectation.expected);
    const item = known ?? this.#controller.createTestItem(uri.toString(), label, uri);
    item.label = label;
    const line = text.slice(0, expectation.offset).split("\n").length - 1;
    item.range = new vscode.Range(line, 0, line, 0);
    if (known) return;
    this.#items.set(uri.toString(), item);
    this.#folderOf(uri).add(item);
  }

  #remove(uri: vscode.Uri): void {
    const key = uri.toString();
    const item = this.#items.get(key);
    if (!item) return;
    this.#items.delete(key);
    const { parent } = item;
    (parent?.children ?? this.#controller.items).delete(key);
    if (parent?.children.size === 0) this.#controller.items.delete(parent.id);
  }

  /** The list in which a file's test stands: under its folder, or at the top where that is the workspace's own. */
  #folderOf(uri: vscode.Uri): vscode.TestItemCollection {
    const { items } = this.#controller;
    const path = vscode.workspace.asRelativePath(uri);
    const end = path.lastIndexOf("/");
    if (end < 0) return items;
    const label = path.slice(0, end);
    const id = FOLDER + label;
    let folder = items.get(id);
    if (!folder) {
      folder = this.#controller.createTestItem(id, label, vscode.Uri.joinPath(uri, ".."));
      items.add(folder);
    }
    return folder.children;
  }
}

const isFolder = ({ id }: vscode.TestItem): boolean => id.startsWith(FOLDER);

function childrenOf(items: vscode.TestItemCollection): vscode.TestItem[] {
  return Array.from(items, ([, item]) => item);
}

/** Declarations, packages and hidden folders. */
function isPassedOver({ path }: vscode.Uri): boolean {
  return path.endsWith(".d.ts") || /\/(?:node_modules|\.[^/]*)\//.test(path);
}
