/** What was found in the run: each a sentence that leads to its time and its lines. */
import { useState } from "preact/hooks";
import type { Finding } from "../../src/trace/finding.ts";
import { fileName } from "../../src/trace/timeline/names.ts";
import { formatDuration, type Clock } from "../../src/base/duration.ts";
import { isOver } from "../model/state.ts";
import { usePanel, usePart } from "./context.ts";
import { PlaceLink } from "./place-link.tsx";
import { Ticked } from "./ticked.tsx";

/** So many are shown, the gravest first, before somebody asks for the rest. */
const SHOWN = 12;

export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const { text } = usePanel();
  const phase = usePart((state) => state.phase);
  const clock = usePart((state) => state.picture?.extent.clock ?? "nanoseconds");
  const [shown, setShown] = useState(SHOWN);
  const over = phase === null || isOver(phase);
  return (
    <section>
      <h2>{text("pane.findings")}</h2>
      {findings.length === 0 ? (
        <p class="dim">{text(over ? "pane.noFindings" : "pane.findingsPending")}</p>
      ) : (
        <ul class="findings">
          {findings.slice(0, shown).map((finding, index) => (
            <FindingItem key={index} finding={finding} clock={clock} />
          ))}
        </ul>
      )}
      {findings.length > shown && (
        <button type="button" class="link" onClick={() => setShown(findings.length)}>
          {text("finding.more", { count: findings.length - shown })}
        </button>
      )}
    </section>
  );
}

function FindingItem({ finding, clock }: { readonly finding: Finding; readonly clock: Clock }) {
  const panel = usePanel();
  const { text } = panel;
  const { kind, code, severity, message, sites, remedy, chain, time } = finding;
  return (
    <li>
      <div>
        <span class={`pill ${severity}`} title={code}>
          {kind.replaceAll("-", " ")}
        </span>{" "}
        <Ticked text={message} />{" "}
        {sites.map((place) => (
          <>
            <PlaceLink key={`${place.file}:${place.line}:${place.column}`} place={place} />{" "}
          </>
        ))}
        {time !== undefined && (
          <button type="button" class="link" onClick={() => panel.goToFinding(finding)}>
            {text("finding.show", { time: formatDuration(time, clock) })}
          </button>
        )}
      </div>
      {chain && chain.length > 0 && (
        <ol class="chain">
          {chain.map((link, index) => (
            <li
              key={index}
              class={link.thread === undefined ? "" : `thread${(link.thread % 8) + 1}`}
            >
              <Ticked text={link.text} />
              {link.site && (
                <>
                  {" "}
                  <PlaceLink place={link.site}>
                    {fileName(link.site.file)}:{link.site.line}
                  </PlaceLink>
                </>
              )}
            </li>
          ))}
        </ol>
      )}
      {remedy && (
        <p class="dim">
          <Ticked text={remedy} />
        </p>
      )}
    </li>
  );
}
