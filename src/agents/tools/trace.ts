/** `trace`: one run on real threads, and what it shows. */
import * as z from "zod";
import { findingsOf } from "../../analysis/findings.ts";
import { runJson } from "../../analysis/run-json.ts";
import { plainText } from "../../analysis/sentence.ts";
import { storyOf } from "../../analysis/story.ts";
import { summaryOf } from "../../analysis/summary.ts";
import { verdictOf } from "../../analysis/verdict.ts";
import { needsModel } from "../../protocol/execution-model.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import { TraceReader } from "../../trace/reader.ts";
import { Timeline } from "../../trace/timeline/timeline.ts";
import { compiled, programAt } from "../compiling.ts";
import type { Call } from "../tool.ts";
import { tool } from "../tool.ts";
import { ranText } from "../words/ran.ts";
import type { AgentWorld } from "../world.ts";

const USUAL_SECONDS = 30;
/** What a program may print: more than a model reads, and too little to fill memory. */
const MOST_LINES = 10_000;
/** What a runner leaves that crashed before it wrote anything. */
const NOTHING = new Uint8Array();

export const trace = tool({
  name: "trace",
  title: "Run a program on real threads",
  description:
    "Runs a Threadloom program once on real worker threads and tells what happened: output, who waited how long for which lock or " +
    "channel and where, findings (deadlocks, lock-order inversions, starvation, contention, leaked guards, …). One run shows one " +
    "of many possible orders: use `check` to look for bugs, and `trace` to see what a program prints and what its threads cost " +
    "each other.",
  input: z.strictObject({
    path: z.string().min(1).describe("A program's file."),
    max_seconds: z
      .number()
      .positive()
      .max(600)
      .optional()
      .describe(`Ends the run after this long (${USUAL_SECONDS}).`),
    engine: z
      .enum(["native", "model"])
      .optional()
      .describe("native: real threads (default). model: one isolate with virtual time."),
    arguments: z.array(z.string()).optional().describe("What the program finds in process.argv."),
  }),
  output: {
    type: "object",
    description: "What `threadloom trace --json` prints.",
    properties: {
      file: { type: "string" },
      ok: { type: "boolean" },
      verdict: { type: "string" },
      findings: { type: "array", items: { type: "object" } },
      threads: { type: "array", items: { type: "object" } },
      objects: { type: "array", items: { type: "object" } },
      output: { type: "array", items: { type: "object" } },
    },
    required: ["file", "ok", "verdict", "findings", "threads", "objects", "output"],
  },
  runsCode: true,
  idempotent: false,
  async run(input, world, call) {
    const path = await programAt(input.path, world);
    const program = await forTracing(path, input.engine, world, call);
    await using scratch = await world.scratchFile();
    call.signal.throwIfAborted();
    const running = world.run(program, {
      tracePath: scratch.path,
      timeLimitMs: (input.max_seconds ?? USUAL_SECONDS) * 1000,
      memoryLimitBytes: world.memoryLimitBytes,
      outputLimitLines: MOST_LINES,
      argv: input.arguments ?? [],
      cwd: world.folder,
    });
    const stop = (): void => running.cancel();
    call.signal.addEventListener("abort", stop, { once: true });
    const { ending, findings: found } = await running.ended;
    call.signal.removeEventListener("abort", stop);
    call.signal.throwIfAborted();
    const timeline = timelineOf((await world.readBytes(scratch.path)) ?? NOTHING);
    // A runner that was killed told the host, and could not write it down.
    if (timeline.trace.end === undefined) timeline.trace.findings.push(...found);
    const findings = findingsOf(timeline);
    const verdict = verdictOf(findings, ending);
    const file = world.nearby(path);
    const { expect: expected } = program.options;
    const about = { file, verdict, expected, ending, diagnostics: [] };
    const data = runJson(summaryOf(timeline, findings), about);
    const story = storyOf(timeline, findings).map(plainText);
    return { text: ranText(data, story, world), data: { ...data } };
  },
});

/** Natively, unless the program names an execution model that real threads cannot play. */
async function forTracing(
  path: string,
  engine: "native" | "model" | undefined,
  world: AgentWorld,
  call: Call,
): Promise<CompiledProgram> {
  const program = await compiled(path, engine ?? "native", world, call);
  const wantsModel = engine === undefined && needsModel(program.options);
  return wantsModel ? compiled(path, "model", world, call) : program;
}

/** A damaged trace is read as far as it goes: what stands before the damage is good. */
function timelineOf(bytes: Uint8Array): Timeline {
  const reader = new TraceReader();
  reader.push(bytes);
  reader.finish();
  const timeline = new Timeline(reader.trace);
  timeline.advance();
  return timeline;
}
