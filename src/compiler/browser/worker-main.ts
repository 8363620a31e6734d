/**
 * The compiler's worker in a browser (`dist/web/compiler.js`): the same service as on a desktop, over files that its host
 * fetches. One request at a time, in their order; a program is compiled until nothing that it asked for is missing, which
 * takes a round for each step from file to imported file.
 */
import type { WebWorkerScope } from "../../base/web-worker.ts";
import type { ProjectHost } from "../project/host.ts";
import type { FromService, ToService } from "../service-messages.ts";
import { type CompilerService, createService } from "../service.ts";
import type { FromCompilerWorker, ToCompilerWorker } from "./messages.ts";
import { nameOf, pathOf } from "./places.ts";
import { type Fetched, VirtualFiles, type Wanted } from "./virtual-files.ts";

const LIBRARY = "/^library";

const scope = globalThis as unknown as WebWorkerScope;
const post = (message: FromCompilerWorker): void => scope.postMessage(message);
const files = new VirtualFiles();
const library = new Map<string, string>();
let fetched: ((fetched: Fetched) => void) | undefined;

/** A program whose imports lead ever deeper; each round is a level. */
const MOST_ROUNDS = 200;

function createHost(): ProjectHost {
  const ours = (path: string): boolean => path.startsWith(`${LIBRARY}/`);
  return {
    readFile: (path) => (ours(path) ? library.get(path) : files.readFile(path)),
    fileExists: (path) => (ours(path) ? library.has(path) : files.fileExists(path)),
    directoryExists: (path) => path === LIBRARY || files.directoryExists(path),
    getDirectories: (path) => (ours(path) ? [] : files.getDirectories(path)),
    version: (path) => (ours(path) ? "" : files.version(path)),
    realpath: (path) => path,
    virtual: { pathOf, nameOf },
    loadsPackages: false,
    caseSensitive: true,
    currentDirectory: "/^",
    libraryFolder: LIBRARY,
    declarations: [...library.keys()].filter((path) => !/\/lib\.[^/]*$/.test(path)),
  };
}

/** Paths for the compiler, names for the host. */
function named({ folders, files: texts }: Wanted): Wanted {
  const names = (paths: readonly string[]) => paths.flatMap((path) => nameOf(path) ?? []);
  return { folders: names(folders), files: names(texts) };
}

function placed({ folders, files: texts }: Fetched): Fetched {
  return {
    folders: folders.map(([name, listing]) => [pathOf(name) ?? name, listing]),
    files: texts.map(([name, text]) => [pathOf(name) ?? name, text]),
  };
}

let service: CompilerService | undefined;

async function serve(message: ToService, root: string | undefined): Promise<FromService> {
  const { request } = message;
  try {
    service ??= createService(createHost());
    files.begin(root === undefined ? undefined : pathOf(root));
    if (message.type === "warm") {
      service.warm();
      return { type: "warmed", request };
    }
    const { entry, overlays, form } = message;
    for (let round = 1; ; round++) {
      const compilation = service.compile(entry, overlays, form);
      const wanted = files.takeWanted();
      if (wanted === undefined || round === MOST_ROUNDS) {
        return { type: "compiled", request, compilation };
      }
      const fetching = new Promise<Fetched>((resolve) => (fetched = resolve));
      post({ type: "wanted", wanted: named(wanted) });
      files.add(placed(await fetching));
    }
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { type: "failed", request, reason };
  }
}

let last = Promise.resolve();
scope.addEventListener("message", ({ data }) => {
  const message = data as ToCompilerWorker;
  switch (message.type) {
    case "library":
      for (const [name, text] of Object.entries(message.texts)) {
        library.set(`${LIBRARY}/${name}`, text);
      }
      return;
    case "service":
      last = last.then(async () => post(await serve(message.message, message.root)));
      return;
    case "fetched":
      fetched?.(message.fetched);
  }
});
