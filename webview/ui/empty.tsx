/** What stands where there is nothing to show: why, and what to do. */
import type { Text } from "../strings.ts";
import { usePanel, usePart } from "./context.ts";
import type { Phase } from "../model/state.ts";

export function Empty() {
  const { text } = usePanel();
  const phase = usePart((state) => state.phase);
  const title = usePart((state) => state.title);
  const statusText = usePart((state) => state.statusText);
  const run = usePart((state) => state.run);
  const [what, hint] = run === null ? nothing(text) : during(text, phase, title, statusText);
  return (
    <section class="empty" role="status">
      <p>{what}</p>
      {hint && <p class="dim">{hint}</p>}
    </section>
  );
}

type Said = readonly [what: string, hint?: string];

const nothing = (text: Text): Said => [text("empty.nothing"), text("empty.nothingHint")];

function during(text: Text, phase: Phase | null, title: string, said: string): Said {
  switch (phase) {
    case null:
    case "compiling":
      return [text("empty.compiling", { title })];
    case "starting":
      return [text("empty.starting")];
    case "running":
      return [text("empty.running")];
    case "cancelled":
      return [text("empty.cancelled")];
    case "ended":
    case "failed":
      return [said || text("empty.noEvents"), text("empty.noEventsHint")];
  }
}
