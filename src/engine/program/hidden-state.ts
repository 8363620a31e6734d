/**
 * What the text of somebody else's class tells of state that its instances have beside their own plain properties: state
 * that no copy from outside would have. Asked for classes of npm packages, whose instances cross only without it.
 *
 * Told for certain: `#private` members; the `WeakMap`s and helpers into which TypeScript, Babel and esbuild turn them for
 * older platforms; classes written in another language. In doubt, told as well: a constructor that hands its `this` to a
 * function which may keep it (minified helpers look like that).
 *
 * What cannot be known, and is taken for not being there: tables of the package that are looked up by what an instance
 * holds (an id), or into which a method puts the instance later under an innocent name; and what a function that a
 * constructor calls without `this` does. Closures over a constructor's variables need no text: they are own properties
 * that are functions, and the codec refuses these by their names.
 */
import { tokensOf, type Token } from "./class-tokens.ts";

export type HiddenState =
  /** `name`: without `#`. `weak`: it is kept in a WeakMap of the module's. */
  | { readonly kind: "private"; readonly name: string; readonly weak: boolean }
  /** The constructor gives the instance to this function. */
  | { readonly kind: "handed on"; readonly to: string }
  | { readonly kind: "native" };

/** Helpers of compilers that are called with an instance and the table of a private member. */
const PRIVATE_HELPER =
  /^(__classPrivateField(Get|Set|In)|_?_?classPrivate\w*|_?checkPrivateRedeclaration|__private(Add|Get|Set|Method|In|Wrapper))\d*$/;

/** Called with `this`, these keep nothing of it: helpers of compilers for classes and plain fields. */
const KEEPS_NOTHING = new Set(
  (
    "_classCallCheck __classCallCheck _defineProperty __publicField __defNormalProp _callSuper _createSuper " +
    "_possibleConstructorReturn _assertThisInitialized _initializerDefineProperty __runInitializers"
  ).split(" "),
);
/** The same, as methods: `Base.call(this)`, `Object.freeze(this)`, `Reflect.construct(Base, [], …)`. */
const METHODS_KEEP_NOTHING = new Set(
  (
    "call apply bind assign freeze seal preventExtensions defineProperty defineProperties setPrototypeOf " +
    "getPrototypeOf getOwnPropertyNames keys isPrototypeOf captureStackTrace"
  ).split(" "),
);
const NO_CALLS = new Set("if while for switch catch return typeof with function".split(" "));

/** What the functions that make up a class tell: the class or constructor itself, then the methods beside its text. */
export function hiddenState(made: Function, methods: readonly Function[]): HiddenState | undefined {
  const text = textOf(made);
  if (isNative(text)) return { kind: "native" };
  const tokens = tokensOf(text);
  const found = privateName(tokens) ?? privateTable(tokens, made.name);
  if (found !== undefined) return found;
  for (const method of methods) {
    const inMethod = privateTable(tokensOf(textOf(method)), made.name);
    if (inMethod !== undefined) return inMethod;
  }
  return handedOn(constructing(tokens), made.name);
}

const textOf = (made: Function): string => Function.prototype.toString.call(made);

function isNative(text: string): boolean {
  return /\{\s*\[native code\]\s*\}\s*$/.test(text);
}

/** The first `#name` that is not declared static: static ones belong to the class, which each thread has its own. */
function privateName(tokens: readonly Token[]): HiddenState | undefined {
  const ofClass = new Set<string>();
  tokens.forEach(({ text, kind }, index) => {
    if (kind !== "private") return;
    for (let before = index - 1; before >= 0; before--) {
      const word = tokens[before].text;
      if (word === "static") ofClass.add(text);
      if (!/^(static|async|get|set|accessor|\*)$/.test(word)) break;
    }
  });
  const found = tokens.find(({ text, kind }) => kind === "private" && !ofClass.has(text));
  return found && { kind: "private", name: found.text.slice(1), weak: false };
}

/** `table.set(this, …)`, `__classPrivateFieldSet(this, table, …)`: private members on older platforms. */
function privateTable(tokens: readonly Token[], className: string): HiddenState | undefined {
  const aliases = namesOfThis(tokens);
  for (let at = 0; at < tokens.length; at++) {
    const { text, kind } = tokens[at];
    if (kind !== "name") continue;
    if (PRIVATE_HELPER.test(text) && is(tokens[at + 1], "(")) {
      const table = is(tokens[at + 3], ",") ? tokens[at + 4] : undefined;
      return weakMember(table?.kind === "name" ? table.text : text, className);
    }
    if (text !== "set" && text !== "add") continue;
    const [table, dot] = [tokens[at - 2], tokens[at - 1]];
    const plain = table?.kind === "name" && is(dot, ".") && !is(tokens[at - 3], ".");
    if (!plain || table.text === "this" || aliases.has(table.text)) continue;
    if (!is(tokens[at + 1], "(") || !aliases.has(tokens[at + 2]?.text)) continue;
    // A WeakSet is but a brand, and `sum.add(this)` says nothing outside a constructor: that is looked at as a call.
    if (text === "set" && is(tokens[at + 3], ",")) return weakMember(table.text, className);
  }
  return undefined;
}

