/**
 * The compiler options that emitting depends on; the loader lays them over a person's own configuration.
 *
 * ES2022 is the newest language that every supported Node runs and has everything the transforms leave alone (classes
 * with `#private`, static blocks, optional chaining, top-level await). What is newer (`using`, decorators, `accessor`)
 * is lowered, `using` by us and the others by TypeScript, after the transforms.
 */
import ts from "typescript";

export const EMIT_OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  useDefineForClassFields: true,
  sourceMap: true,
  inlineSourceMap: false,
  inlineSources: false,
  mapRoot: undefined,
  sourceRoot: undefined,
  /** Without a folder for output, TypeScript refuses to emit JavaScript files. Nothing is ever written there. */
  outDir: "/threadloom-output",
  outFile: undefined,
  rootDir: undefined,
  declaration: false,
  declarationMap: false,
  composite: false,
  incremental: false,
  emitDeclarationOnly: false,
  noEmit: false,
  noEmitOnError: false,
  noEmitHelpers: false,
  importHelpers: false,
  removeComments: true,
  emitBOM: false,
  /** The members of `const enum` are kept as objects, so that values of them may be captured. */
  preserveConstEnums: true,
  newLine: ts.NewLineKind.LineFeed,
} as const satisfies ts.CompilerOptions;
