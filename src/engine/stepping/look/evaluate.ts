/**
 * Expressions of somebody who looks: interpreted here, on values where they are, so that no code of the program runs and
 * nothing changes. What cannot be known to be harmless is refused with its reason.
 *
 * Knows names, literals, operators on primitives, fields, elements, arrow functions, and those methods of the language's own
 * values that change nothing. Left out: getters, conversions of objects, the program's own functions, `new`.
 */
import { type Expression, type Node, parseExpressionAt, type Pattern } from "acorn";
import { STEPPING_MESSAGES as MESSAGES } from "../../../base/catalogue/stepping.ts";
import { pureMethod, pureNamespace } from "./pure.ts";
import { Refusal, refuse } from "./refusal.ts";

/** Where names come from. */
export interface Names {
  /** Undefined: not known. */
  lookUp(name: string): { readonly value: unknown } | undefined;
  /** There are no variables to look up at all: names of shared objects alone are known. */
  readonly isWithoutVariables?: boolean;
  /** A member of a handle: what a lock protects, how much is in a channel. Undefined: none of that name. */
  memberOf(object: object, name: string): { readonly value: unknown } | undefined;
}

export type Evaluation = (names: Names) => unknown;

/** So many nodes of the tree are evaluated at most, over all calls of arrow functions. */
const FUEL = 1_000_000;

/** Reads an expression. Refuses what is none, and what would change something wherever it stood. */
export function parse(expression: string): Evaluation {
  let root: Expression;
  try {
    root = parseExpressionAt(expression, 0, { ecmaVersion: "latest" });
    if (expression.slice(root.end).trim() !== "") {
      throw new SyntaxError(`unexpected "${expression.slice(root.end).trim().slice(0, 20)}"`);
    }
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/ \(\d+:\d+\)$/, "") : String(error);
    return refuse(MESSAGES.noExpression, { expression, reason });
  }
  checkHarmless(root, expression);
  return (names) => {
    try {
      return new Interpreter(expression, names).value(root, undefined);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      return refuse(MESSAGES.evaluationThrew, { expression, reason });
    }
  };
}

const CHANGES: ReadonlySet<string> = new Set(["AssignmentExpression", "UpdateExpression"]);
const RUNS: ReadonlyMap<string, string> = new Map([
  ["NewExpression", "`new`"],
  ["TaggedTemplateExpression", "a tagged template"],
  ["AwaitExpression", "`await`"],
  ["YieldExpression", "`yield`"],
  ["FunctionExpression", "a function"],
  ["ClassExpression", "a class"],
  ["ImportExpression", "`import`"],
]);

