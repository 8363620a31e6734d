/** Recordings on a disk: the folder that they lie in, and their bytes. */
import { mkdir, open, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Folder } from "../folder.ts";
import type { Recording } from "../recording.ts";

export function diskFolder(folder: string): Folder {
  const at = (name: string) => path.join(folder, name);
  return {
    create: async () => void (await mkdir(folder, { recursive: true })),
    names: () => readdir(folder),
    readText: (name) => readFile(at(name), "utf8"),
    writeText: (name, text) => writeFile(at(name), text),
    size: async (name) => (await stat(at(name))).size,
    remove: (name) => rm(at(name), { force: true }),
    pathOf: at,
  };
}

export async function openOnDisk(file: string): Promise<Recording> {
  const handle = await open(file, "r");
  return {
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      let read = 0;
      while (read < length) {
        const { bytesRead } = await handle.read(bytes, read, length - read, offset + read);
        if (bytesRead === 0) break;
        read += bytesRead;
      }
      return bytes.subarray(0, read);
    },
    close: () => handle.close(),
  };
}
