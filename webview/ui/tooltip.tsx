/** What is under the pointer, in words: what, how long, where. For eyes only; the table says the same to a reader. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { plainText } from "../../src/analysis/sentence.ts";
import { whyOf } from "../../src/analysis/why.ts";
import { waitBehind } from "../model/wait-behind.ts";
import { useStore } from "../store.ts";
import type { Hit } from "../model/hit.ts";
import type { Picture } from "../model/picture.ts";
import { usePanel } from "./context.ts";

/** Between the pointer and the words. */
const AWAY = 14;

export function Tooltip() {
  const panel = usePanel();
  const { hit, x, y } = useStore(panel.hover, (hover) => hover);
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const { width, height } = current.getBoundingClientRect();
    const left = Math.max(4, Math.min(x + AWAY, innerWidth - width - 4));
    const below = y + AWAY + height < innerHeight - 4;
    current.style.left = `${left}px`;
    current.style.top = `${below ? y + AWAY : Math.max(4, y - AWAY - height)}px`;
  });
  const { picture } = panel.store.value;
  if (!hit || !picture) return null;
  const words = panel.words(picture);
  const { title, duration, note, start, end, place, source } = words.describe(hit);
  const reason = reasonOf(picture, hit);
  return (
    <div ref={element} class="tooltip" aria-hidden="true">
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
    </div>
  );
}

/** The first link of the chain behind a wait: who stood in the way. The whole chain comes with a click. */
function reasonOf(picture: Picture, hit: Hit): string | null {
  const wait = hit.kind === "state" ? waitBehind(picture, hit) : null;
  const cause = wait && whyOf(picture.timeline, wait.lane.track, wait.index)?.links[1];
  return cause ? plainText(cause.sentence) : null;
}
