/**
 * `using` and `await using`, lowered over the whole block in which they stand, as ECMA-262 has it:
 *
 *     { a; using g = e; b }   →   { const $u = $.uses(); try { a; const g = $u.add(e); b }
 *                                   catch ($e) { $u.fail($e); } finally { $.site = 6; $u.end(); } }
 *
 * Older Nodes do not parse it, and a guard must know whether an exception is passing: only that poisons. The `try` block
 * takes the original's place for later steps, so that what they put at the block's start comes within.
 */
import ts from "typescript";
import type { Module } from "../module.ts";
import { usingKind } from "../scopes/declare.ts";
import type { Range } from "../sites.ts";
import type { Step } from "./step.ts";

const { factory } = ts;

export const using: Step = {
  name: "using",
  does: "lowers `using` to try, catch and finally",
  transform: (module) => (context) => (file) =>
    ts.visitNode(file, makeVisitor(module, context)) as ts.SourceFile,
};

type Kind = "none" | "using" | "await";

function makeVisitor(module: Module, context: ts.TransformationContext): ts.Visitor {
  const { build, names, file } = module;
  /** What the innermost block keeps its resources in. */
  let uses = "";

  const within = <T>(name: string, run: () => T): T => {
    const outer = uses;
    uses = name;
    const result = run();
    uses = outer;
    return result;
  };

  const visit = (node: ts.Node): ts.Node => {
    if (ts.isBlock(node)) {
      const kind = kindOfStatements(node.statements);
      if (kind !== "none") return lowered(node, kind, node.statements, closing(node));
    } else if (ts.isSwitchStatement(node)) {
      const kind = kindOfStatements(node.caseBlock.clauses.flatMap((one) => [...one.statements]));
      if (kind !== "none") return lowered(undefined, kind, [node], closing(node.caseBlock));
    } else if (ts.isForStatement(node) && kindOfHead(node.initializer) !== "none") {
      return lowered(undefined, kindOfHead(node.initializer), [node], closing(node.statement));
    } else if (ts.isForOfStatement(node) && kindOfHead(node.initializer) !== "none") {
      return forOf(node, kindOfHead(node.initializer));
    } else if (ts.isVariableDeclarationList(node) && kindOfHead(node) !== "none") {
      return declarations(node);
    }
    return ts.visitEachChild(node, visit, context);
  };

  const declarations = (list: ts.VariableDeclarationList): ts.VariableDeclarationList => {
    const add = kindOfHead(list) === "await" ? "addAsync" : "add";
    return factory.createVariableDeclarationList(
      list.declarations.map((declaration) => {
        const value = ts.visitNode(declaration.initializer!, visit) as ts.Expression;
        const added = build.call(build.get(build.id(uses), add), [value]);
        return factory.updateVariableDeclaration(
          declaration,
          declaration.name,
          undefined,
          undefined,
          ts.setTextRange(added, value),
        );
      }),
      ts.NodeFlags.Const,
    );
  };

  /** `original` is the block whose statements these are, if it is one. */
  const lowered = (
    original: ts.Block | undefined,
    kind: Kind,
    statements: readonly ts.Statement[],
    end: Range,
  ): ts.Block => {
    const name = names.fresh("u");
    const inner = within(name, () =>
      statements.map((statement) =>
        original === undefined
          ? ts.visitEachChild(statement, visit, context)
          : (ts.visitNode(statement, visit) as ts.Statement),
      ),
    );
    return tried(name, kind, build.block(inner), original, end);
  };

  const tried = (
    name: string,
    kind: Kind,
    body: ts.Block,
    original: ts.Block | undefined,
    end: Range,
  ): ts.Block => {
    if (original !== undefined) ts.setOriginalNode(body, original);
    const caught = names.fresh("e");
    const release = build.call(
      build.get(build.id(name), kind === "await" ? "endAsync" : "end"),
      [],
    );
    const site = module.site(end, "release");
    return build.block([
      build.constant(name, build.callRuntime("uses")),
      factory.createTryStatement(
        body,
        factory.createCatchClause(
          caught,
          build.block([
            build.statement(build.call(build.get(build.id(name), "fail"), [build.id(caught)])),
          ]),
        ),
        build.block([
          build.statement(build.setSite(site)),
          ts.setTextRange(
            build.statement(kind === "await" ? factory.createAwaitExpression(release) : release),
            end,
          ),
        ]),
      ),
    ]);
  };

  /** `for (using x of xs) body`: each turn has its resource. */
  const forOf = (node: ts.ForOfStatement, kind: Kind): ts.Node => {
    const [declaration] = (node.initializer as ts.VariableDeclarationList).declarations;
    const item = names.fresh("i");
    const name = names.fresh("u");
    const added = build.call(build.get(build.id(name), kind === "await" ? "addAsync" : "add"), [
      build.id(item),
    ]);
    const held = build.constant(declaration.name, added);
    const body = within(name, () => ts.visitNode(node.statement, visit) as ts.Statement);
    const turn = tried(name, kind, build.block([held, body]), undefined, closing(node.statement));
    return factory.updateForOfStatement(
      node,
      node.awaitModifier,
      factory.createVariableDeclarationList(
        [factory.createVariableDeclaration(item)],
        ts.NodeFlags.Const,
      ),
      ts.visitNode(node.expression, visit) as ts.Expression,
      turn,
    );
  };

  /** Where a block lets go: its closing brace, or the end of the file's text. */
  const closing = (node: ts.Node): Range => {
    const original = ts.getOriginalNode(node);
    if (!ts.isSourceFile(original)) return { pos: original.end - 1, end: original.end };
    const end = file.text.trimEnd().length;
    return { pos: Math.max(0, end - 1), end };
  };

  return visit;
}

function kindOfStatements(statements: readonly ts.Statement[]): Kind {
  let kind: Kind = "none";
  for (const statement of statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const own = kindOfHead(statement.declarationList);
    if (own === "await") return "await";
    if (own === "using") kind = "using";
  }
  return kind;
}

const kindOfHead = (head: ts.Node | undefined): Kind =>
  head !== undefined && ts.isVariableDeclarationList(head) ? usingKind(head) : "none";
