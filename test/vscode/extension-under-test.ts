// The extension that the tests look at: staged from dist/ as it is, or the package that people install.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { packageExtension } from "../../scripts/package.mjs";
import { stage } from "../../scripts/stage.mjs";
import type { Extension } from "./server.ts";

export function unpackagedExtension(): Extension {
  return { folder: stage("development") };
}

/** Packaged anew where the sources are newer; see scripts/package.mjs. */
export async function packagedExtension(): Promise<Extension> {
  return { vsix: await packageExtension() };
}

/**
 * As vscode.dev sees it: without `main`, and free to run there, the extension begins by its `browser` entry in the host that is
 * a worker of the browser, though the server could run it.
 */
export function webExtension(): Extension {
  const staged = stage("development");
  const folder = path.resolve(staged, "../web-extension");
  mkdirSync(folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(path.join(staged, "package.json"), "utf8")) as Record<
    string,
    unknown
  >;
  delete manifest.main;
  delete manifest.extensionKind;
  for (const name of readdirSync(staged)) {
    const link = path.join(folder, name);
    if (name === "package.json" || existsSync(link)) continue;
    rmSync(link, { force: true }); // a link to what has gone
    symlinkSync(path.join(staged, name), link, "junction");
  }
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  return { folder };
}
