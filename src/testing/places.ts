/** Where the files lie that the worker starts: beside its own bundle in dist/, or there from the source. */
import { fileURLToPath } from "node:url";

export function runnerPath(): string {
  const fromSource = import.meta.url.endsWith(".ts");
  return fileURLToPath(
    new URL(fromSource ? "../../dist/runner.mjs" : "./runner.mjs", import.meta.url),
  );
}
