/** One sentence first: what happened, with the number that matters and the line to blame. */
import { usePart } from "./context.ts";
import { Sentence } from "./sentence.tsx";

export function Story() {
  const insight = usePart((state) => state.insight);
  return (
    <div class="story" role="status">
      {insight?.story.map((sentence, index) => (
        <span key={index} class={index === 0 ? "first" : ""}>
          <Sentence pieces={sentence} />{" "}
        </span>
      ))}
    </div>
  );
}
