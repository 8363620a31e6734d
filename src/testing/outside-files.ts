/** Where the stand-ins of `threadloom:*` modules lie that a test's own process loads (`outside.ts`). */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const STD = /^threadloom:([\w-]+)$/;

/** The file of the stand-in for an ES module, or for `require`; undefined for what is no module of ours. */
export function outsideFile(specifier: string, form: "mjs" | "cjs"): string | undefined {
  const [, name] = STD.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  const file = fileURLToPath(new URL(`./outside/${name}.${form}`, import.meta.url));
  // Node and Vite say best that there is no such module.
  return existsSync(file) ? file : undefined;
}
