// The licences of what the bundles contain: most of them ask to be passed on with the code.
import { globSync, readFileSync } from "node:fs";
import path from "node:path";

/** @param {string} file  such as node_modules/a/node_modules/@b/c/index.js */
function packageFolder(file) {
  return /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

/**
 * @param {string} root
 * @param {string[]} inputs  the files that went into the bundles, from the root
 * @returns {string}
 */
export function notices(root, inputs) {
  const folders = new Set(
    inputs
      // What a package says that browsers do without: there is nothing of it in the bundle.
      .filter((file) => !file.startsWith("(disabled):"))
      .map(packageFolder)
      .filter((folder) => folder !== undefined),
  );
  const sections = [...folders].sort().map((folder) => {
    const manifest = readFileSync(path.join(root, folder, "package.json"), "utf8");
    const { name, version, license } = JSON.parse(manifest);
    const [file] = globSync("{LICENSE,LICENCE,License,license}*", { cwd: path.join(root, folder) });
    if (!file) throw new Error(`${name} has no licence file to pass on`);
    const text = readFileSync(path.join(root, folder, file), "utf8").trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  const head = "Threadloom contains these packages, under their own licences.\n";
  return [head, ...sections].join(`\n${"-".repeat(80)}\n\n`);
}
