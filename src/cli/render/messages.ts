/** Who sent how many messages to whom, by channel: `results   12: alice → main 7, bob → main 5`. */
import type { MessageSummary, Summary } from "../../analysis/summary.ts";
import type { ObjectKindName } from "../../trace/event.ts";
import { MESSAGE_KINDS } from "../../trace/timeline/object-track.ts";
import type { Look } from "../terminal.ts";
import type { Paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

const MOST_WAYS = 8;

export function renderMessages(summary: Summary, look: Look, paint: Paint): string[] {
  const nameOf = (thread: number | null, unknown: string): string =>
    thread === null
      ? paint.dim(unknown)
      : paint.thread(thread, summary.threads.find(({ id }) => id === thread)?.name ?? `${thread}`);
  const arrow = look.unicode ? "→" : "->";
  const way = ({ from, to, count }: MessageSummary) =>
    `${nameOf(from, "?")} ${arrow} ${nameOf(to, "nobody")} ${count}`;

  return summary.objects
    .filter(({ kind }) => MESSAGE_KINDS.includes(kind as ObjectKindName))
    .flatMap((channel) => {
      const ways = summary.messages
        .filter((one) => one.channel === channel.id)
        .toSorted((a, b) => b.count - a.count);
      if (ways.length === 0) return [];
      const total = ways.reduce((sum, { count }) => sum + count, 0);
      const shown = ways.slice(0, MOST_WAYS).map(way);
      if (ways.length > shown.length) shown.push(`and ${ways.length - shown.length} more ways`);
      return wrap(
        `  ${paint.bold(channel.name)}   ${total}: ${shown.join(", ")}`,
        look.width,
        "    ",
      );
    });
}
