/** `// @label text` before a statement: a mark on the timeline when the statement is reached. */
import ts from "typescript";
import type { Step } from "./step.ts";

export const labels: Step = {
  name: "labels",
  does: "puts the marks of `@label` before their statements",
  transform: (module) => (context) => (file) => {
    const { build, annotations } = module;
    if (annotations.labels.size === 0) return file;
    const visit: ts.Visitor = (node) => {
      const inner = ts.visitEachChild(node, visit, context);
      const original = ts.getParseTreeNode(node);
      const label = original && annotations.labels.get(original as ts.Statement);
      if (label === undefined) return inner;
      const site = module.site(label, "label", label.text);
      const mark = build.statement(build.callRuntime("label", build.number(site)));
      const statement = inner as ts.Statement;
      // The body of an `if` or a loop is one statement: the two become a block.
      return isListed(original!) ? [mark, statement] : build.block([mark, statement]);
    };
    return ts.visitEachChild(file, visit, context);
  },
};

function isListed({ parent }: ts.Node): boolean {
  return (
    ts.isSourceFile(parent) ||
    ts.isBlock(parent) ||
    ts.isModuleBlock(parent) ||
    ts.isCaseOrDefaultClause(parent)
  );
}
