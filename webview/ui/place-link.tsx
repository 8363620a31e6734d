/** A link to a place in the person's source. A button, since it leads to the editor and not to an address. */
import type { ComponentChildren } from "preact";
import type { Place } from "../../src/trace/finding.ts";
import { fileName } from "../../src/trace/timeline/names.ts";
import { usePanel } from "./context.ts";

export interface PlaceLinkProps {
  readonly place: Place;
  readonly children?: ComponentChildren;
}

export function PlaceLink({ place, children }: PlaceLinkProps) {
  const panel = usePanel();
  return (
    <button type="button" class="link" title={place.file} onClick={() => panel.reveal(place)}>
      {children ?? `${fileName(place.file)}:${place.line}`}
    </button>
  );
}
