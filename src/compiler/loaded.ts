/**
 * The door between the compiler's two halves: what loading and reading annotations give, and what the steps that
 * transform a program take. The front half vouches for it: files are there, parse without errors, and annotations that
 * stand here are well-formed; what was wrong is in the diagnostics instead.
 */
import type ts from "typescript";
import type { ProgramOptions } from "../protocol/program.ts";

export interface LoadedProgram {
  readonly program: ts.Program;
  /** The program's checker; files are bound, so nodes have parents. */
  readonly checker: ts.TypeChecker;
  readonly entry: LoadedFile;
  /**
   * The person's own files, in the order of evaluation: post-order, depth first, cycles cut, as ECMA-262. Files that only
   * `import()` or `require()` asks for come where the walk finds them, as they have to be compiled as well.
   */
  readonly files: readonly LoadedFile[];
  /** The entry's. */
  readonly options: ProgramOptions;
}

export interface LoadedFile {
  /** `CompiledModule.id`: the path as the person knows it. Not always `source.fileName` (untitled documents). */
  readonly id: string;
  readonly kind: "code" | "json";
  readonly source: ts.SourceFile;
  /** In source order; one per place. Imports of nothing but types are not among them. */
  readonly imports: readonly LoadedImport[];
  readonly annotations: FileAnnotations;
}

export interface LoadedImport {
  /** The literal in the source. */
  readonly specifier: ts.StringLiteralLike;
  /** `import()` and `require()`: evaluated when it is called. */
  readonly late: boolean;
  readonly target:
    | { readonly kind: "own"; readonly id: string }
    /** `threadloom:std` and its sisters. */
    | { readonly kind: "std"; readonly name: string }
    /** npm packages and Node's own modules; also relative files that are no code of ours (`./native.node`, `./x.cjs`). */
    | { readonly kind: "external" };
}

export interface FileAnnotations {
  /** The file has a `// @threadloom` head. */
  readonly isProgram: boolean;
  /** Of the head: keys of `@threadloom`, and `@expect`. */
  readonly options: ProgramOptions;
  /** `@shared` variables, each with a plain name; module-level ones and local ones. */
  readonly shared: ReadonlyMap<ts.VariableDeclaration, SharedAnnotation>;
  /** In source order. */
  readonly threads: readonly ThreadAnnotation[];
  readonly invariants: readonly ConditionAnnotation[];
  readonly finals: readonly ConditionAnnotation[];
  /** In source order: the mark is made just before the statement runs. */
  readonly labels: readonly LabelAnnotation[];
}

/** Where it stands in the file's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface SharedAnnotation {
  /** The tag, `@shared`. */
  readonly tag: Span;
  /** `@guardedBy m`: the name, which is a module-level variable. */
  readonly guardedBy?: string;
}

export interface ThreadAnnotation {
  /** A module-level function with a body and at most one parameter. */
  readonly declaration: ts.FunctionDeclaration;
  readonly tag: Span;
  /** What is written behind the tag, else the function's name. */
  readonly name: string;
  /** 1 … 256. */
  readonly count: number;
}

export interface ConditionAnnotation {
  readonly tag: Span;
  readonly text: string;
  /**
   * Parsed; the positions of its nodes are those in the file's text, though its nodes are not of `source` and the checker
   * knows nothing of them.
   */
  readonly expression: ts.Expression;
  /** Names of module scope that it reads, in order, each once; globals (`Math`) are not among them. */
  readonly names: readonly string[];
}

export interface LabelAnnotation {
  readonly tag: Span;
  readonly text: string;
  readonly statement: ts.Statement;
}
