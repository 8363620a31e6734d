/** One sentence first: what has just happened and what matters now. Its tone is told by a sign as well as by a colour. */
import { Ticked } from "../../ui/ticked.tsx";
import type { Story as Told } from "../model/story.ts";
import { usePart, useStepper } from "./context.ts";
import { Words } from "./words.tsx";

const SIGNS: Readonly<Record<Told["tone"], string>> = {
  plain: "",
  warning: "▲",
  bad: "✗",
  good: "✓",
};

export function Story() {
  const stepper = useStepper();
  const { text } = stepper;
  usePart((state) => state.now);
  usePart((state) => state.treeVersion);
  const refusal = usePart((state) => state.refusal);
  const story = stepper.story();
  if (!story) return null;
  const { tone, sentences, compare } = story;
  return (
    <section class={`story tone ${tone}`} aria-label={text("story.label")}>
      {SIGNS[tone] !== "" && (
        <span class="sign" aria-hidden="true">
          {SIGNS[tone]}
        </span>
      )}
      <div>
        {sentences.map((sentence, index) => (
          <span key={index} class={index === 0 ? "first" : ""}>
            <Words pieces={sentence} />{" "}
          </span>
        ))}
        {compare && (
          <button
            type="button"
            class="link"
            onClick={() => void stepper.compare(compare.one, compare.other)}
          >
            {text("story.compare")}
          </button>
        )}
        {refusal !== null && (
          <p class="refusal">
            <Ticked text={refusal} />
          </p>
        )}
      </div>
    </section>
  );
}

/** What happened, for whoever listens instead of looking. */
export function Said() {
  const said = usePart((state) => state.said);
  return (
    <p class="unseen" role="status" aria-live="polite">
      {said}
    </p>
  );
}
