/** What is under the pointer, in words: what, how long, where. For eyes only; the table says the same to a reader. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { formatDuration } from "../../src/base/duration.ts";
import { useStore } from "../store.ts";
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
  const { title, duration, start, end, place, source } = words.describe(hit);
  return (
    <div ref={element} class="tooltip" aria-hidden="true">
      <div>
        <b>{title}</b>
        {duration > 0 && ` · ${formatDuration(duration)}`}
      </div>
      <div class="dim">
        {words.moment(start, duration || start)}
        {duration > 0 && ` – ${words.moment(end, duration)}`}
        {place && ` · ${words.placeName(place)}`}
      </div>
      {source && <code>{source}</code>}
    </div>
  );
}
