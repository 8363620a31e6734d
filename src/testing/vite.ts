/** `threadloom/vite`: the plugin by which Vitest explores functions. */
import { outsideFile } from "./outside-files.ts";
import { prepare } from "./prepare.ts";
import { noteTransforming } from "./transforming.ts";
import type { ThreadloomPlugin } from "./types/vite.d.ts";

export default function threadloom(): ThreadloomPlugin {
  noteTransforming();
  return {
    name: "threadloom",
    // The text as the person wrote it: places in stories are places in it.
    enforce: "pre",
    resolveId: (source) => outsideFile(source, "mjs"),
    transform(code, id) {
      const [file = id] = id.split("?");
      if (file.includes("/node_modules/")) return undefined;
      const changed = prepare(file, code);
      // No line has moved, so there is nothing to map.
      return changed === undefined ? undefined : { code: changed, map: null };
    },
  };
}
