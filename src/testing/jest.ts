/**
 * `threadloom/jest`: the transformer by which Jest explores functions. It prepares the text; what turns it into JavaScript for
 * Jest is a transformer that the person names (`["threadloom/jest", { "transformer": "ts-jest" }]`), or else TypeScript.
 *
 * Left out without such a transformer: hoisting of `jest.mock`, which is a plugin of Babel's.
 */
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import path from "node:path";
import { ask } from "./desk.ts";
import { prepare } from "./prepare.ts";
import { noteTransforming } from "./transforming.ts";

const { version } = createRequire(import.meta.url)("../package.json") as {
  readonly version: string;
};

/** Of Jest's own types, what is used of them: Jest 27 and later. */
interface TransformOptions {
  readonly supportsStaticESM: boolean;
  readonly configString: string;
  readonly config: { readonly rootDir: string };
  readonly instrument: boolean;
}
type Transformed = string | { readonly code: string };
interface Transformer {
  process(text: string, file: string, options: TransformOptions): Transformed;
}
type Named = string | readonly [name: string, options: unknown];

export interface JestOptions {
  /** What turns the prepared text into JavaScript, as Jest's own `transform` names it. */
  readonly transformer?: Named;
}

function createTransformer(options: JestOptions = {}) {
  noteTransforming();
  let loaded: Transformer | undefined;
  return {
    process(text: string, file: string, around: TransformOptions): Transformed {
      const prepared = prepare(file, text, (name) => name.replace(":", "/outside/")) ?? text;
      if (options.transformer === undefined) return transpiled(file, prepared, around);
      loaded ??= load(options.transformer, around.config.rootDir);
      return loaded.process(prepared, file, around);
    },
    getCacheKey(text: string, file: string, around: TransformOptions): string {
      const { supportsStaticESM, configString, instrument } = around;
      const of = [version, text, file, supportsStaticESM, configString, instrument, options];
      return createHash("sha256").update(JSON.stringify(of)).digest("hex").slice(0, 32);
    },
  };
}

function transpiled(file: string, text: string, { supportsStaticESM }: TransformOptions) {
  const modules = supportsStaticESM ? "esm" : "commonjs";
  return { code: ask({ type: "transpile", file, text, modules }).code };
}

/** Resolved from the project: it is a package of the person's. */
function load(named: Named, rootDir: string): Transformer {
  const [name, options] = typeof named === "string" ? [named, undefined] : named;
  const require = createRequire(path.join(rootDir, "package.json"));
  const found = require(name) as Record<string, unknown>;
  const module = (
    found["__esModule"] === true ? found["default"] : found
  ) as Partial<Transformer> & {
    readonly createTransformer?: (options: unknown) => Transformer;
  };
  return module.createTransformer?.(options) ?? (module as Transformer);
}

export default { createTransformer };
