// The extension that the tests look at: staged from dist/ as it is, or the package that people install.
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
