/**
 * Adds one entry to `compilerOptions.types` in the text of a tsconfig.json, and changes nothing else of it: a JSON with
 * comments and trailing commas, so it is edited as text by the places of its parts.
 */
export const TYPES_ENTRY = "threadloom";

export type Edited =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/**
 * `installed` are the packages of `@types` that TypeScript 5 takes up by itself so long as there is no list: where the
 * list is new, they go into it.
 */
export function withTypes(text: string, installed: readonly string[]): Edited {
  const list = [...installed, TYPES_ENTRY].map((name) => JSON.stringify(name)).join(", ");
  if (text.trim() === "") {
    return { ok: true, text: `{\n  "compilerOptions": {\n    "types": [${list}]\n  }\n}\n` };
  }
  try {
    const root = new Parser(text).read();
    if (root.kind !== "object") return { ok: false, reason: "it does not hold an object" };
    return { ok: true, text: add(text, root, list) };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, reason: error.message };
    throw error;
  }
}

function add(text: string, root: ObjectNode, list: string): string {
  const options = root.members.get("compilerOptions");
  if (!options) return insert(text, root, `"compilerOptions": { "types": [${list}] }`);
  if (options.kind !== "object") throw new Malformed("its compilerOptions are no object");
  const types = options.members.get("types");
  if (!types) return insert(text, options, `"types": [${list}]`);
  if (types.kind !== "array") throw new Malformed("its types are no list");
  const has = types.items.some((item) => item.kind === "other" && item.value === TYPES_ENTRY);
  return has ? text : insert(text, types, `"${TYPES_ENTRY}"`);
}

/** As the first member of a container, on a line of its own where the others have one. */
function insert(text: string, { start, first }: ObjectNode | ArrayNode, entry: string): string {
  const after = start + 1;
  const comma = first === undefined ? "" : ",";
  const gap = first === undefined ? "" : (/^\s*/.exec(text.slice(after, first))?.[0] ?? "");
  const own = gap.includes("\n")
    ? gap.slice(gap.indexOf("\n") - (gap.includes("\r\n") ? 1 : 0))
    : "";
  const space = own === "" && first !== undefined ? " " : "";
  const rest = own === "" ? text.slice(after).replace(/^[ \t]+/, "") : text.slice(after);
  const lead = own === "" ? (/^[ \t]*/.exec(text.slice(after))?.[0] ?? "") : own;
  return text.slice(0, after) + lead + entry + comma + space + rest;
}

interface ObjectNode {
  readonly kind: "object";
  readonly start: number;
  /** Where its first member begins. */
  readonly first: number | undefined;
  readonly members: ReadonlyMap<string, Node>;
}
interface ArrayNode {
  readonly kind: "array";
  readonly start: number;
  readonly first: number | undefined;
  readonly items: readonly Node[];
}
type Node = ObjectNode | ArrayNode | { readonly kind: "other"; readonly value: unknown };

class Malformed extends Error {}

/** JSON with comments and trailing commas, as TypeScript reads its configuration. */
class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
  }

  read(): Node {
    const node = this.#value();
    this.#space();
    if (this.#at < this.#text.length) throw this.#unexpected();
    return node;
  }

  #value(): Node {
    this.#space();
    const sign = this.#text[this.#at];
    if (sign === "{") return this.#object();
    if (sign === "[") return this.#array();
    return { kind: "other", value: this.#scalar() };
  }

  #object(): ObjectNode {
    const members = new Map<string, Node>();
    const { start, first } = this.#list("}", () => {
      const name = this.#scalar();
      if (typeof name !== "string") throw this.#unexpected();
      this.#space();
      if (!this.#take(":")) throw this.#unexpected();
      members.set(name, this.#value());
    });
    return { kind: "object", start, first, members };
  }

  #array(): ArrayNode {
    const items: Node[] = [];
    const { start, first } = this.#list("]", () => items.push(this.#value()));
    return { kind: "array", start, first, items };
  }

  #list(end: string, item: () => void): { start: number; first: number | undefined } {
    const start = this.#at++;
    let first: number | undefined;
    for (this.#space(); !this.#take(end); this.#space()) {
      first ??= this.#at;
      item();
      this.#space();
      if (this.#take(",")) continue;
      if (this.#take(end)) break;
      throw this.#unexpected();
    }
    return { start, first };
  }

  #scalar(): unknown {
    const scalar = /"(?:\\.|[^"\\\n])*"|-?\d[\d.eE+-]*|true|false|null/y;
    scalar.lastIndex = this.#at;
    const match = scalar.exec(this.#text);
    if (!match) throw this.#unexpected();
    this.#at = scalar.lastIndex;
    try {
      return JSON.parse(match[0]);
    } catch {
      throw this.#unexpected(); // a number or an escape that JSON does not have
    }
  }

  #space(): void {
    const space = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
    space.lastIndex = this.#at;
    space.exec(this.#text);
    this.#at = space.lastIndex;
  }

  #take(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }

  #unexpected(): Malformed {
    const line = this.#text.slice(0, this.#at).split("\n").length;
    return new Malformed(`line ${line} is not as JSON wants it`);
  }
}
