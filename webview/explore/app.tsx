/** The page from top to bottom: what it came to, in words; what was found; how the program can end; what was explored. */
import { Ticked } from "../ui/ticked.tsx";
import { PageContext, usePage, usePart } from "./context.ts";
import { Extent } from "./extent.tsx";
import { Findings } from "./findings.tsx";
import { Going } from "./going.tsx";
import { Outcomes } from "./outcomes.tsx";
import type { ExplorationPage } from "./page.ts";
import { Pairs } from "./pairs.tsx";
import { SourceLink } from "./source-link.tsx";
import { saidOf } from "./verdict.ts";

export function ExplorationApp({ page }: { readonly page: ExplorationPage }) {
  return (
    <PageContext.Provider value={page}>
      <Body />
    </PageContext.Provider>
  );
}

function Body() {
  const { text } = usePage();
  const phase = usePart((state) => state.phase);
  const result = usePart((state) => state.result);
  return (
    <main class="exploration" aria-label={text("app.label")}>
      {phase !== undefined && <Head />}
      <Headline />
      {phase === "going" && <Going />}
      {phase === "none" && <Absent />}
      {phase === "result" && result && (
        <>
          <Findings findings={result.findings} isOver={result.verdict !== "limit"} />
          <Outcomes outcomes={result.outcomes} all={result.outcomeCount} />
          <Extent result={result} />
          <Pairs pairs={result.pairs} all={result.pairCount} />
        </>
      )}
    </main>
  );
}

function Head() {
  const page = usePage();
  const { text } = page;
  const title = usePart((state) => state.title);
  const phase = usePart((state) => state.phase);
  const edited = usePart((state) => state.edited && state.phase === "result");
  return (
    <header class="header">
      <h1>{phase ? text(`head.${phase}`, { title }) : title}</h1>
      <div class="tools">
        {phase === "going" ? (
          <button
            type="button"
            class="button"
            title={text("head.stopHint")}
            onClick={() => page.stop()}
          >
            {text("head.stop")}
          </button>
        ) : (
          <button
            type="button"
            class={edited || phase === "none" ? "button primary" : "button"}
            title={text("head.againHint")}
            onClick={() => page.again()}
          >
            {text("head.again")}
          </button>
        )}
      </div>
      {edited && (
        <p class="note" role="status">
          {text("head.edited")}
        </p>
      )}
    </header>
  );
}

const SIGNS = { good: "✓", bad: "✗", warning: "▲" };

/** Said once it is over; what is going on is not read out with every figure. */
function Headline() {
  const { text } = usePage();
  const result = usePart((state) => (state.phase === "result" ? state.result : null));
  const said = result && saidOf(result, text);
  return (
    <div class={said ? `story ${said.tone}` : "story unseen"} role="status">
      {said && (
        <>
          <span class="sign" aria-hidden="true">
            {SIGNS[said.tone]}
          </span>
          <p>
            <b class="first">{said.first}</b> {said.rest.join(" ")}
          </p>
        </>
      )}
    </div>
  );
}

function Absent() {
  const absence = usePart((state) => state.absence);
  if (!absence) return null;
  return (
    <section class="absent" role="alert">
      <p>
        <Ticked text={absence.text} />
      </p>
      <ul>
        {absence.problems.map((problem) => (
          <li key={`${problem.file}:${problem.line}:${problem.column} ${problem.code}`}>
            <SourceLink place={problem} /> <Ticked text={problem.text} />{" "}
            <span class="dim">{problem.code}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
