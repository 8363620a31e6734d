/** Why there is no run: what the compiler has against the program, each with its place and what to do. */
import type { Problems as ProblemList } from "../model/state.ts";
import { usePanel, usePart } from "./context.ts";
import { PlaceLink } from "./place-link.tsx";
import { Ticked } from "./ticked.tsx";

export function Problems({ problems }: { readonly problems: ProblemList }) {
  const { text } = usePanel();
  const title = usePart((state) => state.title);
  return (
    <section class="problems" aria-live="polite">
      <h2>{text.count("problems.title", problems.length, { title })}</h2>
      <ul class="findings">
        {problems.map((problem, index) => (
          <li key={index}>
            <div>
              <span class="pill error">{problem.code}</span> <Ticked text={problem.text} />{" "}
              <PlaceLink place={problem} />
            </div>
            {problem.remedy && (
              <p class="dim">
                <Ticked text={problem.remedy} />
              </p>
            )}
          </li>
        ))}
      </ul>
      <p class="dim">{text("problems.hint")}</p>
    </section>
  );
}
