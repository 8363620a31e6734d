/**
 * What the terminal can show. Decided once, from the environment and the stream, and handed to rendering as plain data;
 * rendering itself knows no terminal.
 */
export interface Look {
  /** Columns to fill. */
  readonly width: number;
  readonly colour: boolean;
  /** Block characters, arrows and typographic marks; without it plain ASCII. */
  readonly unicode: boolean;
}

export interface TerminalFacts {
  readonly isTerminal: boolean;
  /** Undefined where there is no terminal; 0 where it does not know its size. */
  readonly columns: number | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
}

const WIDTH_WITHOUT_TERMINAL = 100;
const [NARROWEST, WIDEST] = [40, 160];

/**
 * Colour only on a terminal; `NO_COLOR` (https://no-color.org) and `FORCE_COLOR`, when set and not empty, decide first.
 * ASCII on the Linux console, on dumb terminals, in old Windows consoles and where the locale is not UTF-8.
 */
export function lookOf({ isTerminal, columns, environment, platform }: TerminalFacts): Look {
  const width = Math.min(WIDEST, Math.max(NARROWEST, columns || WIDTH_WITHOUT_TERMINAL));
  return {
    width,
    colour: hasColour(isTerminal, environment),
    unicode: hasUnicode(environment, platform),
  };
}

function hasColour(isTerminal: boolean, environment: TerminalFacts["environment"]): boolean {
  if (environment["NO_COLOR"]) return false;
  const forced = environment["FORCE_COLOR"];
  if (forced) return forced !== "0" && forced !== "false";
  return isTerminal && environment["TERM"] !== "dumb";
}

function hasUnicode(environment: TerminalFacts["environment"], platform: string): boolean {
  if (platform === "win32")
    return Boolean(environment["WT_SESSION"] ?? environment["TERM_PROGRAM"] ?? environment["CI"]);
  if (environment["TERM"] === "linux" || environment["TERM"] === "dumb") return false;
  const locale = environment["LC_ALL"] || environment["LC_CTYPE"] || environment["LANG"];
  // A container or a CI job often has no locale at all, and yet shows UTF-8; "C" and "POSIX" are a choice.
  return !locale || /utf-?8/i.test(locale);
}
