/**
 * What the compiler needs of the world: files, and nothing else. Injected, so that a project also loads in a browser
 * (over a virtual file system) and in tests (over a table of texts). `../node-host.ts` has the one over a disk.
 */
export interface ProjectHost {
  /** The text, decoded and without a byte order mark; undefined where there is no such file, or it cannot be read. */
  readFile(path: string): string | undefined;
  fileExists(path: string): boolean;
  directoryExists(path: string): boolean;
  /** Names (not paths) of the folders in a folder. */
  getDirectories(path: string): string[];
  /** Changes whenever the file's text may have; undefined where there is no such file. Asked for every file of a load. */
  version(path: string): string | undefined;
  /** The path behind symbolic links: npm packages are often linked. */
  realpath(path: string): string;
  /**
   * Where a document that is on no disk has its place among the paths, by its name (`vscode-vfs://github/o/r/a.ts`), so that
   * its imports resolve; and the name that a path stands for. Undefined where there is no such place.
   */
  readonly virtual?: {
    pathOf(name: string): string | undefined;
    nameOf(path: string): string | undefined;
  };
  /** `false`: nothing here can load npm packages, Node's modules or JSON, as in a browser. */
  readonly loadsPackages?: false;
  readonly caseSensitive: boolean;
  /** Where untitled documents are taken to lie. `/` between parts, no slash at the end. */
  readonly currentDirectory: string;
  /** The folder of TypeScript's own `lib*.d.ts`. */
  readonly libraryFolder: string;
  /** The declaration files of `threadloom:*`: ambient modules. */
  readonly declarations: readonly string[];
}

/** Text of documents that are open and perhaps unsaved, by path: it stands in for what the disk has. */
export type Overlays = Readonly<Record<string, string>>;
