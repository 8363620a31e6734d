/**
 * `replay`: one run in a known order, told turn by turn. A step session follows the order and puts it into words; the schedule that
 * it comes to is then judged as `check` judges executions, so that a race or a livelock is found again, too.
 */
import * as z from "zod";
import { cameToOf, differenceFrom } from "../../analysis/same-run.ts";
import { byGravity, verdictOf } from "../../analysis/verdict.ts";
import { AGENT_MESSAGES } from "../../base/catalogue/agents.ts";
import type { StepSession } from "../../engine/stepping/step-session.ts";
import { findingJson } from "../../explore/check-json.ts";
import type { ExploredFinding } from "../../protocol/explore.ts";
import type { Happened, Outcome } from "../../protocol/step.ts";
import { compiled, programAt } from "../compiling.ts";
import { recordingFrom, scheduleFrom } from "../following.ts";
import { refuse } from "../refusal.ts";
import { explored } from "../searching.ts";
import { asked, letGo, openSession } from "../stepping.ts";
import { type Call, tool } from "../tool.ts";
import { type Replayed, replayedText } from "../words/replayed.ts";
import type { AgentWorld } from "../world.ts";

/** How long it may go on where the schedule says nothing more. */
const MOST_SECONDS = 10;

export const replay = tool({
  name: "replay",
  title: "Replay a schedule or a trace",
  description:
    "Runs a Threadloom program once in exactly the order that a schedule says (from `check` or `list_outcomes`), or in that of a " +
    "recorded run (a .tltrace file), and tells what happened: every operation of every thread, turn by turn, with values and " +
    "lines, what was printed, how it ended and what is wrong with it. Use it to understand a failure, and to see whether a change " +
    "has cured it: the same schedule fits after small edits, and what no longer fits is said.",
  input: z.strictObject({
    path: z.string().min(1).describe("The program's file."),
    schedule: z
      .string()
      .min(1)
      .optional()
      .describe("The text of a schedule, or the path of a file that has one."),
    trace: z.string().min(1).optional().describe("The path of a .tltrace file, instead."),
  }),
  output: {
    type: "object",
    properties: {
      file: { type: "string" },
      verdict: { type: "string" },
      ended: { type: "string", description: "How the run ended; `paused` where it did not." },
      engine: { type: "string", enum: ["model", "native"] },
      events: { type: "array", items: { type: "object" } },
      output: { type: "array", items: { type: "string" } },
      shared: { type: "object" },
      findings: { type: "array", items: { type: "object" } },
      schedule: { type: "string" },
      problems: { type: "array", items: { type: "object" } },
      difference: {
        type: "string",
        description: "What was otherwise than in the recorded run; absent where nothing was.",
      },
    },
    required: ["file", "verdict", "ended", "engine", "events", "output", "findings", "problems"],
  },
  runsCode: true,
  idempotent: true,
  async run({ path, schedule, trace }, world, call) {
    if ((schedule === undefined) === (trace === undefined)) {
      const given = schedule === undefined ? "neither" : "both";
      return refuse(AGENT_MESSAGES.notOneRecording, { given });
    }
    const file = await programAt(path, world);
    const recorded = trace === undefined ? undefined : await recordingFrom(trace, world);
    const follows =
      recorded === undefined
        ? { schedule: await scheduleFrom(schedule!, world) }
        : { trace: recorded.bytes };
    const session = await openSession(file, "replay", follows, world, call);
    using _held = session.hold();
    if (session.state.over === undefined)
      await letGo(session, { kind: "continue" }, MOST_SECONDS, world, call);
    const replayed = await told(session, world, call);
    const { over } = session.state;
    const difference =
      recorded === undefined || over === undefined
        ? undefined
        : differenceFrom(cameToOf(recorded.trace), {
            output: over.output,
            ending: { kind: over.ending },
            findings: over.findings,
          });
    const all = { ...replayed, ...(difference === undefined ? {} : { difference }) };
    return {
      text: replayedText(all, world),
      data: { ...all, findings: all.findings.map(findingJson) },
    };
  },
});

async function told(session: StepSession, world: AgentWorld, call: Call): Promise<Replayed> {
  const { moment, over, engine = "model", note, threads } = session.state;
  const happened = (await asked(session, { kind: "history", to: moment })) as Happened[];
  const schedule = (await asked(session, { kind: "schedule" })) as string;
  const judged = engine === "model" ? await judge(session.plan.program, schedule, world, call) : [];
  const findings = united(over?.findings ?? [], judged);
  const names = new Map(threads.map(({ id, name }) => [id, name]));
  return {
    file: session.plan.title,
    verdict: verdictOf(findings, over && endingOf(over)),
    ended: over?.ending ?? "paused",
    engine,
    ...(note === undefined ? {} : { note }),
    events: happened.map(({ thread, text, place }) => ({
      thread: names.get(thread) ?? String(thread),
      text,
      ...(place === undefined ? {} : { file: world.nearby(place.file), line: place.line }),
    })),
    output: session.output.map(({ text }) => text),
    shared: Object.fromEntries((over?.shared ?? []).map(({ name, text }) => [name, text])),
    findings,
    schedule,
    problems: session.begun.problems,
  };
}

/** What exploring finds in the one execution that the schedule says. */
async function judge(
  file: string,
  schedule: string,
  world: AgentWorld,
  call: Call,
): Promise<readonly ExploredFinding[]> {
  const program = await compiled(file, "model", world, call);
  const options = { strategy: "random", seed: 0, maxExecutions: 1, schedules: [schedule] } as const;
  const result = await explored(world.nearby(file), program, options, world, call);
  // What one execution cannot say: that it was only one.
  return result.findings.filter(({ kind }) => kind !== "limit" && kind !== "nothing-concurrent");
}

/** The judge's word counts where both say the same: it has the story. */
function united(
  engine: Outcome["findings"],
  judged: readonly ExploredFinding[],
): readonly ExploredFinding[] {
  const others = engine.filter(
    (finding) => !judged.some(({ kind, code }) => kind === finding.kind && code === finding.code),
  );
  return [...judged, ...others].sort(byGravity);
}

function endingOf({ ending }: Outcome): Parameters<typeof verdictOf>[1] {
  return { kind: ending } as Parameters<typeof verdictOf>[1];
}
