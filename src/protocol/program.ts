/**
 * A compiled program: what the compiler hands to the engines. Plain data, so that it crosses process borders as it is.
 */
import type { Site, SourceText } from "../trace/tables.ts";
import type { Place } from "../trace/finding.ts";
import type { CrossingHint } from "./crossing.ts";

export interface CompiledProgram {
  /** `CompiledModule.id` of the entry. */
  readonly entry: string;
  /**
   * With twins, for an engine that suspends its functions (`twins.ts`): modules then take `$t` as well. The model's, or the native
   * one's where many threads share a worker (`green`). Absent: native, a worker for each thread.
   */
  readonly form?: "model" | "green";
  readonly options: ProgramOptions;
  /**
   * A module comes after those that it imports (cycles cut as ECMA-262 does). Evaluated in this order are those that the entry
   * reaches by `requests`; the others when `import()` asks for them.
   */
  readonly modules: readonly CompiledModule[];
  /** Index = `SiteId`; row 0 is unused. */
  readonly sites: readonly (Site | null)[];
  /** `@thread` functions, in source order, repeated by their count. */
  readonly threads: readonly DeclaredThread[];
  readonly finals: readonly Condition[];
  readonly invariants: readonly Condition[];
  readonly sources: readonly SourceText[];
  /** Of the model form: the places where twins stop, by the number that they yield; row 0 is code of ours. */
  readonly points?: readonly (Point | null)[];
  /** Of the debug form: what probes show, and which points are the beginnings of statements. */
  readonly probes?: {
    readonly scopes: readonly ProbedScope[];
    readonly pauses: readonly number[];
  };
}

/** A scope with variables that a debugger can see. */
export interface ProbedScope {
  readonly names: readonly ProbedName[];
}

export interface ProbedName {
  readonly name: string;
  readonly of: "local" | "closure" | "module";
  /** Assigning it means the same for everybody who uses it. */
  readonly canSet: boolean;
}

/** A place where a twin may stop. Lines and columns count from 1; 0 where the text has none. */
export interface Point {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The function around it, as a person knows it; absent at the top level and for functions without a name. */
  readonly function?: string;
}

export interface ProgramOptions {
  readonly model?: "parallel" | "timesliced" | "cooperative" | "green";
  readonly cores?: number;
  readonly quantum?: number;
  readonly seed?: number;
  readonly preemptions?: number;
  readonly spurious?: number;
  /** The text of `@expect`: a verdict or a finding's kind. */
  readonly expect?: string;
}

export interface CompiledModule {
  /** The file's path as the person knows it, `/` between its parts; what sites and stacks name. */
  readonly id: string;
  /** The text of one function expression `($, $m) => …`: see docs/architecture.md, "What the compiler emits". */
  readonly code: string;
  /** Source map (version 3, JSON text) from `code` to the person's file. */
  readonly map: string;
  /** npm packages and Node modules that it imports, by the index that `$m.external(i)` takes. */
  readonly externals: readonly External[];
  /** Ids of the own files that it imports, by the index that `$m.module(i)` takes. */
  readonly imports: readonly string[];
  /** Ids of the own files that it imports statically, in source order: evaluated before it. */
  readonly requests: readonly string[];
  /** Exported names whose value lives in a box of the module record (`$m.boxes`). */
  readonly exports: readonly string[];
}

export interface External {
  readonly specifier: string;
  /** Whether a function or class body uses it, so that every thread may need it. */
  readonly inBodies: boolean;
}

/** A `@thread` function: number of the literal that starts it, with what `$m.thread(i)` answers as its body. */
export interface DeclaredThread {
  readonly module: string;
  /** Which of the module's `@thread` functions. */
  readonly index: number;
  readonly name: string;
  readonly count: number;
  readonly site: number;
}

/** A `@final` or `@invariant`: `$m.condition(i)` evaluates it. */
export interface Condition {
  readonly module: string;
  readonly index: number;
  readonly text: string;
  readonly place: Place;
  /** Names of `@shared` variables that it reads. */
  readonly reads: readonly string[];
}

/** What is wrong with a program's text, or worth saying of it. Lines and columns count from 1. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: "error" | "warning" | "information";
  /** What and why, in a sentence or two. */
  readonly message: string;
  /** What to do. */
  readonly remedy?: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Whether the program cannot run (syntax errors and our own errors; type errors never stop a run). */
  readonly stops: boolean;
  readonly related?: readonly (Place & { readonly message: string })[];
  /** A change of the text that would put it right, for an editor to offer. */
  readonly fix?: DiagnosticFix;
}

export interface DiagnosticFix {
  /** What it does, in the imperative. */
  readonly title: string;
  /** Replaced by `text`; in the diagnostic's own file. Lines and columns count from 1. */
  readonly range: {
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
  };
  readonly text: string;
}

export type Compilation =
  | {
      readonly ok: true;
      readonly program: CompiledProgram;
      readonly diagnostics: readonly Diagnostic[];
      /** What crosses where, where it was asked for the program's native form. */
      readonly crossings?: readonly CrossingHint[];
    }
  | {
      readonly ok: false;
      readonly diagnostics: readonly Diagnostic[];
      readonly crossings?: readonly CrossingHint[];
    };
