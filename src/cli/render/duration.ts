/** A duration as the terminal can show it. */
import { formatDuration, type Clock } from "../../base/duration.ts";
import type { Look } from "../terminal.ts";

export function duration(time: number, clock: Clock, { unicode }: Pick<Look, "unicode">): string {
  const text = formatDuration(time, clock);
  return unicode ? text : text.replace("\u00a0", " ").replace("µ", "u");
}
