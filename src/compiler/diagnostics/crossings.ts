/** Places in a program where values cross from one thread to another, or into another process. */
import ts from "typescript";
import { bare, literalOf, symbolOf, type Literal } from "./captures.ts";
import { calledMember } from "./std-calls.ts";

export type Crossing =
  /** A function that another thread runs. */
  | {
      readonly kind: "body";
      readonly call: ts.CallExpression;
      readonly argument: ts.Expression;
      /** Its text, where it is known. */
      readonly literal: Literal | undefined;
      /** `spawn`, `submit`, …: for messages. */
      readonly name: string;
      readonly to: Destination;
    }
  /** A value that is sent, or put into a lock. */
  | {
      readonly kind: "value";
      readonly argument: ts.Expression;
      readonly name: string;
      readonly to: Destination;
    };

/** Whether memory is shared with whoever receives it; if not, whether that is a process or who has started it. */
export type Destination = "thread" | "process" | "parent";

/** By name of the member: which argument is what. Members that are in no declaration yet cost nothing here. */
const BODIES: Readonly<Record<string, number>> = {
  spawn: 0,
  spawnBlocking: 0,
  submit: 0,
  parallelMap: 1,
};
const VALUES: Readonly<Record<string, number>> = {
  send: 0,
  trySend: 0,
  sendFor: 0,
  tell: 0,
  ask: 0,
  parallelMap: 0,
};
/** The same for methods whose names are common ones. */
const VALUES_OF: Readonly<Record<string, number>> = {
  "OnceCell.set": 0,
  "AtomicRef.store": 0,
  "AtomicRef.swap": 0,
  "AtomicRef.compareExchange": 1,
  "ConcurrentMap.set": 1,
  "ConcurrentQueue.push": 0,
  "ConcurrentStack.push": 0,
};
/** What these are given leaves this memory. */
const OF_PROCESSES: Readonly<Record<string, Destination>> = { Process: "process", Port: "parent" };
/** Classes whose constructor takes what threads will share, or the function that makes it. */
const HOLDERS = new Set(["Mutex", "RwLock", "AtomicRef", "ThreadLocal"]);

export function findCrossings(file: ts.SourceFile, checker: ts.TypeChecker): Crossing[] {
  const found: Crossing[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      look(node, checker, found);
    } else if (ts.isNewExpression(node) && node.arguments?.[0]) {
      const member = calledMember(node, checker);
      if (member && HOLDERS.has(member.name)) {
        const name = `new ${member.name}`;
        found.push({ kind: "value", argument: node.arguments[0], name, to: "thread" });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function look(call: ts.CallExpression, checker: ts.TypeChecker, found: Crossing[]): void {
  const member = calledMember(call, checker);
  if (!member) return;
  const { name } = member;
  const to = OF_PROCESSES[member.owner ?? ""] ?? "thread";
  const body = BODIES[name] === undefined ? undefined : call.arguments[BODIES[name]];
  if (body) {
    const literal = literalFor(body, checker);
    found.push({ kind: "body", call, argument: body, literal, name, to });
  }
  const place = VALUES[name] ?? VALUES_OF[`${member.owner}.${name}`];
  const value = place === undefined ? undefined : call.arguments[place];
  if (value) found.push({ kind: "value", argument: value, name, to });
}

/** The literal itself, or the function that a name stands for. */
function literalFor(argument: ts.Expression, checker: ts.TypeChecker): Literal | undefined {
  const value = bare(argument);
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return value;
  if (!ts.isIdentifier(value)) return undefined;
  const declaration = symbolOf(value, checker)?.valueDeclaration;
  return declaration && literalOf(declaration);
}
