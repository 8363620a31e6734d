/** A sentence of the analyses, with the colours of what it names. */
import type { Sentence } from "../../analysis/sentence.ts";
import type { Paint } from "./paint.ts";

export function paintSentence(sentence: Sentence, paint: Paint): string {
  return sentence
    .map((piece) => {
      switch (piece.kind) {
        case "text":
          return piece.text;
        case "strong":
          return paint.bold(piece.text);
        case "thread":
          return paint.thread(piece.thread, piece.text);
        case "object":
          return paint.bold(piece.text);
        case "place":
          return paint.place(piece.text);
      }
    })
    .join("");
}
