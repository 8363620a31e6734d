// docs/std.md and its sisters, made from the declarations that editors show on hover: one text for both.
import { readFileSync } from "node:fs";
import ts from "typescript";

/**
 * @param {string} name Of the module, behind `threadloom:`.
 * @param {string} title
 * @returns {string}
 */
export function libraryPage(name, title) {
  const file = `${name}.d.ts`;
  const text = readFileSync(new URL(`../../src/std/types/${file}`, import.meta.url), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const module = source.statements.find(ts.isModuleDeclaration);
  if (!module?.body || !ts.isModuleBlock(module.body)) throw new Error(`${file} has no module`);
  /** @type {string[]} */
  const parts = [];
  for (const statement of module.body.statements) {
    const section = /^ *\/\/ ---- (.+?) -+$/m.exec(
      text.slice(statement.getFullStart(), statement.getStart(source)),
    )?.[1];
    if (section) parts.push(`## ${section[0]?.toUpperCase()}${section.slice(1)}`);
    parts.push(entry(statement, source));
  }
  const summary = text
    .slice(0, module.getStart(source))
    .match(/^\/\/ Everywhere:[^]*?(?=\n(?!\/\/))/m)?.[0]
    .replace(/^\/\/ (Everywhere: )?/gm, "");
  return `# ${title}: \`threadloom:${name}\`

What programs may import. Everywhere, ${summary}

Every sample on this page is a whole program: copy it into a file and trace it.

${parts.join("\n\n")}
`;
}

/**
 * A function, class, interface or type, with its members.
 * @param {ts.Statement} statement
 * @param {ts.SourceFile} source
 */
function entry(statement, source) {
  const name = nameOf(statement);
  if (
    (ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement)) &&
    statement.members.length > 0
  ) {
    const members = statement.members.map(
      (member) => `#### \`${signature(member, source)}\`\n\n${documentation(member)}`,
    );
    return [`### ${name}`, fence(heading(statement, source)), documentation(statement), ...members]
      .filter((part) => part.trim() !== "")
      .join("\n\n");
  }
  return `### ${name}\n\n${fence(signature(statement, source))}\n\n${documentation(statement)}`;
}

/** @param {ts.Statement} statement */
function nameOf(statement) {
  const { name } = /** @type {{ name?: ts.Identifier }} */ (/** @type {unknown} */ (statement));
  if (!name)
    throw new Error(`A statement of a declared module has no name: ${statement.getText()}`);
  return name.text;
}

/**
 * @param {ts.Node} node
 * @param {ts.SourceFile} source
 */
function signature(node, source) {
  return source.text
    .slice(node.getStart(source), node.end)
    .replace(/^export /, "")
    .replace(/\s+/g, " ")
    .replace(/;$/, "");
}

/**
 * A class or interface up to its brace.
 * @param {ts.ClassDeclaration | ts.InterfaceDeclaration} node
 * @param {ts.SourceFile} source
 */
function heading(node, source) {
  const text = source.text.slice(node.getStart(source), node.members.pos);
  return text.replace(/^export /, "").replace(/\s*\{\s*$/, "");
}

/** @param {string} code */
function fence(code) {
  return `\`\`\`ts\n${code}\n\`\`\``;
}

/** @param {ts.Node} node */
function documentation(node) {
  const comment = ts.getJSDocCommentsAndTags(node).findLast(ts.isJSDoc);
  if (!comment) return "";
  /** @type {string[]} */
  const parts = [prose(comment.comment)];
  /** @type {readonly ts.JSDocTag[]} */
  const tags = comment.tags ?? [];
  const named = tags.filter(ts.isJSDocParameterTag).map((tag) => {
    return `- \`${tag.name.getText()}\`: ${prose(tag.comment)}`;
  });
  const typed = tags.filter(ts.isJSDocTemplateTag).map((tag) => {
    return `- \`${tag.typeParameters[0]?.getText()}\`: ${prose(tag.comment)}`;
  });
  const returned = tags
    .filter(ts.isJSDocReturnTag)
    .map((tag) => `- Returns: ${prose(tag.comment)}`);
  const thrown = tags.filter(ts.isJSDocThrowsTag).map((tag) => {
    const type = tag.typeExpression?.type.getText() ?? "";
    return `- Throws \`${type}\` ${prose(tag.comment)}`;
  });
  const list = [...typed, ...named, ...returned, ...thrown];
  if (list.length > 0) parts.push(list.join("\n"));
  for (const tag of tags) {
    // A comment cannot hold the line that makes a file a program: "@threadloom" would be a tag of its own.
    if (tag.tagName.text === "example")
      parts.push(prose(tag.comment).replace(/^```ts\n/, "```ts\n// @threadloom\n"));
    if (ts.isJSDocSeeTag(tag)) parts.push(`See also: ${prose(tag.comment)}`);
  }
  return parts.filter((part) => part !== "").join("\n\n");
}

/** @param {string | ts.NodeArray<ts.JSDocComment> | undefined} comment */
function prose(comment) {
  if (comment === undefined) return "";
  if (typeof comment === "string") return comment.trim();
  return comment
    .map((part) => {
      if (part.kind === ts.SyntaxKind.JSDocText) return part.text;
      const link = /** @type {ts.JSDocLink} */ (part);
      // `{@link https://… | text}` is parsed as the name `https` and the rest.
      const target = `${link.name?.getText() ?? ""}${link.text}`;
      const [url = "", label] = target.split("|").map((piece) => piece.trim());
      if (/^https?:/.test(url)) return `[${label ?? url}](${url})`;
      return `\`${label ?? url}\``;
    })
    .join("")
    .trim();
}
