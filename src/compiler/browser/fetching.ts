/**
 * The compiler's service over files that have to be fetched: a program is compiled until nothing that it asked for is missing,
 * which takes a round for each step from file to imported file. Knows no worker; names are those of documents.
 */
import type { Compilation } from "../../protocol/program.ts";
import type { Form } from "../compile.ts";
import type { Overlays, ProjectHost } from "../project/host.ts";
import { createService } from "../service.ts";
import { nameOf, pathOf } from "./places.ts";
import { type Fetched, VirtualFiles, type Wanted } from "./virtual-files.ts";

const LIBRARY = "/^library";

/** A program whose imports lead ever deeper; each round is a level. */
const MOST_ROUNDS = 200;

export interface FetchingRequest {
  readonly entry: string;
  readonly overlays: Overlays;
  readonly form: Form;
  /** The folder beyond which nothing is looked for; without one, only the overlays are there. */
  readonly root: string | undefined;
}

export interface FetchingCompiler {
  /** One at a time. */
  compile(request: FetchingRequest): Promise<Compilation>;
  /** Loads the libraries that every program needs. */
  warm(): void;
}

/** `library`: the texts of TypeScript's `lib*.d.ts` and of our own declarations, by their file names. */
export function fetchingCompiler(
  library: Readonly<Record<string, string>>,
  fetch: (wanted: Wanted) => Promise<Fetched>,
): FetchingCompiler {
  const files = new VirtualFiles();
  const service = createService(hostOf(library, files));
  return {
    async compile({ entry, overlays, form, root }) {
      files.begin(root === undefined ? undefined : pathOf(root));
      for (let round = 1; ; round++) {
        const compilation = service.compile(entry, overlays, form);
        const wanted = files.takeWanted();
        if (wanted === undefined || round === MOST_ROUNDS) return compilation;
        files.add(placed(await fetch(named(wanted))));
      }
    },
    warm() {
      files.begin(undefined);
      service.warm();
    },
  };
}

function hostOf(library: Readonly<Record<string, string>>, files: VirtualFiles): ProjectHost {
  const ours = new Map(Object.entries(library).map(([name, text]) => [`${LIBRARY}/${name}`, text]));
  const isOurs = (path: string): boolean => path.startsWith(`${LIBRARY}/`);
  return {
    readFile: (path) => (isOurs(path) ? ours.get(path) : files.readFile(path)),
    fileExists: (path) => (isOurs(path) ? ours.has(path) : files.fileExists(path)),
    directoryExists: (path) => path === LIBRARY || files.directoryExists(path),
    getDirectories: (path) => (isOurs(path) ? [] : files.getDirectories(path)),
    version: (path) => (isOurs(path) ? "" : files.version(path)),
    realpath: (path) => path,
    virtual: { pathOf, nameOf },
    loadsPackages: false,
    caseSensitive: true,
    currentDirectory: "/^",
    libraryFolder: LIBRARY,
    declarations: [...ours.keys()].filter((path) => !/\/lib\.[^/]*$/.test(path)),
  };
}

/** Paths for the compiler, names for the host. */
function named({ folders, files }: Wanted): Wanted {
  const names = (paths: readonly string[]) => paths.flatMap((path) => nameOf(path) ?? []);
  return { folders: names(folders), files: names(files) };
}

function placed({ folders, files }: Fetched): Fetched {
  return {
    folders: folders.map(([name, listing]) => [pathOf(name) ?? name, listing]),
    files: files.map(([name, text]) => [pathOf(name) ?? name, text]),
  };
}
