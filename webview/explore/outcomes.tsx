/** All the ways in which the program can end, the frequent ones first, each with a run that does. */
import type { ShownOutcome } from "../../src/protocol/explore-view.ts";
import { grouped } from "../strings.ts";
import { Ticked } from "../ui/ticked.tsx";
import { usePage } from "./context.ts";

/** Lines of output that a row shows. */
const MOST_LINES = 6;

export interface OutcomesProps {
  readonly outcomes: readonly ShownOutcome[];
  /** How many there are. */
  readonly all: number;
}

export function Outcomes({ outcomes, all }: OutcomesProps) {
  const page = usePage();
  const { text } = page;
  const hasShared = outcomes.some(({ shared }) => shared.length > 0);
  const hasOutput = outcomes.some(({ output }) => output !== "") || !hasShared;
  const sum = outcomes.reduce((total, { count }) => total + count, 0);
  if (outcomes.length === 0) {
    return (
      <section>
        <h2>{text("outcomes.title")}</h2>
        <p class="dim">{text("outcomes.none")}</p>
      </section>
    );
  }
  return (
    <section>
      <h2 id="outcomes">{text("outcomes.title")}</h2>
      {/* It may be wider than the page, and is scrolled by keys then. */}
      <div class="wide" role="region" aria-labelledby="outcomes" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">
                {text("outcomes.times")}
              </th>
              {hasShared && <th scope="col">{text("outcomes.shared")}</th>}
              {hasOutput && <th scope="col">{text("outcomes.output")}</th>}
              <th scope="col">
                <span class="unseen">{text("outcomes.run")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {outcomes.map((outcome, index) => (
              <tr key={index}>
                <td class="number">
                  {grouped(outcome.count)}
                  <span class="share" aria-hidden="true">
                    <span style={{ width: `${(100 * outcome.count) / sum}%` }} />
                  </span>
                </td>
                {hasShared && <Shared shared={outcome.shared} />}
                {hasOutput && <Printed output={outcome.output} />}
                <td>
                  <button
                    type="button"
                    class="button"
                    aria-label={text("outcomes.stepLabel", { number: index + 1 })}
                    onClick={() => page.stepOutcome(index)}
                  >
                    {text("outcomes.step")}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {all > outcomes.length && (
        <p class="dim">
          <Ticked text={text.count("outcomes.rest", all - outcomes.length)} />
        </p>
      )}
    </section>
  );
}

function Shared({ shared }: Pick<ShownOutcome, "shared">) {
  return (
    <td>
      {shared.map(({ name, value }) => (
        <div key={name}>
          <code>
            {name} = {value}
          </code>
        </div>
      ))}
    </td>
  );
}

function Printed({ output }: { readonly output: string }) {
  const { text } = usePage();
  if (output === "") return <td class="dim">{text("outcomes.nothing")}</td>;
  const lines = output.replace(/\n$/, "").split("\n");
  const more = lines.length - MOST_LINES;
  return (
    <td>
      <pre>{lines.slice(0, MOST_LINES).join("\n")}</pre>
      {more > 0 && <span class="dim">{text.count("outcomes.more", more)}</span>}
    </td>
  );
}
