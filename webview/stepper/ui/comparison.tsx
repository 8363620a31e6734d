/** Two futures side by side, from where they part: what each did, the first difference to be seen, what each came to. */
import { useEffect, useRef } from "preact/hooks";
import type { Happened, MomentId, Outcome } from "../../../src/protocol/step.ts";
import { PlaceLink } from "../../ui/place-link.tsx";
import { Swatch } from "../../ui/swatch.tsx";
import { Ticked } from "../../ui/ticked.tsx";
import { passed } from "../model/moments.ts";
import { usePart, useStepper } from "./context.ts";

/** Of each future so many steps are shown around the difference; all of a longer one are in the history once one is there. */
const MOST = 200;

export function Compared() {
  const stepper = useStepper();
  const { text } = stepper;
  const comparison = usePart((state) => state.comparison);
  const marked = usePart((state) => state.marked);
  const element = useRef<HTMLElement>(null);
  // Asked for from above, where it could not be seen.
  useEffect(() => {
    element.current?.focus({ preventScroll: true });
    element.current?.scrollIntoView({ block: "nearest" });
  }, [comparison]);
  if (!comparison || marked.length < 2) return null;
  const { fork, one, other, differs, outcomes } = comparison;
  const { depth } = stepper.moments.row(fork);
  return (
    <section ref={element} class="compared" tabIndex={-1} aria-label={text("compare.title")}>
      <h2>
        {text("compare.title")}{" "}
        <button type="button" class="link close" onClick={() => stepper.closeComparison()}>
          {text("compare.close")}
        </button>
      </h2>
      <p>
        {depth === 0 ? text("compare.forkBegin") : text("compare.fork", { depth })}{" "}
        {differs ? (
          <b>
            <Ticked text={text("compare.first", { text: differs.text })} />
          </b>
        ) : (
          text("compare.same")
        )}
      </p>
      <div class="two">
        <Future
          title={text("compare.one")}
          moment={marked[0]}
          steps={one}
          from={depth}
          differs={differs?.one}
          outcome={outcomes[0]}
        />
        <Future
          title={text("compare.other")}
          moment={marked[1]}
          steps={other}
          from={depth}
          differs={differs?.other}
          outcome={outcomes[1]}
        />
      </div>
    </section>
  );
}

interface FutureProps {
  readonly title: string;
  readonly moment: MomentId;
  readonly steps: readonly Happened[];
  readonly from: number;
  readonly differs: number | undefined;
  readonly outcome: Outcome | undefined;
}

function Future({ title, moment, steps, from, differs, outcome }: FutureProps) {
  const stepper = useStepper();
  const { text } = stepper;
  const first = Math.max(0, Math.min((differs ?? 0) - MOST / 2, steps.length - MOST));
  return (
    <div class="future">
      <h3>
        {title}{" "}
        <button type="button" class="link" onClick={() => stepper.goTo(moment)}>
          {text("compare.go")}
        </button>
      </h3>
      {steps.length === 0 && <p class="dim">{text("compare.nothing")}</p>}
      <ol start={from + first + 1}>
        {steps.slice(first, first + MOST).map((step, index) => (
          <li key={index} class={first + index === differs ? "differs" : ""}>
            <span class="number" aria-hidden="true">
              {from + first + index + 1}
            </span>
            <span class="who">
              <Swatch kind="thread" order={step.thread} />
              {stepper.nameOf(step.thread)}
            </span>
            <span class="did">
              <Ticked text={step.text} />{" "}
              {first + index === differs && <span class="tag">{text("compare.differs")}</span>}
            </span>
            {step.place && <PlaceLink place={step.place} />}
          </li>
        ))}
      </ol>
      <p class={outcome ? `outcome ${passed(outcome) ? "good" : "bad"}` : "outcome dim"}>
        {outcome ? <Came outcome={outcome} /> : text("compare.open")}
      </p>
    </div>
  );
}

function Came({ outcome }: { readonly outcome: Outcome }) {
  const { text } = useStepper();
  const good = passed(outcome);
  const error = outcome.findings.find(({ severity }) => severity === "error");
  const values = outcome.shared.map(({ name, text: value }) => `\`${name}\` ${value}`).join(", ");
  return (
    <>
      <span aria-hidden="true">{good ? "✓ " : "✗ "}</span>
      <Ticked text={good ? text("ending.ok") : (error?.message ?? text("ending.other"))} />{" "}
      <Ticked text={values} />
    </>
  );
}
