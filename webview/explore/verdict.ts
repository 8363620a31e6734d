/** What exploring came to, in a sentence and what may be concluded from it. Pure. */
import type { Phase } from "../../src/protocol/explore.ts";
import type { ShownResult } from "../../src/protocol/explore-view.ts";
import type { ExploreKey, ExploreText } from "./strings.ts";

export interface Said {
  readonly tone: "good" | "bad" | "warning";
  readonly first: string;
  readonly rest: readonly string[];
}

export function saidOf(result: ShownResult, text: ExploreText): Said {
  const { verdict, complete, phases, asExpected, expectedVerdict: expected } = result;
  const made = complete
    ? result.executions
    : phases.reduce((sum, phase) => sum + phase.executions, 0);
  const executions = text.count("count.executions", made);
  const ways = result.outcomeCount === 0 ? [] : [text.count("count.ways", result.outcomeCount)];
  const stopped = result.stopped === undefined ? [] : [sentence(result.stopped)];
  if (made === 0) {
    return { tone: "warning", first: text("said.nothing"), rest: stopped };
  }
  if (verdict === "limit") {
    const rest = [...stopped, text("said.limitWhy")];
    return { tone: "warning", first: text("said.limit", { executions }), rest };
  }
  if (verdict !== "ok") {
    const what = text(canOf(verdict));
    const meant = asExpected
      ? [text("said.expected")]
      : expected === "ok"
        ? []
        : [text("said.otherwise", { expected })];
    const extent = text(complete ? "said.all" : "said.more");
    return {
      tone: asExpected ? "good" : "bad",
      first: text("said.found", { what, executions }),
      rest: [...meant, extent],
    };
  }
  if (expected !== "ok") {
    const first = text("said.missing", { executions, expected });
    return { tone: "bad", first, rest: [text(complete ? "said.all" : "said.sampledWhy")] };
  }
  if (result.linearizability !== undefined) {
    const { scenarios, whole } = result.linearizability;
    const all = text.count("count.scenarios", scenarios);
    const extent = whole === scenarios ? "said.scenariosWhole" : "said.scenariosPart";
    return {
      tone: "good",
      first: text("said.linearizable", { scenarios: all }),
      rest: [text(extent, { executions, whole: String(whole) })],
    };
  }
  if (complete) {
    const rest = [text("said.provedWhy"), ...ways];
    return { tone: "good", first: text("said.proved", { executions }), rest };
  }
  const last = phases.at(-1);
  if (last?.strategy === "bounded" && last.complete) {
    const bound = phaseName(last, text);
    const rest = [text("said.boundedWhy"), ...ways];
    return { tone: "good", first: text("said.bounded", { executions, bound }), rest };
  }
  const rest = [text("said.sampledWhy"), ...ways];
  return { tone: "good", first: text("said.sampled", { executions }), rest };
}

/** `at most 2 preemptions`, `every interleaving, 1 spurious wake-up`. */
export function phaseName({ strategy, bound, spurious = 0 }: Phase, text: ExploreText): string {
  const name =
    bound === undefined
      ? text(`phase.${strategy}`)
      : bound === 0
        ? text("phase.unpreempted")
        : text.count("count.preemptions", bound);
  return spurious === 0 ? name : `${name}, ${text.count("count.spurious", spurious)}`;
}

const CAN = ["assertion", "panic", "deadlock", "leak", "livelock", "race"] as const;

function canOf(verdict: string): ExploreKey {
  const known = CAN.find((one) => one === verdict);
  return known === undefined ? "can.other" : `can.${known}`;
}

/** A reason as a sentence of its own. */
function sentence(text: string): string {
  const begun = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
