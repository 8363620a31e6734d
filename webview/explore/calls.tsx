/**
 * The calls that no order explains, drawn: a lane for each thread, a bar for each call from its invocation to its return. Bars that
 * stand above one another overlapped. Columns are moments, not time: what counts is which came first.
 */
import type { CallHistory, HistoryCall } from "../../src/protocol/explore.ts";
import { placeText } from "../../src/analysis/words.ts";
import { usePage } from "./context.ts";

export function Calls({ history }: { readonly history: CallHistory }) {
  const { text } = usePage();
  const { calls } = history;
  const lanes = [...new Map(calls.map(({ threadId, thread }) => [threadId, thread]))];
  return (
    <>
      <h4>{text("finding.calls")}</h4>
      <div class="wide">
        <div class="calls" role="list" aria-label={text("finding.calls")}>
          {lanes.map(([id, name], lane) => [
            <span
              key={`name ${id}`}
              class={`threadname ${colour(id)}`}
              style={{ gridRow: lane + 1 }}
              aria-hidden="true"
            >
              {name}
            </span>,
            ...calls
              .map((call, index) => ({ call, index }))
              .filter(({ call }) => call.threadId === id)
              .map(({ call, index }) => <Bar key={index} call={call} lane={lane} all={calls} />),
          ])}
        </div>
      </div>
    </>
  );
}

interface BarProps {
  readonly call: HistoryCall;
  readonly lane: number;
  readonly all: readonly HistoryCall[];
}

function Bar({ call: one, lane, all }: BarProps) {
  const page = usePage();
  const { text } = page;
  const { threadId, thread, call, outcome, from, to, place } = one;
  const overlapping = all
    .filter((other) => other !== one && other.from <= to && other.to >= from)
    .map((other) => `${other.thread} ${other.call}`);
  const came = outcome === null ? text("calls.open") : `= ${outcome}`;
  const told = [
    `${thread}: ${call} ${came}.`,
    overlapping.length === 0
      ? text("calls.alone")
      : text("calls.overlaps", { calls: overlapping.join(", ") }),
  ].join(" ");
  const classes = `call ${colour(threadId)}${outcome === null ? " open" : ""}`;
  // The names of threads have the first column.
  const style = { gridRow: lane + 1, gridColumn: `${from + 2} / ${to + 3}` };
  const words = [<code key="call">{call}</code>, " ", <span key="outcome">{came}</span>];
  return (
    <div role="listitem" class="callplace" style={style}>
      {place === undefined ? (
        <span class={classes} title={told}>
          {words}
        </span>
      ) : (
        <button
          type="button"
          class={classes}
          title={`${told} ${placeText(place)}`}
          aria-label={`${told} ${placeText(place)}`}
          onClick={() => page.reveal(place)}
        >
          {words}
        </button>
      )}
    </div>
  );
}

function colour(thread: number): string {
  return `thread${(thread % 8) + 1}`;
}
