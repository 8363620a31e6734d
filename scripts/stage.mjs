// Lays out the extension as VS Code takes it: the manifest without what only development needs, the bundles,
// and the TypeScript server plugin, which VS Code looks for in the extension's own node_modules.
//   development   out/extension, by links: what is built next is there after a reload of the window
//   production    out/package, by copies: what scripts/package.mjs packs
import {
  cpSync,
  existsSync,
  globSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

export const PLUGIN = "threadloom-ts-plugin";

/** What ships beside the bundles, where it exists. */
const SHIPPED = [
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
  ".vscodeignore",
  "package.nls*.json",
  "l10n",
  "syntaxes",
  "media",
  "examples",
  "workshop",
];

/**
 * Manifest fields that mean something to npm or to this repository only. `type` is not so harmless: VS Code in a browser takes
 * an extension of type `module` for one of ES modules, which it cannot load there, though our entries are CommonJS.
 */
const NOT_SHIPPED = [
  "scripts",
  "devDependencies",
  "files",
  "exports",
  "bin",
  "allowScripts",
  "type",
];

/** @typedef {"development" | "production"} Mode */

/** @param {Mode} mode */
export function stageFolder(mode) {
  return path.join(root, "out", mode === "production" ? "package" : "extension");
}

/**
 * @param {Mode} mode
 * @returns {string} the folder
 */
export function stage(mode) {
  const folder = stageFolder(mode);
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  for (const field of NOT_SHIPPED) delete manifest[field];
  manifest.dependencies = { [PLUGIN]: manifest.version };
  mkdirSync(path.join(folder, "node_modules"), { recursive: true });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest, null, 2) + "\n");

  const place = mode === "production" ? copy : link;
  for (const name of globSync(SHIPPED, { cwd: root })) {
    place(path.join(root, name), path.join(folder, name));
  }
  if (mode === "development") mirror(path.join(root, "dist"), path.join(folder, "dist"));
  const plugin = path.join(folder, "dist/ts-plugin");
  if (existsSync(plugin)) place(plugin, path.join(folder, "node_modules", PLUGIN));
  return folder;
}

/**
 * @param {string} from
 * @param {string} to
 */
function copy(from, to) {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, preserveTimestamps: true });
}

/**
 * @param {string} from
 * @param {string} to
 */
function link(from, to) {
  if (lstatSync(to, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  // Windows makes a link to a folder without asking for rights only as a junction.
  symlinkSync(from, to, lstatSync(from).isDirectory() ? "junction" : "file");
}

/**
 * A folder of the same files, by hard links. The host tells whose code asks for its API by the file's real path: behind
 * a symbolic link our own would be nobody's, without translations, and with every byte that it sends to a webview as JSON.
 * @param {string} from
 * @param {string} to
 */
function mirror(from, to) {
  if (lstatSync(to, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(to);
  for (const name of globSync("**", { cwd: to })) {
    if (!existsSync(path.join(from, name)))
      rmSync(path.join(to, name), { recursive: true, force: true });
  }
  for (const name of globSync("**", { cwd: from })) {
    const [source, target] = [path.join(from, name), path.join(to, name)];
    const stat = statSync(source);
    if (stat.isDirectory()) {
      mkdirSync(target, { recursive: true });
      continue;
    }
    if (statSync(target, { throwIfNoEntry: false })?.ino === stat.ino) continue;
    mkdirSync(path.dirname(target), { recursive: true });
    rmSync(target, { force: true });
    linkSync(source, target);
  }
}

// For the editor's own launch configuration.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { build } = await import("./build.mjs");
  await build();
  console.log(`stage: ${path.relative(root, stage("development"))}`);
}