function checkHarmless(root: Node, expression: string): void {
  const visit = (node: Node): void => {
    const text = expression.slice(node.start, node.end);
    if (CHANGES.has(node.type)) {
      const { left, argument } = node as Node & { left?: Node; argument?: Node };
      const target = left ?? argument!;
      const what = `\`${expression.slice(target.start, target.end)}\``;
      refuse(MESSAGES.wouldChange, { expression, what });
    }
    if (
      node.type === "UnaryExpression" &&
      (node as Node & { operator: string }).operator === "delete"
    )
      refuse(MESSAGES.wouldChange, { expression, what: `\`${text.replace(/^delete\s+/, "")}\`` });
    const runs = RUNS.get(node.type);
    if (runs !== undefined) refuse(MESSAGES.wouldRun, { expression, what: runs });
    for (const child of Object.values(node) as unknown[]) {
      for (const one of Array.isArray(child) ? (child as unknown[]) : [child])
        if (isNode(one)) visit(one);
    }
  };
  visit(root);
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && "start" in value;

/** Parameters of the arrow functions around. */
interface Locals {
  readonly values: ReadonlyMap<string, unknown>;
  readonly outer: Locals | undefined;
}

const SKIPPED = Symbol("the rest of an optional chain");

class Interpreter {
  readonly #expression: string;
  readonly #names: Names;
  #fuel = FUEL;

  constructor(expression: string, names: Names) {
    this.#expression = expression;
    this.#names = names;
  }

  value(node: Node, locals: Locals | undefined): unknown {
    if (--this.#fuel < 0) throw new RangeError("it takes too long");
    const of = node as Expression;
    switch (of.type) {
      case "Literal":
        return of.regex === undefined || of.regex === null
          ? of.bigint
            ? BigInt(of.bigint)
            : of.value
          : of.value;
      case "TemplateLiteral":
        return of.quasis
          .map(({ value }, index) => {
            const part = of.expressions[index];
            return (
              (value.cooked ?? "") +
              (part === undefined ? "" : this.#text(this.value(part, locals)))
            );
          })
          .join("");
      case "Identifier":
        return this.#named(of.name, locals);
      case "ThisExpression":
        return this.#named("this", locals);
      case "ParenthesizedExpression":
        return this.value(of.expression, locals);
      case "ChainExpression": {
        const value = this.value(of.expression, locals);
        return value === SKIPPED ? undefined : value;
      }
      case "MemberExpression":
        return this.#member(of, locals);
      case "CallExpression":
        return this.#call(of, locals);
      case "UnaryExpression":
        return this.#unary(of.operator, () => this.value(of.argument, locals));
      case "BinaryExpression":
        return this.#binary(of.operator, this.value(of.left, locals), this.value(of.right, locals));
      case "LogicalExpression": {
        const left = this.value(of.left, locals);
        const goesOn =
          of.operator === "&&"
            ? Boolean(left)
            : of.operator === "||"
              ? !left
              : left === null || left === undefined;
        return goesOn ? this.value(of.right, locals) : left;
      }
      case "ConditionalExpression":
        return this.value(this.value(of.test, locals) ? of.consequent : of.alternate, locals);
      case "SequenceExpression":
        return of.expressions.map((one) => this.value(one, locals)).at(-1);
      case "ArrayExpression":
        return of.elements.map((one) => (one === null ? undefined : this.value(one, locals)));
      case "ObjectExpression":
        return this.#object(of, locals);
      case "ArrowFunctionExpression":
        return this.#arrow(of, locals);
      default:
        return refuse(MESSAGES.wouldRun, {
          expression: this.#expression,
          what: `\`${this.#textOf(node)}\``,
        });
    }
  }

  #named(name: string, locals: Locals | undefined): unknown {
    for (let at = locals; at !== undefined; at = at.outer)
      if (at.values.has(name)) return at.values.get(name);
    const found = this.#names.lookUp(name);
    if (found !== undefined) return found.value;
    if (name === "undefined") return undefined;
    if (name === "NaN") return NaN;
    if (name === "Infinity") return Infinity;
    const namespace = pureNamespace(name);
    if (namespace !== undefined) return namespace;
    if (this.#names.isWithoutVariables === true) return refuse(MESSAGES.operationsOnly, {});
    return refuse(MESSAGES.unknownName, { name });
  }

  #member(
    of: Extract<Expression, { type: "MemberExpression" }>,
    locals: Locals | undefined,
  ): unknown {
    const object = this.value(of.object, locals);
    if (object === SKIPPED) return SKIPPED;
    if (of.optional && (object === null || object === undefined)) return SKIPPED;
    if (of.property.type === "PrivateIdentifier") {
      return refuse(MESSAGES.unknownName, { name: `#${of.property.name}` });
    }
    const key = of.computed
      ? this.#key(this.value(of.property, locals))
      : (of.property as { name: string }).name;
    return this.#read(object, key);
  }

  #read(object: unknown, key: PropertyKey): unknown {
    if (object === null || object === undefined)
      throw new TypeError(`${String(object)} has no "${String(key)}"`);
    if (typeof object === "string") {
      if (key === "length") return object.length;
      return typeof key === "string" && /^\d+$/.test(key) ? object[Number(key)] : undefined;
    }
    if (typeof object !== "object" && typeof object !== "function") return undefined;
    if (typeof key === "string") {
      const held = this.#names.memberOf(object, key);
      if (held !== undefined) return held.value;
    }
    for (
      let at: object | null = object;
      at !== null;
      at = Object.getPrototypeOf(at) as object | null
    ) {
      const found = Object.getOwnPropertyDescriptor(at, key);
      if (found === undefined) continue;
      if (found.get === undefined) return found.value;
      const own = pureMethod(at, key);
      if (own !== undefined) return found.get.call(object);
      return refuse(MESSAGES.wouldRun, {
        expression: this.#expression,
        what: `the getter \`${String(key)}\``,
      });
    }
    return undefined;
  }

  #call(of: Extract<Expression, { type: "CallExpression" }>, locals: Locals | undefined): unknown {
    const callee = of.callee;
    const what = `\`${this.#textOf(callee)}(…)\``;
    if (callee.type !== "MemberExpression" || callee.property.type === "PrivateIdentifier") {
      return refuse(MESSAGES.wouldRun, { expression: this.#expression, what });
    }
    const object = this.value(callee.object, locals);
    if (object === SKIPPED || (callee.optional && (object === null || object === undefined)))
      return SKIPPED;
    const name = callee.computed
      ? this.#key(this.value(callee.property, locals))
      : (callee.property as { name: string }).name;
    if (typeof object === "object" && object !== null && name === "load") {
      const held = this.#names.memberOf(object, "value");
      if (held !== undefined) return held.value;
    }
    const method = methodOf(object, name);
    if (method === undefined)
      return refuse(MESSAGES.wouldRun, { expression: this.#expression, what });
    const args = of.arguments.map((one) => {
      if (one.type === "SpreadElement")
        return refuse(MESSAGES.wouldRun, { expression: this.#expression, what: "a spread" });
      return this.value(one, locals);
    });
    return method(...args);
  }

  #arrow(
    of: Extract<Expression, { type: "ArrowFunctionExpression" }>,
    locals: Locals | undefined,
  ): (...args: unknown[]) => unknown {
    const { body } = of;
    if (body.type === "BlockStatement" || of.async) {
      return refuse(MESSAGES.wouldRun, {
        expression: this.#expression,
        what: "a function with a body",
      });
    }
    return (...args) => {
      const values = new Map(of.params.map((one, index) => [this.#parameter(one), args[index]]));
      return this.value(body, { values, outer: locals });
    };
  }

  #parameter(pattern: Pattern): string {
    if (pattern.type === "Identifier") return pattern.name;
    return refuse(MESSAGES.wouldRun, { expression: this.#expression, what: "a pattern" });
  }

  #object(
    of: Extract<Expression, { type: "ObjectExpression" }>,
    locals: Locals | undefined,
  ): object {
    const made: Record<PropertyKey, unknown> = {};
    for (const one of of.properties) {
      if (one.type === "SpreadElement" || one.kind !== "init") {
        return refuse(MESSAGES.wouldRun, {
          expression: this.#expression,
          what: "a spread or getter",
        });
      }
      const { key } = one;
      const name = one.computed
        ? this.#key(this.value(key, locals))
        : key.type === "Identifier"
          ? key.name
          : this.#key(this.value(key, locals));
      Object.defineProperty(made, name, {
        value: this.value(one.value, locals),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
    return made;
  }

  #unary(operator: string, operand: () => unknown): unknown {
    if (operator === "typeof") {
      try {
        return typeof operand();
      } catch (error) {
        if (error instanceof Refusal && error.code === MESSAGES.unknownName.code)
          return "undefined";
        throw error;
      }
    }
    const value = operand();
    switch (operator) {
      case "!":
        return !value;
      case "void":
        return undefined;
      case "-":
        return -(this.#primitive(value) as number);
      case "+":
        return +(this.#primitive(value) as number);
      default:
        return ~(this.#primitive(value) as number);
    }
  }

  #binary(operator: string, left: unknown, right: unknown): unknown {
    if (operator === "===") return left === right;
    if (operator === "!==") return left !== right;
    if (operator === "in" || operator === "instanceof")
      return this.#relation(operator, left, right);
    const [a, b] = [this.#primitive(left) as number, this.#primitive(right) as number];
    switch (operator) {
      case "==":
        return a == b;
      case "!=":
        return a != b;
      case "<":
        return a < b;
      case "<=":
        return a <= b;
      case ">":
        return a > b;
      case ">=":
        return a >= b;
      case "+":
        return a + b;
      case "-":
        return a - b;
      case "*":
        return a * b;
      case "/":
        return a / b;
      case "%":
        return a % b;
      case "**":
        return a ** b;
      case "&":
        return a & b;
      case "|":
        return a | b;
      case "^":
        return a ^ b;
      case "<<":
        return a << b;
      case ">>":
        return a >> b;
      default:
        return a >>> b;
    }
  }

  #relation(operator: string, left: unknown, right: unknown): boolean {
    if (operator === "in" && typeof right === "object" && right !== null)
      return this.#key(left) in right;
    if (typeof right !== "function" || typeof left !== "object" || left === null) return false;
    const prototype: unknown = Object.getOwnPropertyDescriptor(right, "prototype")?.value;
    for (
      let at = Object.getPrototypeOf(left) as unknown;
      at !== null;
      at = Object.getPrototypeOf(at)
    ) {
      if (at === prototype) return true;
    }
    return false;
  }

  /** Objects would be converted by code of theirs. */
  #primitive(value: unknown): unknown {
    if ((typeof value !== "object" || value === null) && typeof value !== "function") return value;
    return refuse(MESSAGES.wouldRun, {
      expression: this.#expression,
      what: "converting an object to a primitive",
    });
  }

  #text(value: unknown): string {
    return String(this.#primitive(value));
  }

  #key(value: unknown): PropertyKey {
    return typeof value === "symbol" ? value : this.#text(value);
  }

  #textOf({ start, end }: Node): string {
    return this.#expression.slice(start, end);
  }
}

/** A method of the language's that changes nothing, bound to what it is called on. */
function methodOf(
  object: unknown,
  name: PropertyKey,
): ((...args: unknown[]) => unknown) | undefined {
  if (object === null || object === undefined) return undefined;
  const start = Object(object) as object;
  for (
    let at: object | null = start;
    at !== null;
    at = Object.getPrototypeOf(at) as object | null
  ) {
    const found = Object.getOwnPropertyDescriptor(at, name);
    if (found === undefined) continue;
    const method = pureMethod(at, name);
    return method === undefined || typeof found.value !== "function" ? undefined : method(object);
  }
  return undefined;
}
