/** The line between the lanes and the panes below: dragged, or moved by arrow keys (WAI-ARIA, window splitter). */
import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import { usePanel } from "./context.ts";

const STEP = 24;

export function Splitter({ panes }: { readonly panes: RefObject<HTMLDivElement | null> }) {
  const { text } = usePanel();
  const [share, setShare] = useState(24);
  const resize = (height: number): void => {
    const { current } = panes;
    if (!current) return;
    const whole = current.parentElement!.clientHeight;
    const next = Math.min(Math.max((100 * height) / whole, 8), 80);
    current.style.height = `${next}%`;
    setShare(Math.round(next));
  };
  return (
    <div
      class="splitter"
      role="separator"
      aria-orientation="horizontal"
      aria-label={text("panes.resize")}
      aria-valuenow={share}
      aria-valuemin={8}
      aria-valuemax={80}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        resize(panes.current!.getBoundingClientRect().bottom - event.clientY);
      }}
      onKeyDown={(event) => {
        const by = event.key === "ArrowUp" ? STEP : event.key === "ArrowDown" ? -STEP : 0;
        if (by === 0) return;
        event.preventDefault();
        resize(panes.current!.offsetHeight + by);
      }}
    />
  );
}