/** The member's own name, of the table's: `_Counter_count`, `_count`. */
function weakMember(table: string, className: string): HiddenState {
  const prefix = `_${className}_`;
  const name = table.startsWith(prefix) ? table.slice(prefix.length) : table.replace(/^_+/, "");
  return { kind: "private", name: name || table, weak: true };
}

/** `this`, and the variables that stand for it: `var _this = _super.call(this) || this`. */
function namesOfThis(tokens: readonly Token[]): ReadonlySet<string | undefined> {
  const names = new Set<string | undefined>(["this"]);
  for (let at = 1; at + 1 < tokens.length; at++) {
    if (!is(tokens[at], "=") || tokens[at - 1].kind !== "name") continue;
    if (is(tokens[at + 1], "=") || is(tokens[at + 1], ">") || is(tokens[at - 2], ".")) continue;
    let depth = 0;
    for (let inside = at + 1; inside < tokens.length; inside++) {
      const { text, kind, first } = tokens[inside];
      // The expression's end, as far as that can be told: a semicolon may be missing.
      if (text === ";" || text === "{" || (depth === 0 && text === ",")) break;
      if (depth === 0 && first && kind === "name" && inside > at + 1) break;
      if (text === "(" || text === "[") depth++;
      if (/^[)\]}]$/.test(text) && depth-- === 0) break;
      if (text === "this" && !/^[.[?]$/.test(tokens[inside + 1]?.text)) {
        names.add(tokens[at - 1].text);
        break;
      }
    }
  }
  return names;
}

/**
 * What runs when an instance is made: of a class, its constructor and what stands between its members' bodies (the values
 * of its fields); of a constructor function, all of it.
 */
function constructing(tokens: readonly Token[]): readonly Token[] {
  if (!is(tokens[0], "class")) return tokens;
  const runs: Token[] = [];
  let depth = 0;
  let inConstructor = false;
  tokens.forEach((token, at) => {
    const { text } = token;
    if (depth === 1 && text === "constructor" && is(tokens[at + 1], "(")) inConstructor = true;
    if (text === "}") depth--;
    if (depth <= 1 || inConstructor) runs.push(token);
    if (text === "}" && depth === 1) inConstructor = false;
    if (text === "{") depth++;
  });
  return runs;
}

/** The first function that is given `this` as an argument, and is not known to keep nothing of it. */
function handedOn(tokens: readonly Token[], className: string): HiddenState | undefined {
  const aliases = namesOfThis(tokens);
  for (let at = 1; at < tokens.length; at++) {
    if (!aliases.has(tokens[at].text) || tokens[at].kind !== "name") continue;
    if (!/^[(,]$/.test(tokens[at - 1].text) || !/^[,)]$/.test(tokens[at + 1]?.text)) continue;
    const open = openingOf(tokens, at);
    const callee = open > 0 ? tokens[open - 1] : undefined;
    if (callee === undefined || !isCalled(tokens, open)) continue;
    const isMethod = is(tokens[open - 2], ".");
    if (isMethod ? METHODS_KEEP_NOTHING.has(callee.text) : KEEPS_NOTHING.has(callee.text)) continue;
    const next = open + 1 === at && is(tokens[at + 1], ",") ? tokens[at + 2] : undefined;
    // Minified helpers: `define(this, "field", …)` and `check(this, Class)`.
    if (!isMethod && (next?.kind === "string" || (next !== undefined && next.text === className)))
      continue;
    return { kind: "handed on", to: nameOf(tokens, open - 1) };
  }
  return undefined;
}

/** The callee in words: `register`, `registry.add`. */
function nameOf(tokens: readonly Token[], at: number): string {
  if (tokens[at].kind !== "name") return "another function";
  const within = is(tokens[at - 1], ".") && tokens[at - 2]?.kind === "name";
  return within ? `${tokens[at - 2].text}.${tokens[at].text}` : tokens[at].text;
}

/** Whether a parameter list begins there: a body follows it. */
function isDefinition(tokens: readonly Token[], open: number): boolean {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (is(tokens[at], "(")) depth++;
    if (is(tokens[at], ")") && --depth === 0) return is(tokens[at + 1], "{");
  }
  return false;
}

/** The parenthesis that is open at this place; -1 if it is no parenthesis. */
function openingOf(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let before = at - 1; before >= 0; before--) {
    const { text } = tokens[before];
    if (/^[)\]}]$/.test(text)) depth++;
    else if (/^[([{]$/.test(text) && depth-- === 0) return text === "(" ? before : -1;
  }
  return -1;
}

function isCalled(tokens: readonly Token[], open: number): boolean {
  const before = tokens[open - 1];
  if (before.kind === "name") return !NO_CALLS.has(before.text) && !isDefinition(tokens, open);
  return is(before, ")") || is(before, "]");
}

function is(token: Token | undefined, text: string): boolean {
  return token?.text === text && token.kind !== "string";
}
