/** Why a thread could not go on: a chain in words, each link leading to its line, ending in what would help. */
import { whyOf } from "../../src/analysis/why.ts";
import type { Hit } from "../model/hit.ts";
import type { Picture } from "../model/picture.ts";
import { waitBehind } from "../model/wait-behind.ts";
import { usePanel } from "./context.ts";
import { Sentence } from "./sentence.tsx";

export function Why({ picture, hit }: { readonly picture: Picture; readonly hit: Hit }) {
  const { text } = usePanel();
  const wait = waitBehind(picture, hit);
  const why = wait && whyOf(picture.timeline, wait.lane.track, wait.index);
  if (!why) return null;
  return (
    <section>
      <h2>{text("pane.why")}</h2>
      <ol class="chain">
        {why.links.map((link, index) => (
          <li key={index} class={`thread${(link.thread % 8) + 1}`}>
            <Sentence pieces={link.sentence} />
          </li>
        ))}
      </ol>
      {why.advice && (
        <p class="advice">
          <Sentence pieces={why.advice} />
        </p>
      )}
    </section>
  );
}
