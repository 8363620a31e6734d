/**
 * A file system that is asked without waiting, though it can only be read by waiting: what is not known yet counts as not being
 * there, and is remembered as wanted. Whoever compiles has it fetched and compiles again, until nothing is wanted any more.
 *
 * A folder is known by its listing, so that the many places where TypeScript looks for a file cost one request for each folder.
 * Left out: `node_modules`, whose packages nothing in a browser could load.
 */

/** What is to be fetched: folders to list, files to read. */
export interface Wanted {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** A listing is absent where there is no such folder, a text where it cannot be read. */
export interface Fetched {
  readonly folders: readonly (readonly [path: string, listing: FolderListing | undefined])[];
  readonly files: readonly (readonly [path: string, text: string | undefined])[];
}

export type FolderListing = readonly (readonly [name: string, kind: "file" | "folder"])[];

const PACKAGES = "node_modules";

export class VirtualFiles {
  readonly #folders = new Map<string, ReadonlyMap<string, "file" | "folder"> | undefined>();
  readonly #texts = new Map<string, string | undefined>();
  readonly #wantedFolders = new Set<string>();
  readonly #wantedFiles = new Set<string>();
  /** How often a file's text was another one than before. */
  readonly #versions = new Map<string, { readonly text: string; readonly count: number }>();
  #root: string | undefined;

  /** Forgets what it was told, as it may have changed; nothing outside of `root` will be asked for. */
  begin(root: string | undefined): void {
    this.#root = root;
    this.#folders.clear();
    this.#texts.clear();
  }

  /** What was asked for since the last time and is not known; undefined if nothing. */
  takeWanted(): Wanted | undefined {
    const wanted = { folders: [...this.#wantedFolders], files: [...this.#wantedFiles] };
    this.#wantedFolders.clear();
    this.#wantedFiles.clear();
    return wanted.folders.length + wanted.files.length === 0 ? undefined : wanted;
  }

  add({ folders, files }: Fetched): void {
    for (const [path, listing] of folders) {
      this.#folders.set(path, listing && new Map(listing.filter(([name]) => name !== PACKAGES)));
    }
    for (const [path, text] of files) {
      this.#texts.set(path, text);
      const known = this.#versions.get(path);
      if (text !== undefined && known?.text !== text) {
        this.#versions.set(path, { text, count: (known?.count ?? 0) + 1 });
      }
    }
  }

  /** Not before its text is known: TypeScript would not ask a second time for a file that it found and could not read. */
  fileExists(path: string): boolean {
    return this.readFile(path) !== undefined;
  }

  directoryExists(path: string): boolean {
    return path === this.#root || this.#kindOf(path) === "folder";
  }

  getDirectories(path: string): string[] {
    const listing = this.#listing(path);
    return [...(listing ?? [])].flatMap(([name, kind]) => (kind === "folder" ? [name] : []));
  }

  readFile(path: string): string | undefined {
    if (this.#kindOf(path) !== "file") return undefined;
    if (!this.#texts.has(path)) this.#wantedFiles.add(path);
    return this.#texts.get(path);
  }

  /** Undefined where there is no such file. */
  version(path: string): string | undefined {
    if (this.readFile(path) === undefined) return undefined;
    return String(this.#versions.get(path)?.count);
  }

  #kindOf(path: string): "file" | "folder" | undefined {
    const slash = path.lastIndexOf("/");
    return this.#listing(path.slice(0, slash))?.get(path.slice(slash + 1));
  }

  #listing(folder: string): ReadonlyMap<string, "file" | "folder"> | undefined {
    if (this.#folders.has(folder)) return this.#folders.get(folder);
    if (folder === this.#root || this.#isWithin(folder)) this.#wantedFolders.add(folder);
    return undefined;
  }

  /** Whether it lies below the root, and its own folder does not say that it is not there. */
  #isWithin(folder: string): boolean {
    if (this.#root === undefined || !folder.startsWith(`${this.#root}/`)) return false;
    const slash = folder.lastIndexOf("/");
    const parent = folder.slice(0, slash);
    if (this.#folders.has(parent)) {
      return this.#folders.get(parent)?.get(folder.slice(slash + 1)) === "folder";
    }
    // Asked for its own folder first: most places where TypeScript looks are in folders that are not there.
    this.#listing(parent);
    return false;
  }
}
