/** A sentence with its numbers and threads set off; nothing in it leads anywhere, as there are several runs to lead to. */
import type { Sentence } from "../../src/analysis/sentence.ts";

export function PlainSentence({ pieces }: { readonly pieces: Sentence }) {
  return (
    <>
      {pieces.map((piece, index) => {
        if (piece.kind === "strong") return <b key={index}>{piece.text}</b>;
        if (piece.kind !== "thread") return <span key={index}>{piece.text}</span>;
        return (
          <b key={index} class={`threadname thread${(piece.thread % 8) + 1}`}>
            {piece.text}
          </b>
        );
      })}
    </>
  );
}
