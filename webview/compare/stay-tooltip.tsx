/** The stay under the pointer, in words. */
import { TooltipBox } from "../ui/tooltip-box.tsx";
import { useComparison, usePart } from "./context.ts";

export function StayTooltip() {
  const comparison = useComparison();
  const hovered = usePart((state) => state.hovered);
  const rows = usePart((state) => state.rows);
  const picture = rows.find(({ run }) => run === hovered?.run)?.picture;
  if (!hovered || !picture) return null;
  const words = comparison.words(picture);
  const { title, duration, start, end, note } = words.describe(hovered.hit);
  return (
    <TooltipBox x={hovered.x} y={hovered.y}>
      <div>
        <b>{title}</b> · {words.duration(duration)}
      </div>
      <div class="dim">
        {words.moment(start, duration)} – {words.moment(end, duration)}
      </div>
      <div>{note}</div>
    </TooltipBox>
  );
}
