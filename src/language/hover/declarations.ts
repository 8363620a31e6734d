/**
 * What a declaration file says of each name, read from its text: signature, documentation, and the types that a name
 * leads to. Editors show it where TypeScript's own server may not work (a folder that is not trusted, a virtual one);
 * there is no second copy of the words.
 *
 * Takes files as Prettier formats them, with one `declare module` in which everything is exported and documented: ours
 * are, and a test compares what is read here with what TypeScript reads.
 */
import { separate } from "../source-text.ts";
import { commentToMarkdown } from "./doc-comment.ts";

export interface Declaration {
  readonly name: string;
  readonly kind:
    "function" | "class" | "interface" | "type" | "method" | "property" | "constructor";
  /** The class or interface whose member it is. */
  readonly owner: string | undefined;
  /** As TypeScript shows it: `(method) Mutex.lock(): MutexGuard<T>`. */
  readonly signature: string;
  /** Markdown. */
  readonly documentation: string;
  /** The text of the type that calling it, or reading it, gives: `[Sender<T>, Receiver<T>]`. */
  readonly result: string;
}

export interface DeclaredModule {
  /** `threadloom:std`. */
  readonly name: string;
  /** What stands at the file's head. Markdown. */
  readonly documentation: string;
  /** By name: a class stands for its constructor, too. */
  readonly exports: ReadonlyMap<string, Declaration>;
  /** By owner, then by name. */
  readonly members: ReadonlyMap<string, ReadonlyMap<string, Declaration>>;
}

/** Undefined where there is no `declare module`. Linear in the length of the text. */
export function readDeclarations(text: string): DeclaredModule | undefined {
  const name = /^declare module "([^"]+)"/m.exec(text);
  if (!name) return undefined;
  const { code, comments } = separate(text);
  const exports = new Map<string, Declaration>();
  const members = new Map<string, Map<string, Declaration>>();
  let owner: { readonly name: string; readonly end: number } | undefined;
  for (const comment of comments) {
    if (!comment.text.startsWith("/**")) continue;
    const start = comment.end + code.slice(comment.end).search(/\S/);
    if (owner && start > owner.end) owner = undefined;
    const { end, opens } = extentOf(code, start);
    const written = text.slice(start, end).replace(/\s+/g, " ").trim();
    const documentation = commentToMarkdown(comment.text);
    if (owner) {
      // What nobody can call is not told.
      if (written.startsWith("private ")) continue;
      const member = memberOf(owner.name, written, documentation);
      members.get(owner.name)!.set(member.name, member);
      continue;
    }
    const declaration = exportOf(written, documentation);
    exports.set(declaration.name, declaration);
    if (opens) {
      owner = { name: declaration.name, end: closing(code, end) };
      members.set(declaration.name, new Map());
    }
  }
  return { name: name[1], documentation: headOf(text.slice(0, name.index)), exports, members };
}

/** Up to the semicolon, or the brace that opens a class or an interface. */
function extentOf(code: string, start: number): { readonly end: number; readonly opens: boolean } {
  const isBody = /^(?:export\s+)?(?:class|interface)\b/.test(code.slice(start, start + 40));
  let depth = 0;
  for (let at = start; at < code.length; at++) {
    const sign = code[at];
    if (depth === 0 && sign === ";") return { end: at, opens: false };
    if (depth === 0 && sign === "{" && isBody) return { end: at, opens: true };
    if ("([{".includes(sign)) depth++;
    else if (")]}".includes(sign)) depth--;
  }
  return { end: code.length, opens: false };
}

function closing(code: string, open: number): number {
  let depth = 0;
  for (let at = open; at < code.length; at++) {
    if (code[at] === "{") depth++;
    else if (code[at] === "}" && --depth === 0) return at;
  }
  return code.length;
}

function exportOf(written: string, documentation: string): Declaration {
  const signature = written.replace(/^export /, "");
  const [, kind = "", name = ""] = /^(\w+) ([\w$]+)/.exec(signature) ?? [];
  const result = kind === "function" ? resultOf(signature) : name;
  return {
    name,
    kind: kind as Declaration["kind"],
    owner: undefined,
    signature,
    documentation,
    result,
  };
}

function memberOf(owner: string, written: string, documentation: string): Declaration {
  const [, modifier = "", name = ""] =
    /^((?:static )?(?:readonly )?)([\w$]+|\[[\w.]+\])/.exec(written) ?? [];
  const rest = written.slice(modifier.length + name.length);
  const kind = name === "constructor" ? name : /^[(<]/.test(rest) ? "method" : "property";
  const shown =
    kind === "constructor"
      ? `new ${owner}${rest}`
      : `${owner}${name.startsWith("[") ? "" : "."}${name}${rest}`;
  return {
    name,
    kind,
    owner,
    signature: `(${kind}) ${shown}`,
    documentation,
    result: kind === "property" ? rest.replace(/^\??:\s*/, "") : resultOf(written),
  };
}

/** What stands after the parameters of a function. */
function resultOf(signature: string): string {
  let depth = 0;
  for (let at = signature.indexOf("("); at >= 0 && at < signature.length; at++) {
    if (signature[at] === "(") depth++;
    else if (signature[at] === ")" && --depth === 0) {
      return signature.slice(at + 1).replace(/^:\s*/, "");
    }
  }
  return "";
}

/** Line comments before the module. */
function headOf(text: string): string {
  const lines = text.split("\n").filter((line) => /^\/\/(?!\/)/.test(line));
  return lines
    .map((line) => line.replace(/^\/\/ ?/, ""))
    .join("\n")
    .trim();
}
