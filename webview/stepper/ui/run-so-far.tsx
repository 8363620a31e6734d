/** The timeline of the run up to here, in the timeline's own lanes. */
import { useStore } from "../../store.ts";
import { Lanes } from "../../ui/lanes.tsx";
import { useStepper } from "./context.ts";

export function RunSoFar() {
  const { text, lanes } = useStepper();
  const picture = useStore(lanes.panel.store, (state) => state.picture);
  if (!picture || picture.events.count === 0) return null;
  return (
    <section class="sofar">
      <h2>{text("lanes.title")}</h2>
      <p class="dim">{text("lanes.help")}</p>
      <Lanes picture={picture} />
    </section>
  );
}
