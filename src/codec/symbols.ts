/** Symbols that every thread has: registered ones (`Symbol.for`) and the language's own (`Symbol.iterator`). */
import type { Reader } from "./reader.ts";
import type { TextReader } from "./text.ts";
import { writeText } from "./text.ts";
import { Tag, TAG_BITS } from "./word.ts";
import type { Writer } from "./writer.ts";

const REGISTERED = 0;
const WELL_KNOWN = 1;

const nameOfWellKnown = new Map<symbol, string>();
for (const name of Object.getOwnPropertyNames(Symbol)) {
  const value = (Symbol as unknown as Record<string, unknown>)[name];
  if (typeof value === "symbol") nameOfWellKnown.set(value, name);
}

/** Whether another thread has the same symbol. */
export function isCommon(symbol: symbol): boolean {
  return Symbol.keyFor(symbol) !== undefined || nameOfWellKnown.has(symbol);
}

/** Only for a symbol that is common. */
export function writeSymbol(out: Writer, symbol: symbol): void {
  const name = nameOfWellKnown.get(symbol);
  out.put(((name === undefined ? REGISTERED : WELL_KNOWN) << TAG_BITS) | Tag.SYMBOL);
  writeText(out, name ?? Symbol.keyFor(symbol)!);
}

/** A symbol whose first word was `word`. */
export function readSymbol(from: Reader, texts: TextReader, word: number): symbol {
  const name = texts.any(from);
  if (word >> TAG_BITS === REGISTERED) return Symbol.for(name);
  const symbol = (Symbol as unknown as Record<string, unknown>)[name];
  return typeof symbol === "symbol" ? symbol : from.damaged("there is no such symbol");
}
