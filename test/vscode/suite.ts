// Suites that run inside the extension host are TypeScript modules with a `run()`; the host wants CommonJS.
import path from "node:path";
import { build } from "esbuild";

const root = path.resolve(import.meta.dirname, "../..");

/** Bundles a suite, given by its path from the project's root; gives the file that the host loads. */
export async function bundleSuite(suite: string): Promise<string> {
  const outfile = path.join(root, "out/suites", `${path.basename(suite, ".ts")}.cjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [suite],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    external: ["vscode"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  return outfile;
}
