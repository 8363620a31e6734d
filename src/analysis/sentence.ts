/**
 * Sentences whose parts know what they name, so that the panel can make links and colours of them and the terminal plain
 * text. Made from templates, which are what a translator needs: `"{thread} waited for {object}."`
 */
import type { Place } from "../trace/finding.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import { placeText } from "./words.ts";

export type Piece =
  | { readonly kind: "text"; readonly text: string }
  /** The number that matters. */
  | { readonly kind: "strong"; readonly text: string }
  | { readonly kind: "thread"; readonly text: string; readonly thread: number }
  | { readonly kind: "object"; readonly text: string; readonly object: number }
  | { readonly kind: "place"; readonly text: string; readonly place: Place };

export type Sentence = readonly Piece[];

/** What may stand for a name in braces; a string is plain text. */
type Value = Piece | string;

/** Puts values in the place of `{names}`. A name without a value stays as it is: tests find it. */
export function say(template: string, values: { readonly [name: string]: Value }): Sentence {
  const pieces: Piece[] = [];
  for (const part of template.split(/(\{\w+\})/)) {
    if (part === "") continue;
    const value = part.startsWith("{") ? values[part.slice(1, -1)] : part;
    const piece = typeof value === "object" ? value : text(value ?? part);
    if (piece.text !== "") pieces.push(piece);
  }
  return pieces;
}

export function plainText(sentence: Sentence): string {
  return sentence.map((piece) => piece.text).join("");
}

export const text = (words: string): Piece => ({ kind: "text", text: words });
export const strong = (words: string): Piece => ({ kind: "strong", text: words });

export function threadPiece({ trace }: Timeline, thread: number): Piece {
  return { kind: "thread", text: trace.threadName(thread as never), thread };
}

export function objectPiece(timeline: Timeline, object: number): Piece {
  return { kind: "object", text: timeline.nameOf(object as never), object };
}

/** The site's place; plain text where it has none. */
export function placePiece({ trace }: Timeline, site: number): Piece {
  const place = trace.place(site as never);
  return place === undefined
    ? text("a place without source")
    : { kind: "place", text: placeText(place), place };
}
