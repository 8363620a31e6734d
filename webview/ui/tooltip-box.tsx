/** Words beside the pointer that never leave the window. For eyes only. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** Between the pointer and the words. */
const AWAY = 14;

export interface TooltipBoxProps {
  readonly x: number;
  readonly y: number;
  readonly children: ComponentChildren;
}

export function TooltipBox({ x, y, children }: TooltipBoxProps) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const { width, height } = current.getBoundingClientRect();
    const left = Math.max(4, Math.min(x + AWAY, innerWidth - width - 4));
    const below = y + AWAY + height < innerHeight - 4;
    current.style.left = `${left}px`;
    current.style.top = `${below ? y + AWAY : Math.max(4, y - AWAY - height)}px`;
  });
  return (
    <div ref={element} class="tooltip" aria-hidden="true">
      {children}
    </div>
  );
}
