/** The page from top to bottom: what differs, in words; a row of cores for each model under one axis; all in numbers. */
import { useRef } from "preact/hooks";
import { comparisonOf } from "../../src/analysis/model-comparison.ts";
import type { Comparison } from "./comparison.ts";
import { ComparisonContext, useComparison, usePart } from "./context.ts";
import { FiguresTable } from "./figures-table.tsx";
import { Legend } from "./legend.tsx";
import { PlainSentence } from "./plain-sentence.tsx";
import { Row } from "./row.tsx";
import { isComplete } from "./state.ts";
import { StayTooltip } from "./stay-tooltip.tsx";

export function ComparisonApp({ comparison }: { readonly comparison: Comparison }) {
  return (
    <ComparisonContext.Provider value={comparison}>
      <Body />
    </ComparisonContext.Provider>
  );
}

function Body() {
  const comparison = useComparison();
  const { text } = comparison;
  const title = usePart((state) => state.title);
  const rows = usePart((state) => state.rows);
  const over = usePart((state) => state.over);
  const axis = useRef<SVGSVGElement>(null);
  const problems = rows.find((row) => row.problems !== null)?.problems;
  const shown = rows.some((row) => row.picture !== null);
  return (
    <main class="comparison" aria-label={text("compare.label")}>
      <header class="header">
        <h1>{text("compare.title", { title })}</h1>
        <div class="tools">
          {over ? (
            <button
              type="button"
              class="button primary"
              title={text("compare.againHint")}
              onClick={() => comparison.again()}
            >
              {text("compare.again")}
            </button>
          ) : (
            rows.length > 0 && (
              <button type="button" class="button" onClick={() => comparison.cancel()}>
                {text("header.cancel")}
              </button>
            )
          )}
        </div>
      </header>
      <Headline />
      <Legend />
      {problems ? (
        <section class="problems" role="alert">
          <p>{text("compare.fails", { title })}</p>
          <ul>
            {problems.map((one) => (
              <li key={`${one.file}:${one.line}:${one.column} ${one.code}`}>
                <code>
                  {one.line}:{one.column}
                </code>{" "}
                {one.text} <span class="dim">{one.code}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <>
          <div class={shown ? "axis-row" : "axis-row unseen"}>
            <span class="gutter dim">{text("axis.ticks")}</span>
            <svg ref={axis} class="plot" aria-hidden="true">
              <g transform="translate(0,20)" />
            </svg>
          </div>
          {rows.map((row, index) => (
            <Row key={row.run} row={row} axis={index === 0 ? axis : null} />
          ))}
          <FiguresTable />
          <p class="dim note">{text("compare.native")}</p>
        </>
      )}
      <p id="compare-keys" class="unseen">
        {text("compare.keys")}
      </p>
      <StayTooltip />
    </main>
  );
}

/** What differs: said once all runs are over, since half a comparison misleads. */
function Headline() {
  const comparison = useComparison();
  const { text } = comparison;
  const rows = usePart((state) => state.rows);
  const over = usePart(isComplete);
  const figures = rows.flatMap(({ picture }) => (picture && comparison.figures(picture)) ?? []);
  const sentences = over ? comparisonOf(figures) : [];
  return (
    <div class="story" role="status">
      {sentences.map((sentence, index) => (
        <span key={index} class={index === 0 ? "first" : ""}>
          <PlainSentence pieces={sentence} />{" "}
        </span>
      ))}
      {!over && <span class="dim">{text("compare.pending")}</span>}
    </div>
  );
}
