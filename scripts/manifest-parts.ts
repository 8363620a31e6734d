// What is derived of three JSON files, so that the script writes it and a test compares it.
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { EXTENSION_MESSAGES } from "../src/base/catalogue/extension.ts";
import type { Message } from "../src/base/catalogue/message.ts";
import { LAUNCH_WORDS } from "../src/extension/debug-manifest.ts";
import { colourKey, manifest } from "../src/extension/manifest.ts";
import { CONTRIBUTED_COLOURS } from "../webview/draw/colours.ts";
import { EXPLORE_ENGLISH } from "../webview/explore/strings.ts";
import { STEPPER_ENGLISH } from "../webview/stepper/strings.ts";
import { ENGLISH } from "../webview/strings.ts";

export type Json = Record<string, unknown>;

const root = path.dirname(import.meta.dirname);

/** File → what it should hold, given what it holds. */
export const derived: Readonly<Record<string, (before: Json) => Json>> = {
  "package.json": (before) => ({ ...before, ...manifest(CONTRIBUTED_COLOURS) }),
  "package.nls.json": (before) => ({
    ...Object.fromEntries(
      Object.entries(before).filter(([key]) => !/^(colour|launch)\./.test(key)),
    ),
    ...LAUNCH_WORDS,
    ...Object.fromEntries(CONTRIBUTED_COLOURS.map((one) => [colourKey(one.id), one.description])),
  }),
  "l10n/bundle.l10n.json": () => sentences(),
};

/** Every sentence that the extension says, and every word of our pages: what a translator translates. */
function sentences(): Json {
  const said = globSync("src/extension/**/*.ts", { cwd: root }).flatMap((file) =>
    saidIn(readFileSync(path.join(root, file), "utf8")),
  );
  const told = (Object.values(EXTENSION_MESSAGES) as Message[]).flatMap(({ text, remedy }) =>
    remedy === undefined ? [text] : [text, remedy],
  );
  return {
    ...Object.fromEntries([...new Set([...said, ...told])].sort().map((text) => [text, text])),
    ...Object.fromEntries(Object.entries(ENGLISH).map(([key, text]) => [`timeline/${key}`, text])),
    ...Object.fromEntries(
      Object.entries(STEPPER_ENGLISH).map(([key, text]) => [`stepper/${key}`, text]),
    ),
    ...Object.fromEntries(
      Object.entries(EXPLORE_ENGLISH).map(([key, text]) => [`explore/${key}`, text]),
    ),
  };
}

/** The texts of calls `l10n.t("…", …)`. */
export function saidIn(source: string): string[] {
  const calls = source.matchAll(/\bl10n\s*\.t\(\s*("(?:\\.|[^"\\\n])*")/g);
  return Array.from(calls, (match) => JSON.parse(match[1]) as string);
}
