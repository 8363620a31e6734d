/** How far the search has come, in figures that are renewed a few times a second. */
import { formatDuration } from "../../src/base/duration.ts";
import { grouped } from "../strings.ts";
import { usePage, usePart } from "./context.ts";
import { phaseName } from "./verdict.ts";

export function Going() {
  const { text } = usePage();
  const progress = usePart((state) => state.progress);
  if (!progress) {
    return (
      <section class="going">
        <p class="dim">{text("going.begins")}</p>
      </section>
    );
  }
  const { phase, executions, outcomes, findings, elapsedMs, estimate } = progress;
  const isTelling = estimate !== undefined && estimate >= phase.executions && estimate > 0;
  const rate = elapsedMs > 0 ? (executions / elapsedMs) * 1000 : 0;
  const figures = [
    [grouped(executions), text("figure.executions")],
    [grouped(outcomes), text("figure.outcomes")],
    [grouped(findings), text("figure.findings")],
    [grouped(Math.round(rate)), text("figure.rate")],
    [formatDuration(elapsedMs * 1e6, "nanoseconds"), text("figure.elapsed")],
  ];
  return (
    <section class="going">
      <p>
        {text("going.phase", { phase: phaseName(phase, text) })}{" "}
        {isTelling &&
          text("going.estimate", {
            executions: grouped(phase.executions),
            estimate: grouped(Math.round(estimate)),
          })}
      </p>
      {isTelling && (
        <progress aria-label={text("going.progress")} value={phase.executions} max={estimate} />
      )}
      <dl class="figures">
        {figures.map(([figure, name]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
