/**
 * Classes. Members that may stop are written as generators (members.ts). Where constructing may stop, the constructor and
 * the field initialisers become twins as well, on an instance that is only allocated:
 *
 *     class K extends P {
 *       static { $t.constructs(this, (…$s) => this.#$new(…$s)); }
 *       static *#$new($target, a) { const $made = this; let $this; … $this = …superConstruct($made, $target, [a])… }
 *       static *#$fields($this) { $t.define($this, "x", …); $this.#p = …; }
 *       #p;
 *       constructor(…$s) { if ($t.allocating(K)) { super(); return; } return $t.run(K.#$new(new.target, …$s)); }
 *     }
 *
 * Static initialisers that may stop, and what follows them, run as a twin when the class is there (`#$static`).
 *
 * Left out: fields with computed names keep their initialisers, which run when the instance is allocated.
 */
import ts from "typescript";
import { isStatic } from "./declared.ts";
import { type ClassNode, makeConstruction } from "./construction.ts";
import type { makeFunctions } from "./functions.ts";
import type { makeMembers } from "./members.ts";
import { arrowOf, declareTemps } from "./pieces.ts";
import { hasTwin, type Stops } from "./stops.ts";
import { id, type PrivateMember, result, runtime, temp, text, within, type Work } from "./work.ts";

const { factory } = ts;

