/**
 * Construction that may stop: the constructor and the fields of a class as twins, and the plain constructor that runs them
 * (see classes.ts).
 */
import ts from "typescript";
import { extendsOf, isStatic } from "./declared.ts";
import type { makeFunctions } from "./functions.ts";
import { arrowOf, declareTemps, parameter, spreadParameter, star } from "./pieces.ts";
import {
  assign,
  commas,
  constant,
  id,
  type MadeClass,
  nothing,
  result,
  runtime,
  skip,
  text,
  within,
  type Work,
} from "./work.ts";

const { factory } = ts;

export type ClassNode = ts.ClassDeclaration | ts.ClassExpression;

export function makeConstruction(
  work: Work,
  functions: ReturnType<typeof makeFunctions>,
  named: (field: ts.PropertyDeclaration) => ts.Expression,
) {
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

  const parts = (node: ClassNode, self: string) => {
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

  return { parts, superCall, defineField, privateCall, staticGenerator };
}

const isPrivateMember = (member: ts.ClassElement): boolean =>
  member.name !== undefined && ts.isPrivateIdentifier(member.name);
