/** What the scope analysis gathers as it walks, and the few operations by which it does so. */
import type ts from "typescript";
import {
  NEVER,
  place,
  type Binding,
  type BindingKind,
  type ClassNode,
  type Frame,
  type Place,
  type Reference,
  type Scope,
  type ScopeKind,
} from "./scope.ts";

export type Tables = ReturnType<typeof makeTables>;

export function makeTables(file: ts.SourceFile) {
  const frames: Frame[] = [];
  const frameOf = new Map<ts.Node, Frame>();
  const bindingOf = new Map<ts.Identifier, Binding>();
  const scopeOf = new Map<ts.Node, Scope>();
  const unresolved = new Map<ts.Identifier, Frame>();
  const names = new Set<string>();
  const argumentUses = new Set<ts.Identifier>();
  const classes: { readonly node: ClassNode; readonly privates: ReadonlySet<string> }[] = [];
  const enterFrame = (
    kind: Frame["kind"],
    node: ts.Node,
    parent: Frame | undefined,
    created: Place = place(node.getStart(file)),
  ): Frame => {
    const frame: Frame = {
      kind,
      node,
      parent,
      created,
      usesThis: false,
      usesArguments: false,
      usesNewTarget: false,
      usesSuper: false,
      suspends: false,
      privates: new Set(),
    };
    frames.push(frame);
    frameOf.set(node, frame);
    return frame;
  };

  const enterScope = (
    kind: ScopeKind,
    node: ts.Node,
    parent: Scope | undefined,
    frame: Frame,
  ): Scope => {
    const scope: Scope = { kind, node, parent, frame, bindings: new Map(), functions: [] };
    if (kind !== "self") scopeOf.set(node, scope);
    return scope;
  };

  const declare = (
    scope: Scope,
    identifier: ts.Identifier,
    kind: BindingKind,
    declaration: ts.Node,
    initialised: Place,
    constant = false,
  ): Binding => {
    const known = scope.bindings.get(identifier.text);
    if (known !== undefined) {
      known.declarations.push(declaration);
      known.initialised = NEVER; // declared twice: a `var`, or an error that TypeScript tells
      bindingOf.set(identifier, known);
      return known;
    }
    const binding: Binding = {
      name: identifier.text,
      kind,
      scope,
      declarations: [declaration],
      references: [],
      constant,
      initialised,
    };
    scope.bindings.set(identifier.text, binding);
    bindingOf.set(identifier, binding);
    return binding;
  };

  const resolve = (name: string, scope: Scope | undefined): Binding | undefined => {
    for (let at = scope; at !== undefined; at = at.parent) {
      const binding = at.bindings.get(name);
      if (binding !== undefined) return binding;
    }
    return undefined;
  };

  const refer = (identifier: ts.Identifier, scope: Scope, frame: Frame, write: boolean): void => {
    if (identifier.text === "arguments" && resolve("arguments", scope) === undefined) {
      argumentUses.add(identifier);
      markUpwards(frame, "usesArguments");
      return;
    }
    const binding = resolve(identifier.text, scope);
    if (binding === undefined) {
      unresolved.set(identifier, frame);
      return;
    }
    const reference: Reference = { identifier, binding, frame, write };
    binding.references.push(reference);
    bindingOf.set(identifier, binding);
  };

  /** `this` and its like belong to the nearest function that is no arrow; every arrow on the way needs them too. */
  const markUpwards = (
    from: Frame,
    what: "usesThis" | "usesArguments" | "usesNewTarget" | "usesSuper",
  ): void => {
    for (let frame: Frame | undefined = from; frame !== undefined; frame = frame.parent) {
      frame[what] = true;
      if (frame.kind !== "arrow" && frame.kind !== "class") return;
    }
  };

  const usePrivate = (name: string, frame: Frame): void => {
    const owner = classes.findLast((entry) => entry.privates.has(name));
    if (owner === undefined) return;
    for (
      let at: Frame | undefined = frame;
      at !== undefined && at.node !== owner.node;
      at = at.parent
    )
      at.privates.add(owner.node);
  };

  return {
    file,
    frames,
    frameOf,
    bindingOf,
    scopeOf,
    unresolved,
    names,
    argumentUses,
    classes,
    enterFrame,
    enterScope,
    declare,
    refer,
    markUpwards,
    usePrivate,
  };
}
