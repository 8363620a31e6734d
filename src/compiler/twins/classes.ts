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
import { extendsOf } from "./effects.ts";
import {
  arrowOf,
  declareTemps,
  type makeFunctions,
  parameter,
  spreadParameter,
  star,
} from "./functions.ts";
import type { makeMembers } from "./members.ts";
import { hasTwin, isStatic, type Stops } from "./stops.ts";
import {
  assign,
  commas,
  constant,
  id,
  type MadeClass,
  nothing,
  type PrivateMember,
  result,
  runtime,
  skip,
  temp,
  text,
  within,
  type Work,
} from "./work.ts";

const { factory } = ts;

type ClassNode = ts.ClassDeclaration | ts.ClassExpression;

export function makeClasses(
  work: Work,
  stops: Stops,
  functions: ReturnType<typeof makeFunctions>,
  members: ReturnType<typeof makeMembers>,
  visitNamed: (value: ts.Expression, name: string | undefined) => ts.Expression,
) {
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
    const parts = constructs ? construction(node, self) : undefined;
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
      const frame = privateCall(factory.createThis(), statics, []);
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

  const named = (member: ts.PropertyDeclaration): ts.Expression => {
    const { name } = member;
    const own = ts.isComputedPropertyName(name) ? undefined : (name as ts.Identifier).text;
    return visitNamed(member.initializer!, own);
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
        return [defineField(member as ts.PropertyDeclaration, factory.createThis())];
      });
      return [...declareTemps(scope.temps), ...made];
    });
    return staticGenerator(name, [], statements);
  };

  /** `$t.define(object, "x", value)`, or `object.#p = value`. */
  const defineField = (member: ts.PropertyDeclaration, object: ts.Expression): ts.Statement => {
    const value = member.initializer === undefined ? nothing() : named(member);
    const { name } = member;
    const made = ts.isPrivateIdentifier(name)
      ? factory.createAssignment(factory.createPropertyAccessExpression(object, name), value)
      : runtime(
          work,
          "define",
          object,
          ts.isComputedPropertyName(name)
            ? work.visit(name.expression)
            : text((name as ts.Identifier).text),
          value,
        );
    return ts.setTextRange(factory.createExpressionStatement(made), member);
  };

  // ---- construction

  const construction = (node: ClassNode, self: string) => {
    const derived = extendsOf(node) !== undefined;
    const constructor = node.members.find(
      (one): one is ts.ConstructorDeclaration =>
        ts.isConstructorDeclaration(one) && one.body !== undefined,
    );
    const moved = new Set<ts.ClassElement>(
      node.members.filter(
        (one) =>
          ts.isPropertyDeclaration(one) && !isStatic(one) && !ts.isComputedPropertyName(one.name),
      ),
    );
    const fields = moved.size === 0 ? undefined : `#${work.names.fresh("fields")}`;
    const construct = `#${work.names.fresh("new")}`;
    const made: MadeClass = {
      name: work.names.fresh("made"),
      instance: work.names.fresh("this"),
      target: work.names.fresh("target"),
      derived,
      adopts: derived && node.members.some((one) => !isStatic(one) && isPrivateMember(one)),
      fields,
    };
    const written = [
      constructTwin(construct, constructor, made, self),
      ...(fields === undefined ? [] : [fieldsTwin(fields, [...moved], made, self)]),
      plainConstructor(node, constructor, construct, self),
    ];
    const rest = `${work.names.runtime}s`;
    const twin = arrowOf(
      [spreadParameter(rest)],
      privateCall(factory.createThis(), construct, [factory.createSpreadElement(id(rest))]),
    );
    const head = [
      factory.createExpressionStatement(runtime(work, "constructs", factory.createThis(), twin)),
    ];
    return { moved, written, head };
  };

  const constructTwin = (
    name: string,
    constructor: ts.ConstructorDeclaration | undefined,
    made: MadeClass,
    self: string,
  ): ts.ClassElement => {
    const scope = {
      twin: true,
      hands: false,
      name: `new ${self}`,
      this: made.instance,
      newTarget: made.target,
      made,
    };
    const first = (): ts.Statement[] => [
      constant(made.name, factory.createThis()),
      constant(made.instance, undefined, ts.NodeFlags.Let),
      ...(made.derived
        ? []
        : [
            factory.createExpressionStatement(
              factory.createAssignment(
                id(made.instance),
                runtime(work, "allocate", id(made.name), id(made.target)),
              ),
            ),
            ...fillIn(made).map((one) => factory.createExpressionStatement(one)),
          ]),
    ];
    const answer = factory.createReturnStatement(
      runtime(
        work,
        "constructed",
        nothing(),
        id(made.instance),
        made.derived ? factory.createTrue() : factory.createFalse(),
      ),
    );
    if (constructor !== undefined) {
      const written = functions.write(withoutGuard(constructor), scope, first);
      return staticGenerator(
        name,
        [parameter(made.target), ...written.parameters],
        [...written.statements, answer],
        constructor,
      );
    }
    const rest = `${work.names.runtime}s`;
    const statements = within(work, { ...scope, temps: [] }, () => [
      ...first(),
      ...(made.derived
        ? [
            factory.createExpressionStatement(
              superCall([factory.createSpreadElement(id(rest))], undefined),
            ),
          ]
        : []),
    ]);
    return staticGenerator(
      name,
      [parameter(made.target), spreadParameter(rest)],
      [...statements, answer],
    );
  };

  /** `super(a)`: the parent's instance, with this class's private members and fields. */
  const superCall = (
    given: readonly ts.Expression[],
    node: ts.CallExpression | undefined,
  ): ts.Expression => {
    const made = work.scope.made!;
    const call = runtime(
      work,
      "superConstruct",
      id(made.name),
      id(made.target),
      factory.createArrayLiteralExpression(given),
    );
    if (node !== undefined) ts.setTextRange(call, node);
    const constructed = result(work, call, node ?? call);
    const instance = made.adopts ? runtime(work, "adopt", id(made.name), constructed) : constructed;
    return commas(assign(id(made.instance), instance), ...fillIn(made), id(made.instance));
  };

  const fillIn = (made: MadeClass): ts.Expression[] => {
    if (made.fields === undefined) return [];
    const frame = privateCall(id(made.name), made.fields, [id(made.instance)]);
    return [result(work, runtime(work, "start", frame), frame)];
  };

  const fieldsTwin = (
    name: string,
    fields: readonly ts.ClassElement[],
    made: MadeClass,
    self: string,
  ): ts.ClassElement => {
    const scope = {
      twin: true,
      hands: false,
      name: `new ${self}`,
      temps: [] as string[],
      this: made.instance,
      made,
    };
    const statements = within(work, scope, () =>
      fields.map((one) => defineField(one as ts.PropertyDeclaration, id(made.instance))),
    );
    return staticGenerator(
      name,
      [parameter(made.instance)],
      [constant(made.name, factory.createThis()), ...declareTemps(scope.temps), ...statements],
    );
  };

  const plainConstructor = (
    node: ClassNode,
    constructor: ts.ConstructorDeclaration | undefined,
    construct: string,
    self: string,
  ): ts.ClassElement => {
    const derived = extendsOf(node) !== undefined;
    const bare = (): ts.Statement =>
      factory.createBlock(
        [
          ...(derived
            ? [
                factory.createExpressionStatement(
                  factory.createCallExpression(factory.createSuper(), undefined, []),
                ),
              ]
            : []),
          factory.createReturnStatement(),
        ],
        true,
      );
    const { runtime: prefix, program } = work.names;
    const names = (constructor?.parameters ?? []).flatMap((one, index) =>
      one.initializer === undefined && one.dotDotDotToken === undefined
        ? [`${prefix}${index}`]
        : [],
    );
    const guards =
      program === undefined
        ? []
        : [
            factory.createIfStatement(
              factory.createPropertyAccessExpression(id(program.runtime), "restoring"),
              bare(),
            ),
          ];
    const frame = privateCall(id(self), construct, [
      factory.createMetaProperty(ts.SyntaxKind.NewKeyword, id("target")),
      factory.createSpreadElement(id("arguments")),
    ]);
    return factory.createConstructorDeclaration(
      undefined,
      names.map(parameter),
      factory.createBlock(
        [
          ...guards,
          factory.createIfStatement(runtime(work, "allocating", id(self)), bare()),
          factory.createReturnStatement(runtime(work, "run", frame)),
        ],
        true,
      ),
    );
  };

  const privateCall = (
    of: ts.Expression,
    name: string,
    args: readonly ts.Expression[],
  ): ts.CallExpression =>
    factory.createCallExpression(
      factory.createPropertyAccessExpression(of, factory.createPrivateIdentifier(name)),
      undefined,
      args,
    );

  const staticGenerator = (
    name: string,
    parameters: readonly ts.ParameterDeclaration[],
    statements: readonly ts.Statement[],
    original?: ts.Node,
  ): ts.ClassElement => {
    const made = factory.createMethodDeclaration(
      [factory.createModifier(ts.SyntaxKind.StaticKeyword)],
      star(),
      factory.createPrivateIdentifier(name),
      undefined,
      undefined,
      parameters,
      undefined,
      factory.createBlock(statements, true),
    );
    return original === undefined ? made : ts.setTextRange(made, original);
  };

  /** The statement that skips a constructor while instances are restored: the plain one has it. */
  const withoutGuard = (node: ts.ConstructorDeclaration): ts.ConstructorDeclaration => {
    const [first, ...rest] = node.body!.statements;
    const { program } = work.names;
    const isGuard =
      first !== undefined &&
      ts.isIfStatement(first) &&
      ts.isPropertyAccessExpression(skip(first.expression)) &&
      (skip(first.expression) as ts.PropertyAccessExpression).name.text === "restoring" &&
      program !== undefined;
    return isGuard
      ? factory.updateConstructorDeclaration(
          node,
          node.modifiers,
          node.parameters,
          factory.updateBlock(node.body!, rest),
        )
      : node;
  };

  return { transform, superCall };
}

const isPrivateMember = (member: ts.ClassElement): boolean =>
  member.name !== undefined && ts.isPrivateIdentifier(member.name);

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
