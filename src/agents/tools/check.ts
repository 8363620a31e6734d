/** `check`: every order in which the threads of a program may go, or as many as there is time for. */
import * as z from "zod";
import { type Checked, isAsExpected } from "../../explore/checked.ts";
import type { SearchRequest } from "../../explore/explore-options.ts";
import { defined } from "../../base/defined.ts";
import { STRATEGIES } from "../../protocol/explore.ts";
import { Refused } from "../refusal.ts";
import { contractOf, search, USUAL_SECONDS } from "../searching.ts";
import { tool } from "../tool.ts";
import { checkedText, tallyText } from "../words/checked.ts";

const count = (least: number) => z.int().min(least).max(Number.MAX_SAFE_INTEGER);

export const searchInput = {
  strategy: z
    .enum(STRATEGIES)
    .optional()
    .describe(
      "How interleavings are chosen. auto (default): few preemptions first, then all of them where that ends, else at random. " +
        "dpor: all of them, a proof if it ends. bounded, random, pos, pct: parts of them.",
    ),
  max_seconds: z
    .number()
    .positive()
    .max(3600)
    .optional()
    .describe(
      `At most so long for each program (${USUAL_SECONDS}, unless max_executions is given).`,
    ),
  max_executions: count(1).optional().describe("Runs each program so many times at most."),
  seed: count(0).optional().describe("For what is tried at random: the same, the same."),
  spurious: count(0)
    .optional()
    .describe("How many wake-ups without a reason a Condvar or a park may have in a run."),
  preemptions: count(0).optional().describe("The bound of strategy bounded (2)."),
  depth: count(1).optional().describe("The depth of strategy pct (3)."),
};

type SearchInput = z.infer<z.ZodObject<typeof searchInput>>;

export function searchOf(input: SearchInput, keepGoing: boolean): SearchRequest {
  const { strategy = "auto", max_executions: maxExecutions, max_seconds } = input;
  const { seed, spurious, preemptions, depth } = input;
  const maxSeconds = max_seconds ?? (maxExecutions === undefined ? USUAL_SECONDS : undefined);
  return {
    strategy,
    perThreadOutput: false,
    keepGoing,
    ...defined({ maxExecutions, maxSeconds, seed, spurious, preemptions, depth }),
  };
}

export const check = tool({
  name: "check",
  title: "Check a concurrent program",
  description:
    "Explores the thread interleavings of a Threadloom program (a TypeScript file with `// @threadloom` at its head) to prove it " +
    "right or find how it fails: data races, deadlocks, lost updates and wake-ups, failed assertions and invariants, panics, " +
    "leaked or stuck threads, livelocks. Says the verdict and, of each failure, the line to blame, what happened step by step, " +
    "and a schedule: a text that makes the same failure happen again with `replay` and `step`. Of a folder, all programs in it " +
    "are checked. Use it after every change of concurrent code.",
  input: z.strictObject({
    path: z.string().min(1).describe("A program's file, or a folder of programs."),
    ...searchInput,
    keep_going: z
      .boolean()
      .optional()
      .describe("Looks for all failures instead of stopping at the first."),
  }),
  output: {
    type: "object",
    properties: {
      asExpected: {
        type: "boolean",
        description: "Whether every program came to what it expects (`@expect`, or ok).",
      },
      programs: {
        type: "array",
        description: "What `threadloom check --json` prints, one object a program.",
        items: { type: "object" },
      },
    },
    required: ["asExpected", "programs"],
  },
  runsCode: true,
  idempotent: true,
  async run(input, world, call) {
    const programs = await world.programsAt(input.path);
    if ("complaint" in programs) throw new Refused(programs.complaint);
    const asked = searchOf(input, input.keep_going ?? false);
    const all: Checked[] = [];
    let done = 0;
    for (const file of programs.files) {
      const from = done;
      all.push(
        await search(file, asked, world, {
          signal: call.signal,
          progress(message, executions) {
            done = from + executions;
            call.progress(message, done);
          },
        }),
      );
    }
    const about = { world, isList: programs.isFolder };
    const texts = all.map((checked) => checkedText(checked, about));
    return {
      text: [...texts, ...(programs.isFolder ? [tallyText(all)] : [])].join("\n\n"),
      data: {
        asExpected: all.every(isAsExpected),
        programs: all.map((checked) => contractOf(checked, asked)),
      },
    };
  },
});
