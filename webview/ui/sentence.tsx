/** A sentence whose parts lead to what they name: a place to its line, a thread or lock to its lane. */
import type { Piece, Sentence as Pieces } from "../../src/analysis/sentence.ts";
import { usePanel } from "./context.ts";
import { PlaceLink } from "./place-link.tsx";
import { Ticked } from "./ticked.tsx";

export function Sentence({ pieces }: { readonly pieces: Pieces }) {
  return (
    <>
      {pieces.map((piece, index) => (
        <Part key={index} piece={piece} />
      ))}
    </>
  );
}

function Part({ piece }: { readonly piece: Piece }) {
  const panel = usePanel();
  switch (piece.kind) {
    case "text":
      return <Ticked text={piece.text} />;
    case "strong":
      return <b>{piece.text}</b>;
    case "thread":
      return <b class={`threadname thread${(piece.thread % 8) + 1}`}>{piece.text}</b>;
    case "object":
      return (
        <button type="button" class="link name" onClick={() => panel.showLane(piece.object)}>
          <code>{piece.text}</code>
        </button>
      );
    case "place":
      return <PlaceLink place={piece.place}>{piece.text}</PlaceLink>;
  }
}
