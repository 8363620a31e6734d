/**
 * The text of a function or class as tokens: what `Function.prototype.toString` gives, without comments. Enough of
 * ECMA-262's lexical grammar to tell names from what only looks like them in strings, templates and regular expressions.
 *
 * Left out: numbers and punctuators are cut up one character at a time, as nobody here asks for them; whether a slash
 * begins a regular expression is told by the token before it, which is wrong after the `)` of an `if` alone.
 */

export interface Token {
  /** A string or template is its delimiter alone, a regular expression `/`. */
  readonly text: string;
  readonly kind: "name" | "private" | "string" | "punctuator";
  /** Whether it is the first on its line: semicolons may be missing. */
  readonly first: boolean;
}

const NAME = /[\p{ID_Start}$_\\](?:[\p{ID_Continue}$\\]|\u200c|\u200d)*/uy;
const DIGITS = /\d[\w.]*/y;
/** Names after which an expression begins, so that a slash is no division. */
const BEFORE_EXPRESSION = new Set(
  "return typeof instanceof in of new delete void throw case do else await yield".split(" "),
);

export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  /** Per open brace: whether it is a template's, which goes on where it is closed. */
  const braces: boolean[] = [];
  let at = 0;
  let first = true;

  const push = (token: string, kind: Token["kind"]): void => {
    tokens.push({ text: token, kind, first });
    first = false;
  };
  /** The match of a sticky expression at this place; the place is then behind it. */
  const take = (expression: RegExp): string | undefined => {
    expression.lastIndex = at;
    const found = expression.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const skipTo = (end: string): void => {
    const found = text.indexOf(end, at);
    at = found < 0 ? text.length : found + end.length;
  };
  /** Up to the delimiter, or to a template's `${`. */
  const skipText = (delimiter: string): void => {
    for (; at < text.length; at++) {
      if (text[at] === "\\") at++;
      else if (delimiter === "`" && text.startsWith("${", at)) {
        braces.push(true);
        at += 2;
        push("{", "punctuator");
        return;
      } else if (text[at] === delimiter) {
        at++;
        return;
      }
    }
  };
  const skipRegExp = (): void => {
    for (let inClass = false; at < text.length; at++) {
      const character = text[at];
      if (character === "\\") at++;
      else if (character === "[") inClass = true;
      else if (character === "]") inClass = false;
      else if (character === "\n") return;
      else if (character === "/" && !inClass) break;
    }
    at++;
    take(NAME);
  };
  const beginsExpression = (): boolean => {
    const last = tokens.at(-1);
    if (last === undefined) return true;
    if (last.kind === "name") return BEFORE_EXPRESSION.has(last.text);
    if (last.kind !== "punctuator") return false;
    return !/^[)\]}0]$/.test(last.text);
  };

  while (at < text.length) {
    const character = text[at];
    if (/\s/.test(character)) {
      first ||= character === "\n";
      at++;
    } else if (text.startsWith("//", at)) {
      skipTo("\n");
      first = true;
    } else if (text.startsWith("/*", at)) skipTo("*/");
    else if (character === '"' || character === "'" || character === "`") {
      push(character, "string");
      at++;
      skipText(character);
    } else if (character === "/" && beginsExpression()) {
      push("/", "string");
      at++;
      skipRegExp();
    } else if (character === "#") {
      at++;
      const name = take(NAME);
      if (name !== undefined) push(`#${name}`, "private");
    } else {
      const name = take(NAME);
      if (name !== undefined) push(name, "name");
      else if (take(DIGITS) !== undefined) push("0", "punctuator");
      else {
        at++;
        if (character === "{") braces.push(false);
        push(character, "punctuator");
        if (character === "}" && braces.pop() === true) skipText("`");
      }
    }
  }
  return tokens;
}
