/**
 * Names of everything that has a colour or a texture. The view-model speaks in these; the theme says what they look
 * like. A thread's identity is a colour, a state is a texture as well: nothing is told by colour alone.
 */
import type { Brand } from "../../src/base/brand.ts";

export type StyleId = Brand<number, "StyleId">;

const FIXED = [
  "running",
  "blocked",
  "waiting",
  "sleeping",
  "stalled",
  "runnable",
  "grid",
  "text",
  "faint",
  "mark",
  "failure",
  "channel",
  "parallel",
  "lit",
  "selected",
  "hovered",
  "cursor",
  "onCursor",
  "region",
  "group",
  "load",
  "mixed",
] as const;
export type FixedStyle = (typeof FIXED)[number];

/** How many colours tell threads and locks apart before they come again. */
export const THREAD_COLOURS = 8;
export const LOCK_COLOURS = 6;

export const STYLE_NAMES: readonly string[] = [
  ...FIXED,
  ...Array.from({ length: THREAD_COLOURS }, (_, index) => `thread${index + 1}`),
  ...Array.from({ length: LOCK_COLOURS }, (_, index) => `lock${index + 1}`),
];

export const Style = Object.fromEntries(FIXED.map((name, index) => [name, index])) as Record<
  FixedStyle,
  StyleId
>;

/** By the thread's or lock's place in order of creation, so that neighbours differ. */
export const threadStyle = (order: number): StyleId =>
  (FIXED.length + (order % THREAD_COLOURS)) as StyleId;
export const lockStyle = (order: number): StyleId =>
  (FIXED.length + THREAD_COLOURS + (order % LOCK_COLOURS)) as StyleId;

export const styleName = (style: StyleId): string => STYLE_NAMES[style] ?? `style ${style}`;

/** The style of each `ThreadState`. */
export const STATE_STYLES: readonly StyleId[] = [
  Style.running,
  Style.blocked,
  Style.waiting,
  Style.sleeping,
  Style.stalled,
  Style.runnable,
];
