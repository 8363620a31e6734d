/**
 * What the scope analysis finds out: which name is declared where, which identifier means which binding, and which
 * functions stand between the two.
 *
 * The analysis is our own and purely syntactic (ECMA-262's scoping, plus TypeScript's enums and namespaces): transforms
 * must be right for programs with type errors too, and need scopes and frames, which the checker does not give.
 */
import type ts from "typescript";

export type BindingKind =
  | "variable" // let, const, using
  | "var"
  | "parameter"
  | "catch"
  | "function"
  | "class"
  | "self" // the name of a function or class expression, within itself
  | "enum"
  | "namespace"
  | "import"
  | "member"; // of an enum or namespace, within it: TypeScript's own business

export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  readonly scope: Scope;
  /** What declares it: the declaration whose name (or part of whose pattern) it is. Several for `var` and enums. */
  readonly declarations: ts.Node[];
  readonly references: Reference[];
  /** `const`, `using` and imports: assigning is an error. */
  readonly constant: boolean;
  /** Certainly initialised from here on (see `place`); infinite where that cannot be told from the text. */
  initialised: Place;
  /** The literal that is its value for good: of a function declaration, or of a `const f = () => …`. */
  literal?: Frame;
}

export type ScopeKind =
  | "module"
  | "function"
  | "block"
  | "loop"
  | "switch"
  | "catch"
  | "class"
  | "self"
  | "enum"
  | "namespace";

export interface Scope {
  readonly kind: ScopeKind;
  readonly node: ts.Node;
  readonly parent: Scope | undefined;
  readonly frame: Frame;
  readonly bindings: Map<string, Binding>;
  /** Function declarations, in order: created at the scope's start. */
  readonly functions: ts.FunctionDeclaration[];
}

export type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.AccessorDeclaration
  | ts.ConstructorDeclaration;

export type ClassNode = ts.ClassDeclaration | ts.ClassExpression;

/** A piece of text that runs at another time than what is around it, or moves as a whole. */
export interface Frame {
  readonly kind: "module" | "function" | "arrow" | "class" | "initialiser" | "namespace";
  readonly node: ts.Node;
  readonly parent: Frame | undefined;
  /** When it is made, on the same scale as `Binding.initialised`. */
  readonly created: Place;
  /** What it takes from the function around it, directly or through arrows within. */
  usesThis: boolean;
  usesArguments: boolean;
  usesNewTarget: boolean;
  usesSuper: boolean;
  /** Of a class: its heritage or a computed key awaits or yields. */
  suspends: boolean;
  /** Classes around it whose `#private` names it uses. */
  readonly privates: Set<ClassNode>;
}

export interface Reference {
  readonly identifier: ts.Identifier;
  readonly binding: Binding;
  readonly frame: Frame;
  readonly write: boolean;
}

/**
 * A moment in a scope's straight run through its text: an offset, and an order among what happens at that offset
 * (function declarations at a scope's start).
 */
export type Place = number;
export const place = (offset: number, order = 0): Place => offset + order / 1_048_576;
export const NEVER: Place = Infinity;

export interface Scopes {
  readonly file: ts.SourceFile;
  readonly module: Scope;
  readonly frames: readonly Frame[];
  readonly frameOf: ReadonlyMap<ts.Node, Frame>;
  /** Every identifier that stands for a variable, whether it declares or uses it. */
  readonly bindingOf: Map<ts.Identifier, Binding>;
  readonly scopeOf: ReadonlyMap<ts.Node, Scope>;
  /** Names used that nothing in the file declares: globals, `require`. */
  readonly unresolved: ReadonlyMap<ts.Identifier, Frame>;
  /** Uses of a function's own `arguments`. */
  readonly argumentUses: ReadonlySet<ts.Identifier>;
  /** Every name that occurs at all, so that made-up names can keep clear of them. */
  readonly names: Set<string>;
  /** Whether top-level code awaits. */
  readonly awaits: boolean;
}
