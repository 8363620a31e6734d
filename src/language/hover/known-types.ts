/**
 * The type of an expression, as far as its names alone tell: `db` in `const db = new Mutex(0)`, `db.lock()`, one end of
 * `const [tx, rx] = channel()`. No type checker is asked; what comes out of somebody else's function, or through a
 * callback, is not known.
 */
import type { DeclaredModule } from "./declarations.ts";
import type { Imported } from "./imports.ts";

/** Name of a class or an interface of the module; `OTHER` for what is surely none; undefined for what can't be told. */
export type KnownType = string | undefined;
export const OTHER = "other";

export interface Names {
  /** Without comments and the insides of strings. */
  readonly code: string;
  readonly module: DeclaredModule;
  readonly imported: Imported;
}

/** Definitions of variables by each other end somewhere; texts in which they don't are wrong anyway. */
const DEEPEST = 8;

/** The type of what stands before the dot at `dot`. */
export function typeBefore(names: Names, dot: number): KnownType {
  const start = chainStart(names.code, dot);
  return start === undefined ? undefined : headType(names, chain(names, start, dot, 0));
}

/** Where `a.b(…).c` begins, read backwards from its end. Undefined where it begins with no name. */
function chainStart(code: string, end: number): number | undefined {
  let at = end;
  for (;;) {
    at = skipBack(code, at);
    if (code[at - 1] === "!") at = skipBack(code, at - 1);
    while (code[at - 1] === ")" || code[at - 1] === ">") {
      const open = opening(code, at - 1);
      if (open === undefined) return undefined;
      at = skipBack(code, open);
    }
    const name = /[\w$]+$/.exec(code.slice(Math.max(0, at - 80), at))?.[0];
    if (!name) return undefined;
    at -= name.length;
    const before = skipBack(code, at);
    if (code[before - 1] === ".") {
      at = code[before - 2] === "?" ? before - 2 : before - 1;
      continue;
    }
    const word = /\bnew\s*$/.exec(code.slice(Math.max(0, at - 20), at));
    return word ? at - word[0].length : at;
  }
}

function skipBack(code: string, at: number): number {
  let end = at;
  while (end > 0 && /\s/.test(code[end - 1])) end--;
  return end;
}

/** The bracket that belongs to the closing one at `close`; `=>` closes nothing. */
function opening(code: string, close: number): number | undefined {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    const sign = code[at];
    if (")]}".includes(sign) || (sign === ">" && code[close] === ">" && code[at - 1] !== "="))
      depth++;
    else if ("([{".includes(sign) || (sign === "<" && code[close] === ">")) {
      if (--depth === 0) return at;
    }
  }
  return undefined;
}

