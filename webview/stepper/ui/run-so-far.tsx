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
      <h2>
        {text("lanes.title")} <span class="unit">{text("lanes.help")}</span>
      </h2>
      <Lanes picture={picture} />
    </section>
  );
}
