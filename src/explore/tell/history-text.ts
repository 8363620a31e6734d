/**
 * A history drawn with letters: a line for each thread, a bar for each call from its invocation to its return, time from left to
 * right. What does not fit is told as a list.
 *
 *     caller-1  ├─ push(1) = undefined ─┤
 *     caller-2      ├─ pop() = undefined ─┤
 */
import type { CallHistory, HistoryCall } from "../../protocol/explore.ts";

/** Between one moment and the next. */
const STEP = 3;
const GAP = "  ";

/** `push(1) = undefined`; of a call that did not return, `pop() …`. */
function callText({ call, outcome }: HistoryCall): string {
  return outcome === null ? `${call} …` : `${call} = ${outcome}`;
}

/** `width`: characters that a line may have. */
export function historyText({ calls }: CallHistory, width: number): string[] {
  const threads = [...new Set(calls.map(({ thread }) => thread))];
  const margin = Math.max(...threads.map((name) => name.length)) + GAP.length;
  const columns = columnsOf(calls);
  const right = Math.max(...calls.map(({ to }) => columns[to])) + 1;
  if (margin + right > width) return listed(calls);
  return threads.map((thread) => {
    let line = "";
    for (const call of calls.filter((one) => one.thread === thread)) {
      const [from, to] = [columns[call.from], columns[call.to]];
      line = line.padEnd(from) + bar(callText(call), to - from + 1, call.outcome !== null);
    }
    return thread.padEnd(margin) + line;
  });
}

/** Where each moment is, so that every bar has room for its words. */
function columnsOf(calls: readonly HistoryCall[]): number[] {
  const moments = Math.max(...calls.map(({ to }) => to)) + 1;
  const columns = [0];
  for (let moment = 1; moment < moments; moment++) {
    const ending = calls.filter(({ to }) => to === moment);
    const needed = ending.map((call) => columns[call.from] + callText(call).length + 5);
    columns.push(Math.max(columns[moment - 1] + STEP, ...needed));
  }
  return columns;
}

function bar(words: string, width: number, returned: boolean): string {
  const inner = width - words.length - 4;
  const before = Math.floor(inner / 2);
  const line = (length: number): string => "─".repeat(Math.max(0, length));
  return `├${line(before)} ${words} ${line(inner - before)}${returned ? "┤" : "…"}`;
}

function listed(calls: readonly HistoryCall[]): string[] {
  return calls.map((call, at) => {
    const before = calls.flatMap((other, index) => (other.to < call.from ? [index + 1] : []));
    const after = before.length === 0 ? "" : `, after ${before.join(", ")} had returned`;
    return `${String(at + 1).padStart(2)}. ${call.thread}: ${callText(call)}${after}`;
  });
}
