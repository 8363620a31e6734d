/**
 * The compiler's worker in a browser (`dist/web/compiler.js`): the same service as on a desktop, over files that its host
 * fetches. One request at a time, in their order; a program is compiled until nothing that it asked for is missing, which
 * takes a round for each step from file to imported file.
 */
import type { WebWorkerScope } from "../../base/web-worker.ts";
import type { ProjectHost } from "../project/host.ts";
import { createService } from "../service.ts";
import type { FromCompilerWorker, ToCompilerWorker } from "./messages.ts";
import { nameOf, pathOf } from "./places.ts";
import { type Fetched, VirtualFiles, type Wanted } from "./virtual-files.ts";

const LIBRARY = "/^library";

const scope = globalThis as unknown as WebWorkerScope;
const post = (message: FromCompilerWorker): void => scope.postMessage(message);
const files = new VirtualFiles();
const library = new Map<string, string>();
const waiting = new Map<number, (fetched: Fetched) => void>();

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

let service: ReturnType<typeof createService> | undefined;

async function compile(message: Extract<ToCompilerWorker, { type: "compile" }>): Promise<void> {
  const { request, entry, overlays, form, root } = message;
  try {
    service ??= createService(createHost());
    files.begin(pathOf(root) ?? root);
    for (let round = 1; ; round++) {
      const compilation = service.compile(entry, overlays, form);
      const wanted = files.takeWanted();
      if (wanted === undefined || round === MOST_ROUNDS) {
        return post({ type: "compiled", request, compilation });
      }
      const fetched = new Promise<Fetched>((resolve) => waiting.set(request, resolve));
      post({ type: "wanted", request, wanted: named(wanted) });
      files.add(placed(await fetched));
    }
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    post({ type: "failed", request, reason });
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
    case "compile":
      last = last.then(() => compile(message));
      return;
    case "fetched":
      waiting.get(message.request)?.(message.fetched);
      waiting.delete(message.request);
  }
});
