/**
 * The door between loading a program and transforming it: what the loader (`project/`, annotation reading, checks) knows
 * of a program's text, and all that the transforms (`compile.ts`) may ask of it.
 *
 * Nodes are the parse trees of `program`, never copies: the transforms decide everything on them.
 */
import type ts from "typescript";
import type { Diagnostic, ProgramOptions } from "../protocol/program.ts";

export interface LoadedProgram {
  /** Made with `EMIT_OPTIONS` (emit-options.ts) laid over whatever the person's configuration says. */
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly entry: ts.SourceFile;
  /**
   * The person's own files, in order of evaluation: a file comes after those it imports (cycles cut as ECMA-262 does). Those that
   * only `import()` asks for are among them.
   */
  readonly files: readonly ts.SourceFile[];
  /** The path as the person knows it, `/` between its parts: `CompiledModule.id`. */
  idOf(file: ts.SourceFile): string;
  readonly annotations: ReadonlyMap<ts.SourceFile, FileAnnotations>;
  /** Everything said so far: syntax, types, annotations, checks. */
  readonly diagnostics: readonly Diagnostic[];
  resolveImport(file: ts.SourceFile, specifier: string): ResolvedImport;
  /** The own files that a file imports statically, in source order. */
  requestedBy(file: ts.SourceFile): readonly ts.SourceFile[];
}

export type ResolvedImport =
  | { readonly kind: "own"; readonly file: ts.SourceFile }
  /** `threadloom:std` and its sisters: the full specifier. */
  | { readonly kind: "std"; readonly name: string }
  /** An npm package, a Node module or a JSON file: loaded by the engine. */
  | { readonly kind: "external"; readonly specifier: string }
  | { readonly kind: "missing" };

/** What the annotations of one file say. Malformed ones are diagnostics and are not here. */
export interface FileAnnotations {
  /** Of the head `// @threadloom …` and `// @expect …`; empty where there is none. */
  readonly options: ProgramOptions;
  /** `@shared` variables; each declares one plain name. */
  readonly shared: ReadonlySet<ts.VariableDeclaration>;
  /** By `@shared` variable: where the lock of its `@guardedBy` is made. */
  readonly guards: ReadonlyMap<ts.VariableDeclaration, ts.NewExpression>;
  /** `@thread` functions of the top level, in source order. */
  readonly threads: readonly ThreadAnnotation[];
  /** `// @label text` before a statement. */
  readonly labels: ReadonlyMap<ts.Statement, LabelAnnotation>;
  readonly finals: readonly ConditionAnnotation[];
  readonly invariants: readonly ConditionAnnotation[];
}

export interface ThreadAnnotation {
  /** The function, or the variable that holds a function literal. */
  readonly declaration: ts.FunctionDeclaration | ts.VariableDeclaration;
  readonly name: string;
  readonly count: number;
}

export interface LabelAnnotation {
  readonly text: string;
  /** Offsets of the annotation's own text in the file. */
  readonly pos: number;
  readonly end: number;
}

export interface ConditionAnnotation {
  /**
   * The expression, parsed as the only statement of a source file of its own (parents set), over module-level names.
   * Not part of the program: the checker knows nothing of it.
   */
  readonly expression: ts.Expression;
  readonly text: string;
  /** Offsets of the expression's text in the person's file. */
  readonly pos: number;
  readonly end: number;
}
