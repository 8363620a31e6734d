/**
 * Compiler options: the person's own `tsconfig.json` where there is one, with what running a program needs put over it.
 *
 * A program is run as it stands by Node's rules of today, so module resolution, target and output are ours whatever the
 * configuration says; strictness, paths, JSX and decorators stay the person's. Options that only nag (unused locals: a
 * variable may be read by an annotation alone) are off: this is a run, not a lint.
 *
 * Left out: a configuration that only lists references to others ("solution style") counts as an empty one.
 */
import ts from "typescript";
import { EMIT_OPTIONS } from "../emit-options.ts";
import type { ProjectHost } from "./host.ts";
import { folderOf } from "./paths.ts";

export interface ProjectOptions {
  readonly options: ts.CompilerOptions;
  /** Two loads with the same key can share parsed files. */
  readonly key: string;
  /** The folder has neither Node's types nor the DOM's: `console` and the like have to be declared. */
  readonly needsGlobals: boolean;
  /** What is wrong with the configuration itself. */
  readonly problems: readonly ts.Diagnostic[];
}

const FORCED: ts.CompilerOptions = {
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  rewriteRelativeImportExtensions: false,
  resolveJsonModule: true,
  allowJs: true,
  skipLibCheck: true,
  noLib: false,
  noResolve: false,
  noCheck: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
  isolatedDeclarations: false,
  libReplacement: false,
};

const WITHOUT_CONFIGURATION: ts.CompilerOptions = { strict: true, lib: ["lib.esnext.d.ts"] };

export function readOptions(entry: string, host: ProjectHost): ProjectOptions {
  const folder = folderOf(entry);
  const config = ts.findConfigFile(folder, (path) => host.fileExists(path));
  const { options: own, problems } =
    config === undefined
      ? { options: WITHOUT_CONFIGURATION, problems: [] }
      : readConfiguration(config, host);
  const options: ts.CompilerOptions = {
    jsx: ts.JsxEmit.React,
    ...own,
    ...FORCED,
    ...EMIT_OPTIONS,
    // Node runs more than the target that is emitted, and `using` is lowered by us.
    lib: [...new Set([...(own.lib ?? ["lib.esnext.full.d.ts"]), "lib.esnext.d.ts"])],
  };
  for (const output of ["declarationDir", "tsBuildInfoFile"]) delete options[output];
  const hasNode = takeNodeTypes(options, entry, host);
  const hasDom = options.lib?.some((lib) => /^lib\.(?:dom\b|.*\.full\b)/.test(lib)) ?? true;
  return { options, key: JSON.stringify(options), needsGlobals: !hasNode && !hasDom, problems };
}

/** Node's types are taken up wherever they can be found, unless the person chose otherwise. */
function takeNodeTypes(options: ts.CompilerOptions, entry: string, host: ProjectHost): boolean {
  const wanted = options.types ?? ["node"];
  options.types = wanted;
  if (!wanted.some((name) => name === "node" || name === "*")) return false;
  const found = ts.resolveTypeReferenceDirective("node", entry, options, host);
  const file = found.resolvedTypeReferenceDirective?.resolvedFileName;
  if (file !== undefined) {
    // Without a configuration TypeScript would look from the current directory, wherever that is.
    if (options.configFilePath === undefined) options.typeRoots = [folderOf(folderOf(file))];
    return true;
  }
  options.types = wanted.filter((name) => name !== "node");
  return false;
}

function readConfiguration(path: string, host: ProjectHost) {
  const reader: ts.ParseConfigHost = {
    useCaseSensitiveFileNames: host.caseSensitive,
    fileExists: (file) => host.fileExists(file),
    readFile: (file) => host.readFile(file),
    readDirectory: () => [], // which files belong to the configuration does not matter here
  };
  const source = ts.readJsonConfigFile(path, (file) => host.readFile(file));
  const parsed = ts.parseJsonSourceFileConfigFileContent(
    source,
    reader,
    folderOf(path),
    undefined,
    path, // from there packages of types are looked up
  );
  const syntax = (source as unknown as { parseDiagnostics: ts.Diagnostic[] }).parseDiagnostics;
  return {
    options: parsed.options,
    problems: [...syntax, ...parsed.errors.filter(({ code }) => code !== NO_INPUTS)],
  };
}

/** "No inputs were found in config file": of course, none were looked for. */
const NO_INPUTS = 18003;
