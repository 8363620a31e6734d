/**
 * Where a program waits although the model engine cannot suspend it there: in a function that a package calls. Only what
 * surely waits is named: an operation of `threadloom:std` that stands there.
 */
import ts from "typescript";
import { TWIN_MESSAGES } from "../../base/catalogue/twins.ts";
import { calledMember } from "../diagnostics/std-calls.ts";
import type { LoadedProgram } from "../loaded.ts";
import { placeIn } from "../place.ts";
import { tell, type Message } from "../../base/catalogue/message.ts";
import type { Diagnostic } from "../../protocol/program.ts";
import { STD_NEVER_STOPS } from "./std-names.ts";

export function unsuspendable(loaded: LoadedProgram): Diagnostic[] {
  const { checker, program } = loaded;
  const own = new Set(loaded.files);
  const found: Diagnostic[] = [];

  const report = (
    entry: Message<readonly ["name"]>,
    name: string,
    node: ts.Node,
    file: ts.SourceFile,
  ): void => {
    found.push({
      ...tell(entry, { name }),
      severity: "warning",
      file: loaded.idOf(file),
      ...placeIn(file, { pos: node.getStart(file), end: node.end }),
      stops: false,
    });
  };

  /** The operation of `std` that a call surely is, by the name of its method. */
  const operation = (node: ts.Node): string | undefined => {
    if (!ts.isCallExpression(node)) return undefined;
    const member = calledMember(node, checker);
    return member === undefined || STD_NEVER_STOPS.has(member.name) ? undefined : member.name;
  };

  const waits = (node: ts.Node): boolean =>
    operation(node) !== undefined ||
    (!ts.isFunctionLike(node) &&
      (ts.forEachChild(node, (one) => waits(one) || undefined) ?? false));

  const isPackages = (call: ts.CallExpression): boolean => {
    const file = checker.getResolvedSignature(call)?.declaration?.getSourceFile();
    return (
      file !== undefined &&
      !own.has(file) &&
      calledMember(call, checker) === undefined &&
      !program.isSourceFileDefaultLibrary(file)
    );
  };

  const visit = (node: ts.Node, file: ts.SourceFile): void => {
    if (ts.isCallExpression(node) && isPackages(node))
      for (const argument of node.arguments)
        if (
          (ts.isArrowFunction(argument) || ts.isFunctionExpression(argument)) &&
          waits(argument.body)
        )
          report(TWIN_MESSAGES.inPackage, calleeText(node, file), argument, file);
    ts.forEachChild(node, (child) => visit(child, file));
  };
  for (const file of loaded.files) visit(file, file);
  return found;
}

function calleeText(call: ts.CallExpression, file: ts.SourceFile): string {
  const text = call.expression.getText(file);
  return text.length <= 40 ? text : "this call";
}
