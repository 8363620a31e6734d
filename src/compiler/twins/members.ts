/**
 * Methods and accessors that may stop, of classes and of objects: each is written as a generator in its own place, so that
 * `super` and `#names` mean what they meant, and is replaced by its plain function as soon as the holder is there.
 */
import ts from "typescript";
import type { makeFunctions } from "./functions.ts";
import { elementOf, star } from "./pieces.ts";
import { hasTwin, type Stops } from "./stops.ts";
import { assign, commas, id, nothing, runtime, temp, text, type Work } from "./work.ts";

const { factory } = ts;

type Functions = ReturnType<typeof makeFunctions>;
export type Member = ts.MethodDeclaration | ts.AccessorDeclaration;

/** A member as it is written, and what is to be done with it once there is a holder. */
export interface TwinnedMember {
  readonly written: ts.ClassElement[];
  readonly after: ((holder: ts.Expression) => ts.Expression) | undefined;
}

export function makeMembers(work: Work, stops: Stops, functions: Functions) {
  /** The key for the property, and the same again for the holder. */
  const keyOf = (name: ts.PropertyName): { name: ts.PropertyName; again: ts.Expression } => {
    if (!ts.isComputedPropertyName(name))
      return { name, again: text((name as ts.Identifier).text) };
    const { expression } = name;
    if (
      ts.isStringLiteralLike(expression) ||
      (ts.isPropertyAccessExpression(expression) &&
        ts.isIdentifier(expression.expression) &&
        expression.expression.text === "Symbol")
    )
      return { name, again: expression };
    const held = temp(work);
    const value = runtime(work, "key", work.visit(expression));
    return {
      name: factory.updateComputedPropertyName(name, assign(id(held), value)),
      again: id(held),
    };
  };

  const textOf = (name: ts.PropertyName): string =>
    ts.isComputedPropertyName(name)
      ? ts.isStringLiteralLike(name.expression)
        ? name.expression.text
        : ""
      : (name as ts.Identifier).text;

  const generatorMethod = (
    node: Member,
    name: ts.PropertyName,
    hands: boolean,
    modifiers: readonly ts.ModifierLike[] | undefined = node.modifiers,
  ): ts.MethodDeclaration => {
    const written = functions.write(node, { twin: true, hands, name: textOf(node.name) });
    const made = factory.createMethodDeclaration(
      modifiers,
      star(),
      name,
      undefined,
      undefined,
      written.parameters,
      undefined,
      ts.setTextRange(factory.createBlock(written.statements, true), node.body),
    );
    return ts.setTextRange(made, node);
  };

  const maker = (node: Member): string => {
    if (node.kind !== ts.SyntaxKind.MethodDeclaration || node.asteriskToken === undefined)
      return functions.addMaker(node, textOf(node.name), "method", false);
    return functions.addGeneratorMaker(node, textOf(node.name));
  };

  /** `#m() {}`: only the twin is there; whoever takes it as a value is given the plain function. */
  const privateMember = (node: Member): TwinnedMember => {
    const { text: name } = node.name as ts.PrivateIdentifier;
    const known = work.privates.at(-1)!.get(name);
    if (known === undefined || known.kind === "plain")
      return { written: [functions.plain(node, name)], after: undefined };
    if (ts.isMethodDeclaration(node))
      return {
        written: [generatorMethod(node, node.name, known.kind === "generator")],
        after: undefined,
      };
    const kind = known.kind as { get?: string; set?: string };
    const twin = ts.isGetAccessor(node) ? kind.get : kind.set;
    if (twin === undefined) return { written: [functions.plain(node, name)], after: undefined };
    return {
      written: [
        privateAccessor(node, twin),
        generatorMethod(node, factory.createPrivateIdentifier(twin), false),
      ],
      after: undefined,
    };
  };

  /** The accessor itself runs its twin to the end. */
  const privateAccessor = (node: ts.AccessorDeclaration, twin: string): ts.ClassElement => {
    const names = node.parameters.length === 0 ? [] : [`${work.names.runtime}0`];
    const frame = factory.createCallExpression(
      factory.createPropertyAccessExpression(
        factory.createThis(),
        factory.createPrivateIdentifier(twin),
      ),
      undefined,
      names.map(id),
    );
    return accessorWith(
      node,
      names,
      factory.createBlock([factory.createReturnStatement(runtime(work, "run", frame))]),
    );
  };

  const accessorWith = (
    node: ts.AccessorDeclaration,
    names: readonly string[],
    body: ts.Block,
    name: ts.PropertyName = node.name,
  ): ts.ClassElement =>
    ts.isGetAccessor(node)
      ? factory.createGetAccessorDeclaration(node.modifiers, name, [], undefined, body)
      : factory.createSetAccessorDeclaration(
          node.modifiers,
          name,
          names.map((one) => factory.createParameterDeclaration(undefined, undefined, one)),
          body,
        );

  const member = (node: Member): TwinnedMember => {
    if (ts.isPrivateIdentifier(node.name)) return privateMember(node);
    if (!hasTwin(stops, node))
      return { written: [functions.plain(node, textOf(node.name))], after: undefined };
    const { name, again } = keyOf(node.name);
    const made = maker(node);
    if (ts.isMethodDeclaration(node))
      return {
        written: [generatorMethod(node, name, node.asteriskToken !== undefined)],
        after: (holder) => runtime(work, "method", holder, again, id(made)),
      };
    // A holder's own order of properties is the accessor's; its twin stands beside it for a moment.
    const isGet = ts.isGetAccessor(node);
    const twinKey = `${work.names.runtime} ${isGet ? "get" : "set"} ${work.names.fresh("a")}`;
    const key = text(twinKey);
    const placeholder = accessorWith(
      node,
      isGet ? [] : [`${work.names.runtime}0`],
      factory.createBlock([]),
      name,
    );
    return {
      written: [placeholder, generatorMethod(node, text(twinKey) as ts.StringLiteral, false)],
      after: (holder) =>
        isGet
          ? runtime(work, "accessor", holder, again, key, nothing(), id(made), nothing())
          : runtime(work, "accessor", holder, again, nothing(), key, nothing(), id(made)),
    };
  };

  /** `{ m() {…}, get g() {…} }`; nothing if none of it may stop. */
  const objectLiteral = (node: ts.ObjectLiteralExpression): ts.Expression | undefined => {
    const isOurs = (one: ts.ObjectLiteralElementLike): one is Member =>
      (ts.isMethodDeclaration(one) || ts.isAccessor(one)) && hasTwin(stops, one);
    if (!node.properties.some(isOurs)) return undefined;
    const after: ((holder: ts.Expression) => ts.Expression)[] = [];
    const properties = node.properties.flatMap((one) => {
      if (!isOurs(one)) return [work.visit(one)];
      const made = member(one);
      if (made.after !== undefined) after.push(made.after);
      return made.written as unknown as ts.ObjectLiteralElementLike[];
    });
    const held = temp(work);
    const literal = factory.updateObjectLiteralExpression(node, properties);
    return commas(assign(id(held), literal), ...after.map((one) => one(id(held))), id(held));
  };

  /** `{ m() {…} }.m`, as lifted methods are written: nobody sees the object. */
  const loneMethod = (object: ts.Expression): ts.Expression | undefined => {
    if (!ts.isObjectLiteralExpression(object) || object.properties.length !== 1) return undefined;
    const [method] = object.properties;
    if (!ts.isMethodDeclaration(method) || !hasTwin(stops, method)) return undefined;
    const { name } = method;
    if (ts.isComputedPropertyName(name) || ts.isPrivateIdentifier(name)) return undefined;
    const made = maker(method);
    const twin = generatorMethod(method, name, method.asteriskToken !== undefined);
    const literal = factory.createObjectLiteralExpression([twin]);
    return factory.createCallExpression(id(made), undefined, [elementOf(literal, name.text)]);
  };

  return { member, objectLiteral, loneMethod, maker };
}
