/** The runner's bundle: beside the bundle of whoever starts it, or in dist/ from the source. */
import { fileURLToPath } from "node:url";

export function runnerPath(): string {
  const fromSource = import.meta.url.endsWith(".ts");
  return fileURLToPath(
    new URL(fromSource ? "../../../dist/runner.mjs" : "./runner.mjs", import.meta.url),
  );
}
