/** The head of the panel: what is shown, where the run is, the filter, and what one can do. */
import { useEffect, useRef } from "preact/hooks";
import { FILTER_EXAMPLES } from "../model/filter.ts";
import { lengthOf } from "../model/scale.ts";
import { usePanel, usePart } from "./context.ts";
import { RunAsControl } from "./run-as.tsx";

const UNDER_WAY = new Set(["compiling", "starting", "running"]);

export function Header() {
  const panel = usePanel();
  const { text } = panel;
  const title = usePart((state) => state.title);
  const phase = usePart((state) => state.phase);
  const run = usePart((state) => state.run);
  const picture = usePart((state) => state.picture);
  const runAs = usePart((state) => state.runAs);
  const inEditor = panel.host.kind === "vscode";
  const underWay = phase !== null && UNDER_WAY.has(phase);
  return (
    <header class="header">
      <div class="what">
        <h1>{title}</h1>
        <Counts />
      </div>
      <div class="tools">
        {picture && <FilterBox />}
        {inEditor && <RunAsControl />}
        {inEditor && picture && !underWay && (
          <button type="button" class="button" onClick={() => panel.command("export")}>
            {text("header.export")}
          </button>
        )}
        {inEditor && picture && !underWay && runAs !== null && (
          <button
            type="button"
            class="button"
            title={text("header.stepHint")}
            onClick={() => panel.command("step")}
          >
            {text("header.step")}
          </button>
        )}
        {inEditor && underWay && (
          <button type="button" class="button" onClick={() => panel.command("cancel")}>
            {text("header.cancel")}
          </button>
        )}
        {inEditor && run !== null && !underWay && (
          <button
            type="button"
            class="button primary"
            title={text("header.traceHint")}
            onClick={() => panel.command("trace")}
          >
            <span aria-hidden="true">▷ </span>
            {text("header.trace")}
          </button>
        )}
      </div>
    </header>
  );
}

function Counts() {
  const panel = usePanel();
  const { text } = panel;
  const picture = usePart((state) => state.picture);
  const phase = usePart((state) => state.phase);
  const statusText = usePart((state) => state.statusText);
  const said = statusText || (phase === null || phase === "ended" ? "" : text(`phase.${phase}`));
  const parts: string[] = [];
  if (picture) {
    parts.push(text.count("count.threads", picture.threads.length));
    const locks = picture.locks.filter(({ track }) => track.kind !== "semaphore").length;
    if (locks > 0) parts.push(text.count("count.locks", locks));
    if (picture.channels.length > 0) {
      parts.push(text.count("count.channels", picture.channels.length));
    }
    parts.push(text.count("count.events", picture.events.count));
    parts.push(panel.words(picture).duration(lengthOf(picture.extent)));
    const { head } = picture.timeline.trace;
    if (head?.model) parts.push(text.count(`model.${head.model}`, picture.cores.length));
    else if (head) parts.push(text(`engine.${head.engine}`));
  }
  return (
    <p class="counts">
      {said !== "" && (
        <span class={`phase ${phase ?? ""}`} role="status">
          {said}
        </span>
      )}
      <span>{parts.join(" · ")}</span>
    </p>
  );
}

function FilterBox() {
  const panel = usePanel();
  const { text } = panel;
  const filter = usePart((state) => state.filter);
  const picture = usePart((state) => state.picture);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    panel.filterBox = box.current;
    return () => void (panel.filterBox = null);
  }, [panel]);
  const { filter: parsed, problems } = panel.parsedFilter;
  const count = parsed && picture ? (panel.found(picture)?.count ?? 0) : null;
  const problem = problems[0];
  const clock = picture?.extent.clock ?? "nanoseconds";
  const said = problem
    ? problem.kind === "duration"
      ? text(`filter.badDuration.${clock}`, { token: problem.token })
      : text("filter.unknown", { token: problem.token, examples: FILTER_EXAMPLES[clock] })
    : count === 0
      ? text("filter.nothing")
      : count !== null
        ? text.count("count.matches", count)
        : "";
  return (
    <div class="filter" role="search">
      <input
        ref={box}
        type="search"
        spellcheck={false}
        aria-label={text("header.filter")}
        aria-describedby="filter-said"
        aria-invalid={problem !== undefined}
        title={text("header.filterHint")}
        placeholder={text(`header.filterPlaceholder.${clock}`)}
        value={filter}
        onInput={(event) => panel.filter(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") panel.nextMatch();
          else if (event.key === "Escape" && filter !== "") {
            event.preventDefault();
            panel.filter("");
          }
        }}
      />
      <span id="filter-said" class={problem ? "said wrong" : "said"} role="status">
        {said}
      </span>
    </div>
  );
}
