/**
 * Colour as a parameter: every renderer takes a `Paint`, and without colour it changes nothing.
 * A thread keeps one colour everywhere; red is for what costs and never for identity.
 */
import type { Look } from "../terminal.ts";

export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  bad(text: string): string;
  warning(text: string): string;
  good(text: string): string;
  place(text: string): string;
  /** In the colour of a thread. */
  thread(id: number, text: string): string;
}

// Blue, yellow, magenta, cyan, and their bright sisters.
const THREAD_COLOURS = [34, 33, 35, 36, 94, 93, 95, 96];

export function paintFor({ colour }: Pick<Look, "colour">): Paint {
  const style =
    (on: number, off: number) =>
    (text: string): string =>
      colour && text !== "" ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    bold: style(1, 22),
    dim: style(2, 22),
    bad: style(31, 39),
    warning: style(33, 39),
    good: style(32, 39),
    place: style(36, 39),
    thread: (id, text) => style(THREAD_COLOURS[id % THREAD_COLOURS.length] ?? 34, 39)(text),
  };
}
