/** Everything about what is selected: what it was, why it was so, and who waited for whom at that moment. */
import { usePanel, usePart } from "./context.ts";
import { PlaceLink } from "./place-link.tsx";
import { WaitsFor } from "./waits-for.tsx";
import { Why } from "./why.tsx";
import type { Picture } from "../model/picture.ts";

export function Details({ picture }: { readonly picture: Picture }) {
  const { text } = usePanel();
  const selected = usePart((state) => state.selected);
  return (
    <>
      <section>
        <h2>{text("pane.selection")}</h2>
        {selected ? <Selection picture={picture} /> : <p class="dim">{text("pane.noSelection")}</p>}
      </section>
      <Measured picture={picture} />
      {selected && <Why picture={picture} hit={selected} />}
      <WaitsFor picture={picture} />
    </>
  );
}

function Selection({ picture }: { readonly picture: Picture }) {
  const panel = usePanel();
  const selected = usePart((state) => state.selected)!;
  const words = panel.words(picture);
  const { title, duration, note, start, end, place, source } = words.describe(selected);
  return (
    <div role="status">
      <div>
        <b>{title}</b>
        {duration > 0 && ` · ${words.duration(duration)}`}
      </div>
      <div class="dim">
        {words.moment(start, duration || start)}
        {duration > 0 && ` – ${words.moment(end, duration)}`}
        {place && (
          <>
            {" · "}
            <PlaceLink place={place} />
          </>
        )}
      </div>
      {note && <div>{note}</div>}
      {source && <code class="source">{source}</code>}
    </div>
  );
}

function Measured({ picture }: { readonly picture: Picture }) {
  const panel = usePanel();
  const { text } = panel;
  const measured = usePart((state) => state.measured);
  if (!measured) return null;
  const from = Math.min(measured.from, measured.to);
  const to = Math.max(measured.from, measured.to);
  const words = panel.words(picture);
  return (
    <section>
      <h2>{text("pane.measured")}</h2>
      <b>{words.duration(to - from)}</b>{" "}
      <span class="dim">
        {text("time.range", { start: words.duration(from), end: words.duration(to) })}
      </span>
    </section>
  );
}
