/** What the program printed: each line with its thread, its time and the place that printed it. */
import { useState } from "preact/hooks";
import type { OutputLine } from "../../src/trace/tables.ts";
import type { Picture } from "../model/picture.ts";
import { usePanel, usePart } from "./context.ts";
import { PlaceLink } from "./place-link.tsx";
import { Swatch } from "./swatch.tsx";

/** So many lines are shown before earlier ones are asked for. */
const SHOWN = 500;

export function Output({ picture }: { readonly picture: Picture }) {
  const panel = usePanel();
  const { text } = panel;
  const selected = usePart((state) => state.selected);
  const [only, setOnly] = useState(false);
  const [shown, setShown] = useState(SHOWN);
  const thread = selected?.lane.kind === "thread" ? selected.lane : null;
  const all = picture.timeline.trace.output;
  const lines = only && thread ? all.filter((line) => line.thread === thread.id) : all;
  const hidden = Math.max(0, lines.length - shown);
  if (all.length === 0) return <p class="dim">{text("output.empty")}</p>;
  return (
    <div class="output">
      {thread && (
        <label>
          <input
            type="checkbox"
            checked={only}
            onChange={(event) => setOnly(event.currentTarget.checked)}
          />{" "}
          {text("output.onlySelected", { thread: thread.name })}
        </label>
      )}
      {panel.host.kind === "vscode" && (
        <button type="button" class="link" onClick={() => panel.command("openOutput")}>
          {text("output.open")}
        </button>
      )}
      {hidden > 0 && (
        <button type="button" class="link" onClick={() => setShown(shown + SHOWN)}>
          {text.count("output.earlier", Math.min(hidden, SHOWN))}
        </button>
      )}
      <ol>
        {lines.slice(hidden).map((line) => (
          <Line key={line.sequence} line={line} picture={picture} />
        ))}
      </ol>
    </div>
  );
}

function Line({ line, picture }: { readonly line: OutputLine; readonly picture: Picture }) {
  const panel = usePanel();
  const { trace } = picture.timeline;
  const place = trace.place(line.site);
  return (
    <li class={line.stream}>
      <button
        type="button"
        class="time"
        onClick={() => {
          panel.store.set({ cursor: line.time });
          panel.view?.reveal(line.time, line.time);
        }}
      >
        {panel.words(picture).duration(line.time)}
      </button>
      <span class="who">
        <Swatch kind="thread" order={line.thread} />
        {trace.threadName(line.thread)}
      </span>
      <span class="said">{line.text}</span>
      {place && <PlaceLink place={place} />}
    </li>
  );
}
