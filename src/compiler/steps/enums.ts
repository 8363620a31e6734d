/**
 * Enums as ordinary values, so that they can be taken along and live in boxes like others. Where TypeScript knows every
 * member's value the enum is an object literal.
 */
import ts from "typescript";
import { isConstantEnum } from "../constant-enums.ts";
import type { Module } from "../module.ts";
import type { VariablesVisitor } from "./variables-visitor.ts";

const { factory } = ts;

/** `before` is what an earlier declaration of the same enum left. */
export function lowerEnum(
  visitor: VariablesVisitor,
  node: ts.EnumDeclaration,
  before: ts.Expression | undefined,
): ts.Expression {
  const { module } = visitor;
  const original = ts.getOriginalNode(node) as ts.EnumDeclaration;
  if (before === undefined && isConstantEnum(module.loaded, original))
    return constantEnum(module, original);
  const { build } = module;
  const name = node.name.text;
  const statements = node.members.map((member, index) => {
    const value = valueOf(module, original.members[index]);
    const computed =
      value ?? (member.initializer ? visitor.visit(member.initializer) : build.undefined());
    const key = factory.createStringLiteral(memberName(member));
    const put = build.assign(factory.createElementAccessExpression(build.id(name), key), computed);
    const isText = value !== undefined && ts.isStringLiteral(value);
    return build.statement(
      isText
        ? put
        : build.assign(
            factory.createElementAccessExpression(build.id(name), put),
            factory.createStringLiteral(memberName(member)),
          ),
    );
  });
  const body = build.block([...statements, factory.createReturnStatement(build.id(name))]);
  return build.call(factory.createParenthesizedExpression(build.arrow([name], body)), [
    before ?? factory.createObjectLiteralExpression(),
  ]);
}

export function constantEnum(module: Module, node: ts.EnumDeclaration): ts.Expression {
  const properties = node.members.flatMap((member) => {
    const value = valueOf(module, member)!;
    const name = memberName(member);
    const forth = factory.createPropertyAssignment(key(name), value);
    const constant = module.loaded.checker.getConstantValue(member);
    return typeof constant === "number"
      ? [
          forth,
          factory.createPropertyAssignment(
            factory.createStringLiteral(String(constant)),
            factory.createStringLiteral(name),
          ),
        ]
      : [forth];
  });
  return factory.createObjectLiteralExpression(properties);
}

const key = (name: string): ts.PropertyName =>
  name === "__proto__"
    ? factory.createComputedPropertyName(factory.createStringLiteral(name))
    : factory.createStringLiteral(name);

function valueOf(module: Module, member: ts.EnumMember): ts.Expression | undefined {
  const value = module.loaded.checker.getConstantValue(member);
  if (typeof value === "string") return factory.createStringLiteral(value);
  if (value === undefined) return undefined;
  if (Number.isFinite(value)) return module.build.number(value);
  return factory.createIdentifier(String(value)); // NaN, Infinity
}

const memberName = (member: ts.EnumMember): string =>
  ts.isComputedPropertyName(member.name)
    ? (member.name.expression as ts.StringLiteralLike).text
    : member.name.text;
