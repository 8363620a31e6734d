/** `@thread [name] [xN]`: a function of the top level that is started as a thread. */
import ts from "typescript";
import { ANNOTATION_MESSAGES as MESSAGES } from "../../base/catalogue/compiler-annotations.ts";
import { spanOf } from "../diagnostics/diagnose.ts";
import type { ThreadAnnotation } from "../loaded.ts";
import { report, type Reading } from "./reading.ts";
import { ownerOf, type Tag } from "./tags.ts";

const MOST = 256;
const COUNT = /^x(\d+)$/i;
const NAME = /^[\p{ID_Start}_$][\p{ID_Continue}$.-]*$/u;

type Body = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction;

export function readThread(tag: Tag, reading: Reading): ThreadAnnotation | undefined {
  const found = functionOf(tag, reading);
  const details = readDetails(tag, reading);
  if (!found) {
    const where = "Put it before a function of the top level that has a name and a body.";
    report(reading, tag.span, MESSAGES.misplaced, { name: "thread", where });
    return undefined;
  }
  const { declaration, body, name } = found;
  const reason = whyNoThread(body, reading.checker);
  if (reason) {
    const span = spanOf(body.parameters[0] ?? name, reading.source);
    report(reading, span, MESSAGES.threadParameters, { function: name.text, reason });
    return undefined;
  }
  return details && { declaration, name: details.name ?? name.text, count: details.count };
}

function functionOf(tag: Tag, { source }: Reading) {
  const owner = ownerOf(tag, source);
  if (owner.parent !== source) return undefined;
  if (ts.isFunctionDeclaration(owner)) {
    if (!owner.name || !owner.body) return undefined;
    return { declaration: owner, body: owner as Body, name: owner.name };
  }
  if (!ts.isVariableStatement(owner)) return undefined;
  const [declaration, ...others] = owner.declarationList.declarations;
  if (!declaration || others.length > 0 || !ts.isIdentifier(declaration.name)) return undefined;
  const body = declaration.initializer;
  if (!body || !(ts.isArrowFunction(body) || ts.isFunctionExpression(body))) return undefined;
  return { declaration, body: body as Body, name: declaration.name };
}

/** `[name] [xN]`, each at most once, in this order. */
function readDetails(tag: Tag, reading: Reading) {
  let name: string | undefined;
  let count: number | undefined;
  let wrong = false;
  for (const match of tag.text.matchAll(/\S+/g)) {
    const start = tag.rest.start + match.index;
    const span = { start, end: start + match[0].length };
    const times = COUNT.exec(match[0]);
    if (times && count === undefined) {
      count = Number(times[1]);
      if (count >= 1 && count <= MOST) continue;
    } else if (name === undefined && count === undefined && NAME.test(match[0])) {
      name = match[0];
      continue;
    }
    wrong = true;
    const bare = /^\d+$/.test(match[0]) && Number(match[0]) >= 1 && Number(match[0]) <= MOST;
    const fix = bare && { title: `Change to x${match[0]}`, span, text: `x${match[0]}` };
    report(reading, span, MESSAGES.badThread, { text: match[0] }, { ...(fix && { fix }) });
  }
  return wrong ? undefined : { name, count: count ?? 1 };
}

function whyNoThread(body: Body, checker: ts.TypeChecker): string | undefined {
  if (body.asteriskToken) return "it is a generator, which does nothing until someone iterates it";
  const parameters = body.parameters.filter(({ name }) => name.getText() !== "this");
  const [index] = parameters;
  if (!index) return undefined;
  if (parameters.length > 1) return `it takes ${parameters.length} parameters`;
  if (index.dotDotDotToken) return "its parameter gathers a list, and an index is one number";
  if (!ts.isIdentifier(index.name))
    return "its parameter takes a value apart, and an index is a number";
  if (!index.type) return undefined;
  const type = checker.getTypeFromTypeNode(index.type);
  const fits = checker.isTypeAssignableTo(checker.getNumberType(), type);
  return fits
    ? undefined
    : `its parameter is of type ${checker.typeToString(type)}, and an index is a number`;
}
