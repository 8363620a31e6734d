/**
 * What to say of a place in a program's text about a module that we declare: of a name that it imports, of a member as
 * far as its owner is known by name (`known-types.ts`), of the module's own name. For editors in which TypeScript's
 * server does not work; where it does it knows more.
 */
import { separate } from "../source-text.ts";
import type { Declaration, DeclaredModule } from "./declarations.ts";
import { importsOf } from "./imports.ts";
import { OTHER, typeBefore, type Names } from "./known-types.ts";

export interface StdHover {
  /** Offsets of the word. */
  readonly start: number;
  readonly end: number;
  /** More than one where a member's owner is not known. */
  readonly declarations: readonly Declaration[];
  /** Whether the owner was guessed by the member's name alone. */
  readonly guessed: boolean;
  /** Where the word is the module's name. */
  readonly module?: DeclaredModule;
}

/** Undefined where there is nothing to say. Linear in the length of the text. */
export function stdHoverAt(
  text: string,
  offset: number,
  module: DeclaredModule,
): StdHover | undefined {
  if (!text.includes(module.name)) return undefined;
  const separated = separate(text);
  const imported = importsOf(separated, module.name);
  const specifier = imported.specifiers.find(({ start, end }) => start <= offset && offset <= end);
  if (specifier) return { ...specifier, declarations: [], guessed: false, module };
  const { code } = separated;
  const word = wordAt(code, offset);
  if (!word || imported.specifiers.length === 0) return undefined;
  const name = code.slice(word.start, word.end);
  const dot = /(?:\?\s*)?\.\s*$/.exec(code.slice(Math.max(0, word.start - 200), word.start));
  if (!dot) {
    const declared = module.exports.get(imported.names.get(name) ?? "");
    if (!declared || isKey(code, word.end)) return undefined;
    return {
      ...word,
      declarations: constructed(code, word.start, declared, module),
      guessed: false,
    };
  }
  const names: Names = { code, module, imported };
  return ofMember(names, name, word, word.start - dot[0].length);
}

function ofMember(
  names: Names,
  name: string,
  word: { readonly start: number; readonly end: number },
  dot: number,
): StdHover | undefined {
  const { code, module, imported } = names;
  const before = /[\w$]+$/.exec(code.slice(Math.max(0, dot - 80), dot))?.[0];
  if (before && imported.namespaces.has(before)) {
    const declared = module.exports.get(name);
    return declared && { ...word, declarations: [declared], guessed: false };
  }
  const owner = typeBefore(names, dot);
  if (owner === OTHER) return undefined;
  const owners = owner === undefined ? [...module.members.values()] : [module.members.get(owner)!];
  const declarations = owners.flatMap((members) => members.get(name) ?? []);
  if (declarations.length === 0) return undefined;
  return { ...word, declarations, guessed: owner === undefined };
}

/** `new Mutex(0)` is about the class, and about what its constructor takes. */
function constructed(
  code: string,
  start: number,
  declared: Declaration,
  module: DeclaredModule,
): Declaration[] {
  const made = module.members.get(declared.name)?.get("constructor");
  const isNew = /\bnew\s+$/.test(code.slice(Math.max(0, start - 20), start));
  return isNew && made ? [made, declared] : [declared];
}

/** `{ spawn: … }`: the key of an object, not the name that was imported. */
function isKey(code: string, end: number): boolean {
  return /^\s*:/.test(code.slice(end, end + 20));
}

function wordAt(code: string, offset: number): { start: number; end: number } | undefined {
  const isPart = (at: number) => /[\w$]/.test(code[at] ?? "");
  let start = offset;
  let end = offset;
  while (start > 0 && isPart(start - 1)) start--;
  while (isPart(end)) end++;
  return start < end ? { start, end } : undefined;
}
