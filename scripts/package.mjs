// Packs the extension:  npm run package  ->  threadloom.vsix
// Packing again is skipped while nothing that goes in has changed.
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createVSIX } from "@vscode/vsce";
import { build } from "./build.mjs";
import { notices } from "./notices.mjs";
import { stage, stageFolder } from "./stage.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const LIMIT = 6 * 1024 * 1024;

/** @param {string} folder */
function contents(folder) {
  const hash = createHash("sha256");
  for (const name of globSync("**", { cwd: folder }).sort()) {
    const file = path.join(folder, name);
    if (!statSync(file).isFile() || name.endsWith(".build.json")) continue;
    hash.update(`${name}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** @returns {Promise<string>} the package's file */
export async function packageExtension() {
  const packagePath = path.join(root, "threadloom.vsix");
  const stamp = path.join(root, "out/package.stamp");
  const dist = path.join(stageFolder("production"), "dist");
  const inputs = await build({ production: true, dist });
  writeFileSync(path.join(dist, "THIRD-PARTY-NOTICES.txt"), notices(root, inputs));
  const folder = stage("production");
  const key = contents(folder);
  if (existsSync(packagePath) && existsSync(stamp) && readFileSync(stamp, "utf8") === key) {
    console.log("package: nothing changed");
    return packagePath;
  }
  await createVSIX({
    cwd: folder,
    packagePath,
    dependencies: true,
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
  });
  const { size } = statSync(packagePath);
  const megabytes = (size / 1024 / 1024).toFixed(2);
  if (size > LIMIT) {
    throw new Error(
      `threadloom.vsix is ${megabytes} MB; at most ${LIMIT / 1024 / 1024} are allowed`,
    );
  }
  writeFileSync(stamp, key);
  console.log(`package: threadloom.vsix, ${megabytes} MB`);
  return packagePath;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await packageExtension();
