/**
 * TypeScript's text in its three sorts, told apart without TypeScript: code, comments, and what stands between quotes. For
 * features that look at every file with every key and must not wait for a compiler to be loaded.
 *
 * Left out: JSX, and the odd regular expression whose beginning cannot be told from a division without parsing.
 */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with comments, and what is between quotes, blanked out: offsets stay. */
export interface Separated {
  readonly code: string;
  readonly comments: readonly Piece[];
  /** What stands between quotes, by the offset of the opening one. */
  readonly strings: ReadonlyMap<number, string>;
}

/** A slash after one of these begins a regular expression; after anything else it divides. */
const BEFORE_EXPRESSION =
  /(?:^|[([{,;:=!&|?+\-*%<>~^]|\b(?:return|typeof|case|in|of|void|throw|new|else|do|yield|await))\s*$/;
const REGULAR_EXPRESSION = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y;
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|[`{}/]/g;
const TEMPLATE_PART = /(?:\\[\s\S]?|\$(?!\{)|[^`\\$])*(`|\$\{|$)/y;

/** Linear in the length of the text. Whatever it is, it is told apart: a string that is not closed ends with its line. */
export function separate(text: string): Separated {
  const comments: Piece[] = [];
  const strings = new Map<number, string>();
  const code: string[] = [];
  /** For each open brace, whether it is that of a `${`. */
  const braces: boolean[] = [];
  let done = 0;

  const keep = (end: number) => {
    code.push(text.slice(done, end));
    done = end;
  };
  const blank = (end: number) => {
    code.push(text.slice(done, end).replace(/[^\n]/g, " "));
    done = end;
  };
  const template = (from: number) => {
    TEMPLATE_PART.lastIndex = from;
    const part = TEMPLATE_PART.exec(text)!;
    blank(TEMPLATE_PART.lastIndex);
    if (part[1] === "${") braces.push(true);
  };

  TOKEN.lastIndex = 0;
  for (let match; (match = TOKEN.exec(text)); TOKEN.lastIndex = done) {
    const [token] = match;
    const start = match.index;
    keep(start);
    if (token.startsWith("//") || token.startsWith("/*")) {
      comments.push({ start, end: start + token.length, text: token });
      blank(start + token.length);
    } else if (token === "`") {
      template(start + 1);
    } else if (token === "{") {
      braces.push(false);
      keep(start + 1);
    } else if (token === "}") {
      if (braces.pop()) template(start + 1);
      else keep(start + 1);
    } else if (token === "/") {
      REGULAR_EXPRESSION.lastIndex = start;
      const before = text.slice(Math.max(0, start - 16), start);
      if (BEFORE_EXPRESSION.test(before) && REGULAR_EXPRESSION.test(text)) {
        blank(REGULAR_EXPRESSION.lastIndex);
      } else {
        keep(start + 1);
      }
    } else {
      strings.set(start, token.slice(1, -1));
      keep(start + 1);
      blank(start + token.length - 1);
      keep(start + token.length);
    }
  }
  keep(text.length);
  return { code: code.join(""), comments, strings };
}
