/** The compiler's view of a disk, by Node. Beside the service worker, the only part of the compiler that knows Node. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import type { ProjectHost } from "./project/host.ts";
import { withSlashes } from "./project/paths.ts";

export interface NodePlaces {
  readonly currentDirectory: string;
  /** Folder of TypeScript's `lib*.d.ts`. */
  readonly libraryFolder: string;
  /** Folder of the declaration files of `threadloom:*`; all of them are taken. */
  readonly declarationsFolder: string;
}

export function createNodeHost(places: NodePlaces): ProjectHost {
  const declarationsFolder = withSlashes(places.declarationsFolder);
  return {
    readFile(path) {
      try {
        return decode(readFileSync(path));
      } catch {
        return undefined; // not there, a folder, no permission: the project says which, and where it was asked for
      }
    },
    fileExists: (path) => statOf(path)?.isFile() ?? false,
    directoryExists: (path) => statOf(path)?.isDirectory() ?? false,
    getDirectories(path) {
      try {
        const entries = readdirSync(path, { withFileTypes: true });
        return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
      } catch {
        return []; // a folder that cannot be listed has nothing for us
      }
    },
    version(path) {
      const stat = statOf(path);
      return stat?.isFile() ? `${stat.mtimeMs} ${stat.size}` : undefined;
    },
    realpath(path) {
      return existsSync(path) ? withSlashes(realpathSync.native(path)) : path;
    },
    caseSensitive: isCaseSensitive(places.libraryFolder),
    currentDirectory: withSlashes(places.currentDirectory).replace(/(?<=.)\/$/, ""),
    libraryFolder: withSlashes(places.libraryFolder).replace(/\/$/, ""),
    declarations: readdirSync(declarationsFolder)
      .filter((name) => name.endsWith(".d.ts"))
      .sort()
      .map((name) => `${declarationsFolder.replace(/\/$/, "")}/${name}`),
  };
}

/** Undefined for what is not there, and for what may not be looked at. */
function statOf(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // no permission on the way, a file in place of a folder, an impossible name
  }
}

/** A byte order mark tells the encoding and is no part of the text. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString("utf16le", 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const even = bytes.subarray(2, bytes.length - (bytes.length % 2));
    return Buffer.from(even).swap16().toString("utf16le");
  }
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.toString("utf8", marked ? 3 : 0);
}

/** Whether another spelling of a file that is there is another file. */
function isCaseSensitive(existing: string): boolean {
  const other = existing.toUpperCase();
  return other !== existing && !existsSync(other);
}
