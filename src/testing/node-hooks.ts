/** What Node's module hooks do: `threadloom:*` leads to stand-ins, and files of tests are prepared as they are loaded. */
import type { LoadFnOutput, LoadHookSync, ResolveFnOutput, ResolveHookSync } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { outsideFile } from "./outside-files.ts";
import { prepare } from "./prepare.ts";

export const resolveSync: ResolveHookSync = (specifier, context, next) =>
  resolved(specifier, context.conditions) ?? next(specifier, context);

export const loadSync: LoadHookSync = (url, context, next) => prepared(url, next(url, context));

export function resolved(
  specifier: string,
  conditions: readonly string[],
): ResolveFnOutput | undefined {
  const isRequired = conditions.includes("require");
  const file = outsideFile(specifier, isRequired ? "cjs" : "mjs");
  if (file === undefined) return undefined;
  const format = isRequired ? "commonjs" : "module";
  return { url: pathToFileURL(file).href, format, shortCircuit: true };
}

/**
 * Packages have no tests of the person's. Hooks in a thread of their own are given no text of CommonJS, which is left as it is:
 * functions in such files need a Node that has the other hooks.
 */
export function prepared(url: string, loaded: LoadFnOutput): LoadFnOutput {
  const { source } = loaded;
  if (!url.startsWith("file:") || url.includes("/node_modules/") || source == null) return loaded;
  const text = typeof source === "string" ? source : new TextDecoder().decode(source);
  const changed = prepare(fileURLToPath(url), text);
  return changed === undefined ? loaded : { ...loaded, source: changed };
}
