/**
 * One file on its way through the transforms: everything that was decided on its parse tree, which the steps look up.
 * Deciding comes first and changes nothing; so the steps need no checker, and their order is a matter of syntax alone.
 */
import ts from "typescript";
import type { Diagnostic } from "../protocol/program.ts";
import { tell, type Message } from "../base/catalogue/message.ts";
import type { Site } from "../trace/tables.ts";
import { makeBuild, type Build } from "./build.ts";
import { findGuarded } from "./classes.ts";
import { findConstantEnums } from "./constant-enums.ts";
import { importTarget, type Exports, type Resolver, type Target } from "./exports.ts";
import type { FileAnnotations, LoadedProgram } from "./loaded.ts";
import { makeNames, type Names } from "./names.ts";
import { placeIn } from "./place.ts";
import { findLiterals, type Literals } from "./scopes/literals.ts";
import { splitNamespaces } from "./scopes/namespaces.ts";
import type { Binding, Reference, Scopes } from "./scopes/scope.ts";
import { findBoxed } from "./scopes/storage.ts";
import { sharedDeclaration } from "./shared/declared.ts";
import type { Range, Sites } from "./sites.ts";

export interface Module {
  readonly loaded: LoadedProgram;
  readonly file: ts.SourceFile;
  readonly id: string;
  readonly annotations: FileAnnotations;
  readonly scopes: Scopes;
  readonly literals: Literals;
  readonly exports: Exports;
  readonly resolver: Resolver;
  readonly names: Names;
  readonly build: Build;
  readonly boxed: ReadonlySet<Binding>;
  /** The name of a variable's box: its own, but for namespaces, whose names TypeScript declares. */
  boxNameOf(binding: Binding): string;
  /** Constant enums of the top level: made wherever the module is defined, so never taken along. */
  readonly constantEnums: ReadonlySet<Binding>;
  /** `@shared` variables, declared here or imported. */
  readonly shared: ReadonlySet<Binding>;
  /** Constructors and field initialisers that are skipped while an instance is restored. */
  readonly guarded: ReadonlySet<ts.Node>;
  /** What an imported name means. */
  target(binding: Binding): Target | undefined;
  /** `ns.name` of a namespace import, where it stands for another file's variable. */
  readonly namespaceMembers: ReadonlyMap<ts.Node, Binding>;
  /** The variable that an identifier uses (not one that it declares), if it is one of the person's. */
  used(identifier: ts.Identifier): Reference | Binding | undefined;
  /** An identifier that uses a module-level variable from main's own code, as if the person had written it there. */
  use(binding: Binding): ts.Identifier;
  readonly imports: Numbering<ts.SourceFile>;
  readonly externals: Numbering<string>;
  readonly stds: Numbering<string>;
  site(range: Range, kind: Site["kind"], name?: string): number;
  report<const V extends readonly string[]>(
    entry: Message<V>,
    values: { readonly [name in V[number]]: string | number },
    range: Range,
    severity?: Diagnostic["severity"],
  ): void;
}

/** Numbers things in order of first mention. */
export interface Numbering<T> {
  of(item: T): number;
  readonly items: readonly T[];
}

function makeNumbering<T>(): Numbering<T> {
  const items: T[] = [];
  return {
    items,
    of(item) {
      const known = items.indexOf(item);
      return known >= 0 ? known : items.push(item) - 1;
    },
  };
}

const NO_ANNOTATIONS: FileAnnotations = {
  options: {},
  shared: new Set(),
  guards: new Map(),
  threads: [],
  labels: new Map(),
  finals: [],
  invariants: [],
};

export function makeModule(
  loaded: LoadedProgram,
  file: ts.SourceFile,
  scopes: Scopes,
  resolver: Resolver,
  sites: Sites,
  diagnostics: Diagnostic[],
): Module {
  const id = loaded.idOf(file);
  const targets = new Map<Binding, Target | undefined>();
  const target = (binding: Binding): Target | undefined => {
    if (binding.kind !== "import") return undefined;
    if (!targets.has(binding)) targets.set(binding, importTarget(file, binding, resolver.importOf));
    return targets.get(binding);
  };
  const namespaceMembers = splitNamespaces(scopes, target, (from, name, binding) => {
    const member = resolver.exportOf(from, name);
    if (member !== undefined) targets.set(binding, member);
    return member !== undefined;
  });
  const exports = resolver.exportsOf(file);
  const shared = findShared(loaded, resolver, file, scopes, target);
  const constantEnums = findConstantEnums(loaded, scopes);
  const travels = (binding: Binding): boolean => {
    if (binding.kind === "member" || constantEnums.has(binding)) return false;
    if (binding.kind !== "import") return true;
    const kind = target(binding)?.kind;
    return kind === "box" || kind === "namespace";
  };
  const literals = findLiterals(scopes, (call) => isLibraryCall(loaded, call), travels);
  const boxed = findBoxed(
    scopes,
    literals,
    travels,
    (binding) => exports.boxName.has(binding) || target(binding)?.kind === "box",
  );
  const references = new Map<ts.Identifier, Reference | Binding>();
  for (const binding of new Set(scopes.bindingOf.values()))
    for (const reference of binding.references) references.set(reference.identifier, reference);
  const names = makeNames(scopes.names);
  const boxNames = new Map<Binding, string>();
  return {
    loaded,
    file,
    id,
    annotations: loaded.annotations.get(file) ?? NO_ANNOTATIONS,
    scopes,
    literals,
    exports,
    resolver,
    names,
    build: makeBuild(names),
    boxed,
    boxNameOf(binding) {
      if (binding.kind !== "namespace" || !boxed.has(binding)) return binding.name;
      const known = boxNames.get(binding) ?? names.fresh("n");
      boxNames.set(binding, known);
      return known;
    },
    constantEnums,
    shared,
    guarded: findGuarded(loaded, scopes),
    target,
    namespaceMembers,
    used: (identifier) => references.get(identifier),
    use(binding) {
      const identifier = ts.factory.createIdentifier(binding.name);
      references.set(identifier, binding);
      return identifier;
    },
    imports: makeNumbering(),
    externals: makeNumbering(),
    stds: makeNumbering(),
    site: (range, kind, name) => sites.add(file, id, range, kind, name),
    report(entry, values, range, severity = "error") {
      diagnostics.push({
        ...tell(entry, values),
        severity,
        file: id,
        ...placeIn(file, range),
        stops: severity === "error",
      });
    },
  };
}

/** The variables that hold places; assigning to a place does not assign the variable. */
function findShared(
  loaded: LoadedProgram,
  resolver: Resolver,
  file: ts.SourceFile,
  scopes: Scopes,
  target: (binding: Binding) => Target | undefined,
): Set<Binding> {
  const shared = new Set<Binding>();
  for (const binding of new Set(scopes.bindingOf.values())) {
    if (sharedDeclaration(loaded, resolver, file, binding, target(binding)) === undefined) continue;
    shared.add(binding);
    const references = binding.references.map((one) => ({ ...one, write: false }));
    binding.references.splice(0, references.length, ...references);
  }
  return shared;
}

/** Whether a call goes to a declaration of TypeScript's own library (`Math.max`, `array.map`). */
export function isLibraryCall(loaded: LoadedProgram, call: ts.CallLikeExpression): boolean {
  const declaration = loaded.checker.getResolvedSignature(call)?.declaration;
  return (
    declaration !== undefined &&
    loaded.program.isSourceFileDefaultLibrary(declaration.getSourceFile())
  );
}