export function makeClasses(
  work: Work,
  stops: Stops,
  functions: ReturnType<typeof makeFunctions>,
  members: ReturnType<typeof makeMembers>,
  visitNamed: (value: ts.Expression, name: string | undefined) => ts.Expression,
) {
  const named = (member: ts.PropertyDeclaration): ts.Expression => {
    const { name } = member;
    const own = ts.isComputedPropertyName(name) ? undefined : (name as ts.Identifier).text;
    return visitNamed(member.initializer!, own);
  };
  const construction = makeConstruction(work, functions, named);

  /** A class; `given`: the name that it gets from where it stands. `after`: what has to be done once it is there. */
  const transform = <T extends ClassNode>(
    node: T,
    given: string | undefined,
  ): { made: T; after: ts.Expression | undefined } => {
    const heritage = node.heritageClauses?.map((one) => work.visit(one));
    work.privates.push(privatesOf(node));
    try {
      return withMembers(node, heritage, given);
    } finally {
      work.privates.pop();
    }
  };

  const privatesOf = (node: ClassNode) => {
    const known = new Map<string, { kind: PrivateMember; maker?: string }>();
    for (const member of node.members) {
      const { name } = member;
      if (name === undefined || !ts.isPrivateIdentifier(name)) continue;
      if (ts.isMethodDeclaration(member)) {
        const twin = hasTwin(stops, member);
        if (!twin) known.set(name.text, { kind: "plain" });
        else {
          const kind = member.asteriskToken === undefined ? "method" : "generator";
          known.set(name.text, { kind, maker: members.maker(member) });
        }
      } else if (ts.isAccessor(member)) {
        const before = known.get(name.text)?.kind;
        const kind = typeof before === "object" ? before : {};
        const twin = work.names.fresh("p");
        if (hasTwin(stops, member))
          known.set(name.text, {
            kind: { ...kind, [ts.isGetAccessor(member) ? "get" : "set"]: `#${twin}` },
          });
        else if (before === undefined) known.set(name.text, { kind });
      } else known.set(name.text, { kind: "plain" });
    }
    return known;
  };

  const withMembers = <T extends ClassNode>(
    node: T,
    heritage: readonly ts.HeritageClause[] | undefined,
    given: string | undefined,
  ): { made: T; after: ts.Expression | undefined } => {
    const head: ts.Statement[] = [];
    const written: ts.ClassElement[] = [];
    const constructs = stops.constructionStops(node);
    const firstStatic = node.members.findIndex((one) => stops.staticStops(one));
    const overridden = laterMembers(node);
    const self = node.name?.text ?? work.names.fresh("class");
    const parts = constructs ? construction.parts(node, self) : undefined;
    node.members.forEach((member, index) => {
      if (ts.isConstructorDeclaration(member) && parts !== undefined) return;
      if (firstStatic >= 0 && index >= firstStatic && isStaticPart(member)) {
        written.push(...withoutInitialiser(member));
        return;
      }
      if (parts?.moved.has(member) === true) {
        written.push(...withoutInitialiser(member));
        return;
      }
      if ((ts.isMethodDeclaration(member) || ts.isAccessor(member)) && member.body) {
        const made = members.member(member);
        written.push(...made.written);
        if (made.after !== undefined && !overridden.has(member))
          head.push(factory.createExpressionStatement(made.after(holderOf(member))));
        return;
      }
      written.push(classElement(member));
    });
    if (parts !== undefined) {
      written.push(...parts.written);
      head.push(...parts.head);
      if (node.name === undefined) head.push(renamed(self, given ?? ""));
    }
    let after: ts.Expression | undefined;
    if (firstStatic >= 0) {
      const statics = `#${work.names.fresh("static")}`;
      written.push(staticTwin(node, firstStatic, statics, self));
      const begin = temp(work);
      const frame = construction.privateCall(factory.createThis(), statics, []);
      head.push(
        factory.createExpressionStatement(factory.createAssignment(id(begin), arrowOf([], frame))),
      );
      const started = runtime(
        work,
        "start",
        factory.createCallExpression(id(begin), undefined, []),
      );
      after = work.scope.twin ? result(work, started, node) : started;
    }
    const block = head.length === 0 ? [] : [staticBlock(head)];
    const name = parts !== undefined && node.name === undefined ? id(self) : node.name;
    const all = [...block, ...written];
    const made = ts.isClassExpression(node)
      ? factory.updateClassExpression(node, node.modifiers, name, undefined, heritage, all)
      : factory.updateClassDeclaration(node, node.modifiers, name, undefined, heritage, all);
    return { made: made as T, after };
  };

  /** A class without a name goes by one of ours, unless it has a static `name`. */
  const renamed = (self: string, name: string): ts.Statement =>
    factory.createExpressionStatement(
      factory.createLogicalAnd(
        factory.createStrictEquality(
          factory.createPropertyAccessExpression(factory.createThis(), "name"),
          text(self),
        ),
        runtime(work, "named", factory.createThis(), text(name)),
      ),
    );

  const holderOf = (member: ts.ClassElement): ts.Expression =>
    isStatic(member)
      ? factory.createThis()
      : factory.createPropertyAccessExpression(factory.createThis(), "prototype");

  /** A member that stays: its code is plain. */
  const classElement = (member: ts.ClassElement): ts.ClassElement => {
    if (ts.isConstructorDeclaration(member)) return functions.plain(member, "");
    if (ts.isPropertyDeclaration(member)) {
      const name = work.visit(member.name);
      const initializer = member.initializer && inPlain(() => named(member));
      return factory.updatePropertyDeclaration(
        member,
        member.modifiers,
        name,
        undefined,
        undefined,
        initializer,
      );
    }
    if (ts.isClassStaticBlockDeclaration(member)) return inPlain(() => work.visitChildren(member));
    return member;
  };

  /** Initialisers have a `this` of their own; what they need for halves of expressions is the function's around. */
  const inPlain = <T>(run: () => T): T =>
    within(work, { twin: false, hands: false, name: "", temps: work.scope.temps }, run);

  const isStaticPart = (member: ts.ClassElement): boolean =>
    ts.isClassStaticBlockDeclaration(member) ||
    (ts.isPropertyDeclaration(member) && isStatic(member) && !isOurs(member));

  /** What an earlier step put in: `static #$l3 = …`. */
  const isOurs = ({ name }: ts.PropertyDeclaration): boolean =>
    ts.isPrivateIdentifier(name) && work.names.isFactory(name.text.slice(1));

  /** Private members are declared all the same. */
  const withoutInitialiser = (member: ts.ClassElement): ts.ClassElement[] =>
    ts.isPropertyDeclaration(member) && ts.isPrivateIdentifier(member.name)
      ? [
          factory.updatePropertyDeclaration(
            member,
            member.modifiers,
            member.name,
            undefined,
            undefined,
            undefined,
          ),
        ]
      : [];

  const staticTwin = (
    node: ClassNode,
    from: number,
    name: string,
    self: string,
  ): ts.ClassElement => {
    const scope = { twin: true, hands: false, name: `static ${self}`, temps: [] as string[] };
    const statements = within(work, scope, () => {
      const made = node.members.slice(from).flatMap((member): ts.Statement[] => {
        if (!isStaticPart(member)) return [];
        if (ts.isClassStaticBlockDeclaration(member)) return [work.visit(member.body)];
        return [construction.defineField(member as ts.PropertyDeclaration, factory.createThis())];
      });
      return [...declareTemps(scope.temps), ...made];
    });
    return construction.staticGenerator(name, [], statements);
  };

  return { transform, superCall: construction.superCall };
}

const staticBlock = (statements: readonly ts.Statement[]): ts.ClassElement =>
  factory.createClassStaticBlockDeclaration(factory.createBlock(statements, true));

/** Methods that a later one of the same name takes the place of. */
function laterMembers(node: ClassNode): Set<ts.ClassElement> {
  const last = new Map<string, ts.ClassElement>();
  const overridden = new Set<ts.ClassElement>();
  for (const member of node.members) {
    if (!ts.isMethodDeclaration(member) || ts.isComputedPropertyName(member.name)) continue;
    const key = `${isStatic(member)} ${(member.name as ts.Identifier).text}`;
    const before = last.get(key);
    if (before !== undefined) overridden.add(before);
    last.set(key, member);
  }
  return overridden;
}
