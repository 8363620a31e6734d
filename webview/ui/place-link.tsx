/** A link to a place in the person's source. A button, since it leads to the editor and not to an address. */
import type { ComponentChildren } from "preact";
import type { Place } from "../../src/trace/finding.ts";
import { fileName } from "../../src/trace/timeline/names.ts";
import { usePanel } from "./context.ts";

export interface PlaceLinkProps {
  readonly place: Place;
  readonly children?: ComponentChildren;
}

export function PlaceLink(props: PlaceLinkProps) {
  const panel = usePanel();
  return <PlaceButton {...props} onReveal={(place) => panel.reveal(place)} />;
}

/** For a page that has no timeline. */
export function PlaceButton({
  place,
  children,
  onReveal,
}: PlaceLinkProps & { readonly onReveal: (place: Place) => void }) {
  return (
    <button type="button" class="link" title={place.file} onClick={() => onReveal(place)}>
      {children ?? `${fileName(place.file)}:${place.line}`}
    </button>
  );
}
