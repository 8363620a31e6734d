/** Whose colour is whose: names are written on stays only where they fit. */
import { Swatch } from "../ui/swatch.tsx";
import { useComparison, usePart } from "./context.ts";

/** More colours than these cannot be told apart anyway: they come again. */
const MOST = 8;

export function Legend() {
  const { text } = useComparison();
  const picture = usePart((state) => state.rows.find((row) => row.picture !== null)?.picture);
  if (!picture) return null;
  return (
    <ul class="legend" aria-label={text("compare.threads")}>
      {picture.threads.slice(0, MOST).map(({ id, name }) => (
        <li key={id}>
          <Swatch kind="thread" order={id} />
          {name}
        </li>
      ))}
    </ul>
  );
}
