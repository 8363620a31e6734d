/** `list_outcomes`: all the ways in which a program can end. */
import * as z from "zod";
import { explored } from "../searching.ts";
import { compiled, programAt } from "../compiling.ts";
import { exploreOptions } from "../../explore/explore-options.ts";
import { tool } from "../tool.ts";
import { outcomesText } from "../words/outcomes.ts";
import { searchInput, searchOf } from "./check.ts";

export const listOutcomes = tool({
  name: "list_outcomes",
  title: "List a program's outcomes",
  description:
    "Explores the thread interleavings of a Threadloom program and lists every distinct way in which it can end: what it prints " +
    "and the last values of its `@shared` variables, how many executions ended so, and a schedule for each that `replay` and " +
    "`step` follow. Use it to see whether a result depends on the order of threads, and which orders give which result. Runs " +
    "that fail (a deadlock, an assertion) have no outcome; they are counted as failures.",
  input: z.strictObject({
    path: z.string().min(1).describe("A program's file."),
    ...searchInput,
  }),
  output: {
    type: "object",
    properties: {
      file: { type: "string" },
      complete: {
        type: "boolean",
        description: "Whether every interleaving was explored: then there are no other outcomes.",
      },
      executions: { type: "integer" },
      verdict: { type: "string" },
      outcomes: {
        type: "array",
        items: {
          type: "object",
          properties: {
            output: { type: "string" },
            shared: { type: "object" },
            count: { type: "integer" },
            schedule: { type: "string" },
          },
          required: ["output", "shared", "count", "schedule"],
        },
      },
    },
    required: ["file", "complete", "executions", "verdict", "outcomes"],
  },
  runsCode: true,
  idempotent: true,
  async run(input, world, call) {
    const path = await programAt(input.path, world);
    const program = await compiled(path, "model", world, call);
    const options = exploreOptions(searchOf(input, true), program.options, []);
    const file = world.nearby(path);
    const result = await explored(file, program, options, world, call);
    const { complete, verdict, phases, outcomes } = result;
    // Those that the counts of outcomes are of.
    const executions = phases.reduce((sum, phase) => sum + phase.executions, 0);
    return {
      text: outcomesText(file, result, executions),
      data: { file, complete, executions, verdict, outcomes },
    };
  },
});