/** The text of the type of `new A(…).b.c(…)` from `start`, up to `end` at most. */
function chain(names: Names, start: number, end: number, depth: number): string | undefined {
  const { code, module, imported } = names;
  const head = /(?:await\s+)?(new\s+)?([\w$]+)/y;
  head.lastIndex = start;
  const begins = head.exec(code);
  if (!begins) return /[[{"'`\d]/.test(code[start] ?? "") ? OTHER : undefined;
  let at = head.lastIndex;
  let own = imported.names.get(begins[2]);
  if (own === undefined && imported.namespaces.has(begins[2])) {
    const member = /\s*\.\s*([\w$]+)/y;
    member.lastIndex = at;
    own = member.exec(code)?.[1];
    at = member.lastIndex;
  }
  let type: string | undefined;
  if (own !== undefined) {
    const declared = module.exports.get(own);
    const called = arguments_(code, at);
    if (declared && called !== undefined) {
      type = declared.result;
      at = called;
    } else type = OTHER;
  } else {
    type = begins[1] ? OTHER : variable(names, begins[2], start, depth + 1);
  }
  const step = /\s*(?:!\s*)?\??\.\s*([\w$]+)/y;
  for (;;) {
    step.lastIndex = at;
    const match = step.exec(code);
    if (!match || step.lastIndex > end) break;
    const owner = headType(names, type);
    if (owner === undefined || owner === OTHER) return owner;
    type = module.members.get(owner)?.get(match[1])?.result ?? OTHER;
    at = arguments_(code, step.lastIndex) ?? step.lastIndex;
  }
  return /^\s*\[/.test(code.slice(at, end)) ? undefined : type;
}

/** Where the arguments of a call that begins here end, type arguments included; undefined where none begins. */
function arguments_(code: string, start: number): number | undefined {
  const typed = /\s*(?:<[^()]*?>)?\s*\(/y;
  typed.lastIndex = start;
  if (!typed.test(code)) return undefined;
  let depth = 0;
  for (let at = typed.lastIndex - 1; at < code.length; at++) {
    if ("([{".includes(code[at])) depth++;
    else if (")]}".includes(code[at]) && --depth === 0) return at + 1;
  }
  return code.length;
}

/** The text of a variable's type, by the nearest definition above. */
function variable(names: Names, name: string, before: number, depth: number): string | undefined {
  if (depth > DEEPEST) return undefined;
  const above = names.code.slice(0, before);
  const escaped = name.replaceAll("$", "\\$");
  const found: { readonly at: number; readonly type: () => string | undefined }[] = [];
  const end = names.code.length;
  const defined = new RegExp(
    `\\b(?:const|let|var|using)\\s+${escaped}\\s*(?::\\s*([^=;]+?))?\\s*=(?!=)\\s*`,
    "g",
  );
  for (const match of above.matchAll(defined)) {
    const value = match.index + match[0].length;
    found.push({ at: match.index, type: () => match[1] ?? chain(names, value, end, depth) });
  }
  const taken = /\b(?:const|let|var)\s*\[([^\]=]*)\]\s*=\s*/g;
  for (const match of above.matchAll(taken)) {
    const place = match[1].split(",").findIndex((one) => one.trim() === name);
    const value = match.index + match[0].length;
    if (place < 0) continue;
    found.push({ at: match.index, type: () => element(chain(names, value, end, depth), place) });
  }
  const picked = new RegExp(`\\b(?:const|let|var)\\s*\\{([^}=]*)\\}\\s*=\\s*`, "g");
  for (const match of above.matchAll(picked)) {
    const item = match[1].split(",").map((one) => one.trim().split(/\s*:\s*/));
    const [member] = item.find((one) => one.at(-1) === name) ?? [];
    const value = match.index + match[0].length;
    if (!member) continue;
    found.push({
      at: match.index,
      type: () => {
        const owner = headType(names, chain(names, value, end, depth));
        if (owner === undefined || owner === OTHER) return owner;
        return names.module.members.get(owner)?.get(member)?.result ?? OTHER;
      },
    });
  }
  const parameter = new RegExp(
    `[(,]\\s*${escaped}\\s*\\??:\\s*([\\w$]+(?:<[^()]*?>)?)\\s*[,)=]`,
    "g",
  );
  for (const match of above.matchAll(parameter)) {
    found.push({ at: match.index, type: () => match[1] });
  }
  const nearest = found.sort((one, other) => one.at - other.at).at(-1);
  // Nothing above defines `Array` or `Promise`: a global, and so none of ours.
  return nearest ? nearest.type() : /^[A-Z]/.test(name) ? OTHER : undefined;
}

/** One type of `[Sender<T>, Receiver<T>]`. */
function element(tuple: string | undefined, place: number): string | undefined {
  if (tuple === undefined || tuple === OTHER) return tuple;
  const parts = /^\[(.*)\]$/.exec(tuple)?.[1]?.split(/,(?![^<]*>)/);
  return parts?.[place]?.trim();
}

/** The class or interface that a type's text names, `T | undefined` by its first part. */
function headType({ module, imported }: Names, type: string | undefined): KnownType {
  if (type === undefined) return undefined;
  const [, name = ""] = /^\s*([\w$]+)/.exec(type) ?? [];
  const own = imported.names.get(name) ?? name;
  return module.members.has(own) ? own : OTHER;
}
