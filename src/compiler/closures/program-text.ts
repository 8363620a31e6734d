/**
 * The text of the program that a function becomes: that of its file with everything blanked that it does not take along, so that
 * every line and column is what it was. What has to be added (the call, a place for captured values) stands where blanks are.
 *
 * Left out: keeping the columns of what follows a one-line call in its own line.
 */
import ts from "typescript";
import type { CheckName, ExploreCall } from "./calls.ts";

export interface ProgramText {
  readonly text: string;
  /** Where declarations of captured values may be put. */
  readonly at: number;
}

export function programText(
  file: ts.SourceFile,
  { call, argument, check }: ExploreCall,
  statements: ReadonlySet<ts.Statement>,
  hasCaptured: boolean,
): ProgramText {
  const { text } = file;
  const out = blanked(text);
  const keep = (start: number, end: number): void => {
    for (let at = start; at < end; at++) out[at] = text[at];
  };
  for (const statement of statements) {
    for (const { pos, end } of ts.getLeadingCommentRanges(text, statement.pos) ?? []) {
      // Annotations of a declaration are doc comments.
      if (text.startsWith("/**", pos)) keep(pos, end);
    }
    keep(statement.getStart(file), statement.end);
  }
  keep(argument.getStart(file), argument.end);
  const paren = call.arguments.pos - 1;
  out[paren] = "(";
  // `explore(` becomes `;(`: the last letter of the name is at least there. A check is called by its own name.
  if (check === undefined) out[paren - 1] = ";";
  else {
    keep(call.expression.getStart(file), call.expression.end);
    out[statementOf(check.declaration).getStart(file)] = imported(check);
  }
  const calls = check === undefined ? ")();" : ");";
  const close = hasCaptured ? `${calls}}` : calls;
  for (let at = 1; at < close.length && isBlank(out[argument.end + at - 1]); at++) {
    out[argument.end + at - 1] = "";
  }
  out[argument.end - 1] += close;

  const lines = out.join("").split("\n");
  let offset = 0;
  let at = 0;
  const callLine = file.getLineAndCharacterOfPosition(paren).line;
  const trimmed = lines.map((line, index) => {
    const kept = line.trimEnd();
    if (kept === "" && index < callLine) at = offset;
    offset += kept.length + 1;
    return kept;
  });
  return { text: trimmed.join("\n"), at };
}

function statementOf(declaration: ts.Node): ts.Node {
  let at = declaration;
  while (!ts.isSourceFile(at.parent)) at = at.parent;
  return at;
}

/** The check has its name from where programs have it, in the place of the statement by which the test has it. */
function imported({ local, declaration }: CheckName): string {
  const from = '"threadloom:check"';
  if (ts.isImportSpecifier(declaration)) return `import { linearizable as ${local} } from ${from};`;
  if (!ts.isVariableDeclaration(declaration)) return `import * as ${local} from ${from};`;
  const name = ts.isIdentifier(declaration.name) ? local : `{ linearizable: ${local} }`;
  return `const ${name} = require(${from});`;
}

function blanked(text: string): string[] {
  const out = new Array<string>(text.length);
  for (let at = 0; at < text.length; at++) out[at] = text[at] === "\n" ? "\n" : " ";
  return out;
}

function isBlank(unit: string | undefined): boolean {
  return unit === " ";
}
