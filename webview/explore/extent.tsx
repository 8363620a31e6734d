/** What was explored: which searches were made, how much each covered, and what was left out. */
import { formatDuration } from "../../src/base/duration.ts";
import type { ShownResult } from "../../src/protocol/explore-view.ts";
import { grouped } from "../strings.ts";
import { Ticked } from "../ui/ticked.tsx";
import { usePage } from "./context.ts";
import { phaseName } from "./verdict.ts";

export function Extent({ result }: { readonly result: ShownResult }) {
  const { text } = usePage();
  const { phases, steps, pruned, seed, unmodelled, durationMs } = result;
  const isRandom = phases.some(({ strategy }) => ["random", "pos", "pct"].includes(strategy));
  const facts = [
    text.count("count.steps", steps),
    ...(pruned > 0 ? [text.count("count.pruned", pruned)] : []),
    ...(isRandom ? [text("extent.seed", { seed })] : []),
    formatDuration(durationMs * 1e6, "nanoseconds"),
  ];
  return (
    <section>
      <h2 id="extent">{text("extent.title")}</h2>
      {phases.length > 0 && (
        <div class="wide" role="region" aria-labelledby="extent" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{text("extent.phase")}</th>
                <th scope="col" class="number">
                  {text("extent.executions")}
                </th>
                <th scope="col">{text("extent.extent")}</th>
              </tr>
            </thead>
            <tbody>
              {phases.map((phase, index) => (
                <tr key={index}>
                  <th scope="row">{phaseName(phase, text)}</th>
                  <td class="number">{grouped(phase.executions)}</td>
                  <td>
                    {phase.complete ? (
                      <span class="met">✓ {text("extent.complete")}</span>
                    ) : (
                      <span class="dim">{text("extent.incomplete")}</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p class="dim">{facts.join(" · ")}</p>
      {unmodelled.length > 0 && (
        <>
          <h3>{text("extent.unmodelled")}</h3>
          <ul class="lines">
            {unmodelled.map((one) => (
              <li key={one}>
                <Ticked text={one} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
