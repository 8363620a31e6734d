/** A sentence whose parts lead to what they name: a thread to its card, a place to its line. */
import type { Piece, Sentence } from "../../../src/analysis/sentence.ts";
import { PlaceLink } from "../../ui/place-link.tsx";
import { Ticked } from "../../ui/ticked.tsx";
import { useStepper } from "./context.ts";

export function Words({ pieces }: { readonly pieces: Sentence }) {
  return (
    <>
      {pieces.map((piece, index) => (
        <Part key={index} piece={piece} />
      ))}
    </>
  );
}

function Part({ piece }: { readonly piece: Piece }) {
  const stepper = useStepper();
  switch (piece.kind) {
    case "thread":
      return (
        <button
          type="button"
          class={`threadname link name thread${(piece.thread % 8) + 1}`}
          title={stepper.text("card.show", { thread: piece.text })}
          onClick={() => stepper.showThread(piece.thread)}
        >
          {piece.text}
        </button>
      );
    case "place":
      return <PlaceLink place={piece.place}>{piece.text}</PlaceLink>;
    case "strong":
      return <b>{piece.text}</b>;
    case "text":
    case "object":
      return <Ticked text={piece.text} />;
  }
}
