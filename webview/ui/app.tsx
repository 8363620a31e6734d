/** The panel from top to bottom: head, one sentence, then the lanes with what is said about them beside and below. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Finding } from "../../src/trace/finding.ts";
import type { Picture } from "../model/picture.ts";
import type { Tab } from "../model/state.ts";
import type { Panel } from "../panel.ts";
import { PanelContext, usePanel, usePart } from "./context.ts";
import { Details } from "./details.tsx";
import { Empty } from "./empty.tsx";
import { Findings } from "./findings.tsx";
import { Header } from "./header.tsx";
import { Lanes } from "./lanes.tsx";
import { Output } from "./output.tsx";
import { Problems } from "./problems.tsx";
import { Splitter } from "./splitter.tsx";
import { SourcePane } from "./source-pane.tsx";
import { Status } from "./status.tsx";
import { Story } from "./story.tsx";
import { Table } from "./table.tsx";

const NO_FINDINGS: readonly Finding[] = [];

/** From this width on, in CSS pixels, the details stand beside the lanes. */
const WIDE = 760;

export function App({ panel }: { readonly panel: Panel }) {
  return (
    <PanelContext.Provider value={panel}>
      <Body />
    </PanelContext.Provider>
  );
}

function Body() {
  const panel = usePanel();
  const picture = usePart((state) => state.picture);
  const problems = usePart((state) => state.problems);
  const run = usePart((state) => state.run);
  const shown = picture && picture.events.count > 0 ? picture : null;
  return (
    <main class="panel" aria-label={panel.text("app.label")}>
      {shown && (
        <a
          class="skip"
          href="#panes"
          onClick={(event) => {
            event.preventDefault();
            panel.show("table");
            document.getElementById("tab-table")?.focus();
          }}
        >
          {panel.text("app.skip")}
        </a>
      )}
      {run !== null && <Header />}
      {problems && problems.length > 0 ? (
        <Problems problems={problems} />
      ) : shown ? (
        <Shown picture={shown} />
      ) : (
        <>
          <Empty />
          {picture && picture.timeline.trace.output.length > 0 && <Output picture={picture} />}
        </>
      )}
    </main>
  );
}

function Shown({ picture }: { readonly picture: Picture }) {
  const panel = usePanel();
  const element = useRef<HTMLDivElement>(null);
  const panes = useRef<HTMLDivElement>(null);
  const [wide, setWide] = useState(innerWidth >= WIDE);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWide(entry.contentRect.width >= WIDE));
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  const chosen = usePart((state) => state.tab);
  const findings = usePart((state) => state.insight?.findings ?? NO_FINDINGS);
  const { text } = panel;
  const tabs: Tab[] = wide ? ["output", "table"] : ["details", "output", "table"];
  if (panel.host.kind === "report") tabs.push("source");
  const tab = tabs.includes(chosen) ? chosen : tabs[0];
  const details = (
    <>
      <Details picture={picture} />
      <Findings findings={findings} />
    </>
  );
  return (
    <>
      <Story />
      <div ref={element} class={wide ? "body wide" : "body"}>
        <div class="left">
          <Lanes picture={picture} />
          <Status picture={picture} />
          <Splitter panes={panes} />
          <div class="panes" id="panes" ref={panes}>
            <div class="tabs" role="tablist">
              {tabs.map((one) => (
                <button
                  key={one}
                  type="button"
                  role="tab"
                  id={`tab-${one}`}
                  aria-selected={one === tab}
                  aria-controls="pane"
                  tabIndex={one === tab ? 0 : -1}
                  onClick={() => panel.show(one)}
                  onKeyDown={(event) => turn(event, tabs, one, panel)}
                >
                  {text(`pane.${one}`)}
                  {one === "output" && picture.timeline.trace.output.length > 0 && (
                    <span class="badge">{picture.timeline.trace.output.length}</span>
                  )}
                </button>
              ))}
            </div>
            <div class="pane" id="pane" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
              {tab === "details" && details}
              {tab === "output" && <Output picture={picture} />}
              {tab === "table" && <Table picture={picture} />}
              {tab === "source" && <SourcePane picture={picture} />}
            </div>
          </div>
        </div>
        {wide && (
          <aside class="side" aria-label={text("pane.details")} tabIndex={0}>
            {details}
          </aside>
        )}
      </div>
    </>
  );
}

/** Arrow keys go from tab to tab (WAI-ARIA, tabs pattern). */
function turn(event: KeyboardEvent, tabs: readonly Tab[], from: Tab, panel: Panel): void {
  const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (by === 0) return;
  const next = tabs[(tabs.indexOf(from) + by + tabs.length) % tabs.length];
  panel.show(next);
  document.getElementById(`tab-${next}`)?.focus();
}
