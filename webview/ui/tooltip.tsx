/** What is under the pointer, in words: what, how long, where. For eyes only; the table says the same to a reader. */
import { plainText } from "../../src/analysis/sentence.ts";
import { whyOf } from "../../src/analysis/why.ts";
import { waitBehind } from "../model/wait-behind.ts";
import { useStore } from "../store.ts";
import type { Hit } from "../model/hit.ts";
import type { Picture } from "../model/picture.ts";
import { usePanel } from "./context.ts";
import { TooltipBox } from "./tooltip-box.tsx";

export function Tooltip() {
  const panel = usePanel();
  const { hit, x, y } = useStore(panel.hover, (hover) => hover);
  const { picture } = panel.store.value;
  if (!hit || !picture) return null;
  const words = panel.words(picture);
  const { title, duration, note, start, end, place, source } = words.describe(hit);
  const reason = reasonOf(picture, hit);
  return (
    <TooltipBox x={x} y={y}>
      <div>
        <b>{title}</b>
        {duration > 0 && ` · ${words.duration(duration)}`}
      </div>
      <div class="dim">
        {words.moment(start, duration || start)}
        {duration > 0 && ` – ${words.moment(end, duration)}`}
        {place && ` · ${words.placeName(place)}`}
      </div>
      {note && <div>{note}</div>}
      {source && <code>{source}</code>}
      {reason && <div>{reason}</div>}
    </TooltipBox>
  );
}

/** The first link of the chain behind a wait: who stood in the way. The whole chain comes with a click. */
function reasonOf(picture: Picture, hit: Hit): string | null {
  const wait = hit.kind === "state" ? waitBehind(picture, hit) : null;
  const cause = wait && whyOf(picture.timeline, wait.lane.track, wait.index)?.links[1];
  return cause ? plainText(cause.sentence) : null;
}
