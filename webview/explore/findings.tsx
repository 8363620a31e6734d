/** What was found: each with how it came about, what decides, and a way to go through it. */
import { useEffect, useRef } from "preact/hooks";
import type { StoryLine } from "../../src/protocol/explore.ts";
import type { ShownFinding } from "../../src/protocol/explore-view.ts";
import type { Place } from "../../src/trace/finding.ts";
import { fileName } from "../../src/trace/timeline/names.ts";
import { Ticked } from "../ui/ticked.tsx";
import { Calls } from "./calls.tsx";
import { usePage, usePart } from "./context.ts";
import { SourceLink } from "./source-link.tsx";

export interface FindingsProps {
  readonly findings: readonly ShownFinding[];
  /** Whether the search came to an end of its own: then what it did not find is not there. */
  readonly isOver: boolean;
}

export function Findings({ findings, isOver }: FindingsProps) {
  const { text } = usePage();
  return (
    <section>
      <h2>{text("findings.title")}</h2>
      {findings.length === 0 && (
        <p class="dim">{text(isOver ? "findings.none" : "findings.noneYet")}</p>
      )}
      {findings.map((finding, index) => (
        <FindingCard key={index} finding={finding} index={index} />
      ))}
    </section>
  );
}

interface CardProps {
  readonly finding: ShownFinding;
  readonly index: number;
}

function FindingCard({ finding, index }: CardProps) {
  const page = usePage();
  const { text } = page;
  const { kind, code, severity, message, sites, remedy, canStep, expected } = finding;
  const element = useRef<HTMLElement>(null);
  const goTo = usePart((state) => (state.goTo?.finding === index ? state.goTo : null));
  useEffect(() => {
    if (!goTo) return;
    element.current?.scrollIntoView({ block: "nearest" });
    element.current?.focus({ preventScroll: true });
  }, [goTo]);
  const title = `finding-${index}`;
  return (
    <article ref={element} class={`finding ${severity}`} tabIndex={-1} aria-labelledby={title}>
      <h3 id={title}>
        <span class={`pill ${severity}`}>{kind.replaceAll("-", " ")}</span>{" "}
        {expected && <span class="pill met">{text("finding.expected")}</span>}{" "}
        <Ticked text={message} />
      </h3>
      <p class="places">
        {sites.map((place) => (
          <SourceLink key={keyOf(place)} place={place} />
        ))}
        <button
          type="button"
          class="link"
          title={text("finding.explain", { code })}
          onClick={() => page.explain(code)}
        >
          {code}
        </button>
      </p>
      {remedy !== undefined && (
        <p class="dim">
          <Ticked text={remedy} />
        </p>
      )}
      {canStep && (
        <p class="buttons">
          <button
            type="button"
            class="button primary"
            title={text("finding.stepHint")}
            onClick={() => page.stepFinding(index)}
          >
            {text("finding.step")}
          </button>
          <button
            type="button"
            class="button"
            title={text("finding.saveHint")}
            onClick={() => page.save(index)}
          >
            {text("finding.save")}
          </button>
        </p>
      )}
      {finding.history && <Calls history={finding.history} />}
      <Story lines={finding.story ?? finding.chain ?? []} />
      <Nearest finding={finding} index={index} />
    </article>
  );
}

function Story({ lines }: { readonly lines: readonly StoryLine[] }) {
  const { text } = usePage();
  if (lines.length === 0) return null;
  return (
    <>
      <h4>{text("finding.story")}</h4>
      <ol class="lines">
        {lines.map((line, index) => (
          <li key={index}>
            <Led {...line} />
          </li>
        ))}
      </ol>
    </>
  );
}

/** Words that lead to their place: by its name, if they say it, else by a link behind them. */
function Led({ text: words, site }: StoryLine) {
  if (!site) return <Ticked text={words} />;
  const name = `${fileName(site.file)}:${site.line}`;
  const at = words.lastIndexOf(name);
  // Not the beginning of another line's number.
  const isNamed = at >= 0 && !/^\d/.test(words.slice(at + name.length));
  return (
    <>
      <Ticked text={isNamed ? words.slice(0, at) : `${words} `} />
      <SourceLink place={site} />
      {isNamed && <Ticked text={words.slice(at + name.length)} />}
    </>
  );
}

function Nearest({ finding: { nearest }, index }: CardProps) {
  const page = usePage();
  const { text } = page;
  if (!nearest) return null;
  return (
    <>
      <h4>{text("finding.nearest")}</h4>
      <p>
        <Ticked text={nearest.swap} />
      </p>
      <p class="places">
        {nearest.sites.map((place) => (
          <SourceLink key={keyOf(place)} place={place} />
        ))}
      </p>
      <p class="buttons">
        <button
          type="button"
          class="button"
          title={text("finding.stepNearestHint")}
          onClick={() => page.stepNearest(index)}
        >
          {text("finding.stepNearest")}
        </button>
      </p>
    </>
  );
}

const keyOf = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;
