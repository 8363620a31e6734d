/** A link to a line of the program. */
import type { Place } from "../../src/trace/finding.ts";
import { PlaceButton } from "../ui/place-link.tsx";
import { usePage } from "./context.ts";

export function SourceLink({ place }: { readonly place: Place }) {
  const page = usePage();
  return <PlaceButton place={place} onReveal={(revealed) => page.reveal(revealed)} />;
}
