/** One line beneath the lanes: whether a run is followed, what the editor's cursor lit, what is wrong with the trace. */
import { fileName } from "../../src/trace/timeline/names.ts";
import type { Picture } from "../model/picture.ts";
import { usePanel, usePart } from "./context.ts";

export function Status({ picture }: { readonly picture: Picture }) {
  const panel = usePanel();
  const { text } = panel;
  const phase = usePart((state) => state.phase);
  const follow = usePart((state) => state.follow);
  const lit = usePart((state) => state.lit);
  const problem = usePart((state) => state.traceProblem);
  const found = panel.lit(picture);
  const running = phase === "running";
  if (!running && !problem && !(lit && found && found.count > 0)) return null;
  return (
    <div class="status">
      {running && (
        <button
          type="button"
          class="button"
          aria-pressed={follow}
          disabled={follow}
          onClick={() => panel.followAgain()}
        >
          {text(follow ? "follow.now" : "follow.resume")}
        </button>
      )}
      {lit && found && found.count > 0 && (
        <span role="status">
          <span class="pin" aria-hidden="true">
            ▾
          </span>{" "}
          {text.count("count.lit", found.count, { place: `${fileName(lit.file)}:${lit.line}` })}
        </span>
      )}
      {problem && (
        <span class={problem.severity} role="alert">
          {problem.code}: {problem.message} {problem.remedy}
        </span>
      )}
    </div>
  );
}
