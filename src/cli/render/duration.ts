/** A duration as the terminal can show it. */
import { formatDuration } from "../../base/duration.ts";
import type { Look } from "../terminal.ts";

export function duration(nanoseconds: number, { unicode }: Pick<Look, "unicode">): string {
  const text = formatDuration(nanoseconds);
  return unicode ? text : text.replace("\u00a0", " ").replace("µ", "u");
}
