/**
 * Calls, `new` and tagged templates that may stop, in the order of evaluation that ECMA-262 has: the receiver, the method,
 * the arguments, the call.
 */
import ts from "typescript";
import type { Stops } from "./stops.ts";
import {
  assign,
  id,
  isFixed,
  isQuiet,
  nothing,
  result,
  runtime,
  skip,
  temp,
  text,
  type Work,
} from "./work.ts";

const { factory } = ts;

/** A callee, evaluated, with what is `this` for it. */
export interface Callee {
  readonly callee: ts.Expression;
  readonly self: ts.Expression;
}

type Member = ts.PropertyAccessExpression | ts.ElementAccessExpression;

const isMember = (node: ts.Node): node is Member =>
  ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);

const isSuper = (node: ts.Node): boolean => node.kind === ts.SyntaxKind.SuperKeyword;

export function makeCalls(
  work: Work,
  stops: Stops,
  isOperation: (call: ts.CallExpression) => boolean,
) {
  /** The call itself, without the question whether it stopped; nothing if it is none that may. */
  const call = (node: ts.CallExpression): ts.Expression | undefined => {
    if (!stops.callStops(node) || ts.isOptionalChain(node)) return undefined;
    if (isSuper(node.expression)) return undefined; // classes.ts
    if (isOperation(node)) return work.visitChildren(node);
    const callee = skip(node.expression);
    if (ts.isIdentifier(callee) && callee.text === "eval") return undefined;
    const hidden = privateCall(node, callee);
    if (hidden !== undefined) return hidden;
    const quiet = node.arguments.every((one) => isQuiet(one));
    return applied(calleeOf(node.expression, quiet), node.arguments, node);
  };

  /** `this.#m(a)`: the twin of a private method stands in its place. */
  const privateCall = (node: ts.CallExpression, callee: ts.Node): ts.Expression | undefined => {
    if (!ts.isPropertyAccessExpression(callee) || !ts.isPrivateIdentifier(callee.name))
      return undefined;
    if (privateKind(callee.name.text) !== "method") return undefined;
    const frame = factory.createCallExpression(
      factory.createPropertyAccessExpression(work.visit(callee.expression), callee.name),
      undefined,
      args(node.arguments),
    );
    return at(runtime(work, "start", ts.setTextRange(frame, node)), node);
  };

  /** `this.#g(a)` of a private generator: making it never stops, but its plain function is called on the same object. */
  const privateGenerator = (node: ts.CallExpression): ts.Expression | undefined => {
    const callee = skip(node.expression);
    if (!ts.isPropertyAccessExpression(callee) || !ts.isPrivateIdentifier(callee.name))
      return undefined;
    if (privateKind(callee.name.text) !== "generator" || ts.isOptionalChain(node)) return undefined;
    const receiver = work.visit(callee.expression);
    const twice = isFixed(receiver) ? undefined : temp(work);
    const first = twice === undefined ? receiver : assign(id(twice), receiver);
    const self = twice === undefined ? receiver : id(twice);
    const plain = privateRead(callee.name, first, callee);
    const calling = factory.createPropertyAccessExpression(plain, "call");
    return at(
      factory.createCallExpression(calling, undefined, [self, ...args(node.arguments)]),
      node,
    );
  };

  const privateKind = (name: string) => {
    for (let index = work.privates.length - 1; index >= 0; index--) {
      const known = work.privates[index].get(name);
      if (known !== undefined) return known.kind;
    }
    return undefined;
  };

  const args = (nodes: readonly ts.Expression[]): ts.Expression[] =>
    nodes.map((one) => work.visit(one));

  /** `$t.call2(callee, self, a, b)` */
  const applied = (
    { callee, self }: Callee,
    given: readonly ts.Expression[],
    node: ts.Node,
  ): ts.Expression => {
    const values = args(given);
    const few = values.length <= 3 && !values.some(ts.isSpreadElement);
    return few
      ? at(runtime(work, `call${values.length}`, callee, self, ...values), node)
      : at(runtime(work, "call", callee, self, factory.createArrayLiteralExpression(values)), node);
  };

  /** `quiet`: what comes between evaluating the receiver and the call can change no variable. */
  const calleeOf = (expression: ts.Expression, quiet: boolean): Callee => {
    const inner = skip(expression);
    // `(a?.b)()` is called on `a`, though the chain ends before the call.
    if (isMember(inner) && ts.isOptionalChain(inner) && ts.isParenthesizedExpression(expression)) {
      const held = temp(work);
      return { callee: chain(inner, held), self: id(held) };
    }
    if (!isMember(inner)) return { callee: work.visit(expression), self: nothing() };
    if (isSuper(inner.expression))
      return { callee: work.visit(inner), self: work.visit(factory.createThis()) };
    const receiver = work.visit(inner.expression);
    const { program } = work.names;
    const isKnown =
      ts.isIdentifier(receiver) &&
      (receiver.text === program?.runtime ||
        (program !== undefined && receiver.text.startsWith(`${program.runtime}u`)));
    if (isKnown || isFixed(receiver) || (quiet && ts.isIdentifier(receiver)))
      return { callee: memberOf(inner, receiver), self: receiver };
    const held = temp(work);
    return { callee: memberOf(inner, assign(id(held), receiver)), self: id(held) };
  };

  /** `receiver.name`, read by its getter where that may stop. */
  const memberOf = (node: Member, receiver: ts.Expression): ts.Expression => {
    if (ts.isElementAccessExpression(node))
      return ts.setTextRange(
        factory.createElementAccessExpression(receiver, work.visit(node.argumentExpression)),
        node,
      );
    if (ts.isPrivateIdentifier(node.name)) return privateRead(node.name, receiver, node);
    if (stops.readStops(node))
      return result(work, runtime(work, "get", receiver, text(node.name.text)), node);
    return ts.setTextRange(factory.createPropertyAccessExpression(receiver, node.name), node);
  };

  /** A private method as a value is its plain function; a private getter with a twin is called. */
  const privateRead = (
    name: ts.PrivateIdentifier,
    receiver: ts.Expression,
    node: ts.Node,
  ): ts.Expression => {
    const access = ts.setTextRange(factory.createPropertyAccessExpression(receiver, name), node);
    for (let index = work.privates.length - 1; index >= 0; index--) {
      const known = work.privates[index].get(name.text);
      if (known === undefined) continue;
      if (known.kind === "method" || known.kind === "generator")
        return runtime(work, "plain", access, id(known.maker!));
      if (typeof known.kind === "object" && known.kind.get !== undefined && work.scope.twin) {
        const frame = factory.createCallExpression(
          factory.createPropertyAccessExpression(
            receiver,
            factory.createPrivateIdentifier(known.kind.get),
          ),
          undefined,
          [],
        );
        return result(work, runtime(work, "start", frame), node);
      }
      return access;
    }
    return access;
  };

  const construct = (node: ts.NewExpression): ts.Expression =>
    at(
      runtime(
        work,
        "construct",
        work.visit(node.expression),
        factory.createArrayLiteralExpression(args(node.arguments ?? [])),
      ),
      node,
    );

  const tagged = (node: ts.TaggedTemplateExpression): ts.Expression => {
    const { template } = node;
    const spans = ts.isTemplateExpression(template) ? [...template.templateSpans] : [];
    const values = spans.map(({ expression }) => expression);
    const callee = calleeOf(node.tag, values.every(isQuiet));
    // The language keeps one object of strings for each place: so does a tag that only hands it back.
    const constantTemplate = ts.isTemplateExpression(template)
      ? factory.updateTemplateExpression(
          template,
          template.head,
          spans.map((span) =>
            factory.updateTemplateSpan(span, factory.createNumericLiteral(0), span.literal),
          ),
        )
      : template;
    const strings = factory.createTaggedTemplateExpression(
      factory.createPropertyAccessExpression(id(work.names.runtime), "strings"),
      undefined,
      constantTemplate,
    );
    const all = [strings as ts.Expression, ...args(values)];
    return at(
      all.length <= 3
        ? runtime(work, `call${all.length}`, callee.callee, callee.self, ...all)
        : runtime(
            work,
            "call",
            callee.callee,
            callee.self,
            factory.createArrayLiteralExpression(all),
          ),
      node,
    );
  };

  // ---- optional chains

  /** Whether some link of a chain may stop, other than within arguments and keys: these may stay in it. */
  const chainStops = (node: ts.Node): boolean => {
    if (ts.isCallExpression(node))
      return stops.callStops(node) || chainStops(skip(node.expression));
    if (ts.isPropertyAccessExpression(node))
      return stops.readStops(node) || chainStops(skip(node.expression));
    if (ts.isElementAccessExpression(node)) return chainStops(skip(node.expression));
    return false;
  };

  /** `receiver`: the variable that is to hold the object of the last member. `a?.b.c(x)` → `($1 = a) == null ? void 0 : … $1.b.c(x)`, link by link. */
  const chain = (node: ts.Expression, receiver?: string): ts.Expression => {
    const links: (Member | ts.CallExpression)[] = [];
    let root: ts.Node = node;
    while (ts.isOptionalChain(root) && !ts.isNonNullExpression(root)) {
      links.unshift(root);
      root = root.expression;
      if (ts.isPartiallyEmittedExpression(root)) root = root.expression;
    }
    const first = links[0];
    let start: Callee;
    if (ts.isCallExpression(first)) start = calleeOf(root as ts.Expression, false);
    else start = { callee: work.visit(root as ts.Expression), self: nothing() };
    return follow(links, 0, start, receiver);
  };

  const follow = (
    links: readonly (Member | ts.CallExpression)[],
    from: number,
    { callee: value, self }: Callee,
    receiver: string | undefined,
  ): ts.Expression => {
    if (from === links.length) return value;
    const link = links[from];
    if (link.questionDotToken !== undefined) {
      const held = temp(work);
      return factory.createParenthesizedExpression(
        factory.createConditionalExpression(
          factory.createEquality(assign(id(held), value), factory.createNull()),
          undefined,
          nothing(),
          undefined,
          step(links, from, { callee: id(held), self }, receiver),
        ),
      );
    }
    return step(links, from, { callee: value, self }, receiver);
  };

  const step = (
    links: readonly (Member | ts.CallExpression)[],
    from: number,
    { callee: value, self }: Callee,
    receiver: string | undefined,
  ): ts.Expression => {
    const link = links[from];
    if (ts.isCallExpression(link)) {
      const made = applied({ callee: value, self }, link.arguments, link);
      return follow(
        links,
        from + 1,
        { callee: result(work, made, link), self: nothing() },
        receiver,
      );
    }
    const next = links[from + 1];
    const isCalled = next !== undefined && ts.isCallExpression(next);
    const held = isCalled ? temp(work) : next === undefined ? receiver : undefined;
    const object = held === undefined ? value : assign(id(held), value);
    const made = {
      callee: memberOf(link, object),
      self: held === undefined ? nothing() : id(held),
    };
    return follow(links, from + 1, made, receiver);
  };

  return {
    call,
    construct,
    tagged,
    chain,
    chainStops,
    memberOf,
    applied,
    args,
    privateKind,
    privateGenerator,
  };
}

/** A call of the runtime at the place of the person's: where an error in it is said to come from. */
function at(made: ts.CallExpression, node: ts.Node): ts.CallExpression {
  const original = ts.getParseTreeNode(node) ?? node;
  if (original.pos < 0) return made;
  const expression = callee(original);
  const name = (made.expression as ts.PropertyAccessExpression).name;
  if (expression !== undefined) {
    const inner = skipTypes(expression);
    const place = ts.isPropertyAccessExpression(inner) ? inner.name : expression;
    ts.setSourceMapRange(name, place);
    ts.setSourceMapRange(made.expression, place);
  }
  return ts.setTextRange(made, node);
}

const callee = (node: ts.Node): ts.Expression | undefined =>
  ts.isCallExpression(node)
    ? node.expression
    : ts.isTaggedTemplateExpression(node)
      ? node.tag
      : undefined;

function skipTypes(node: ts.Expression): ts.Expression {
  let inner = node;
  while (ts.isNonNullExpression(inner) || ts.isPartiallyEmittedExpression(inner))
    inner = inner.expression;
  return inner;
}
