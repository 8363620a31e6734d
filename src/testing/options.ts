/** The options of `explore`: looked over, and turned into what a search is asked for. */
import { tell } from "../base/catalogue/message.ts";
import { TESTING_MESSAGES } from "../base/catalogue/testing.ts";
import { defined } from "../base/defined.ts";
import type { SearchRequest } from "../explore/explore-options.ts";
import { STRATEGIES } from "../protocol/explore.ts";
import { parseSchedule } from "../trace/schedule.ts";
import { SetUpError } from "./set-up-error.ts";
import type { ExploreOptions } from "./types/testing.d.ts";

interface Asked {
  readonly search: SearchRequest;
  readonly schedules: readonly string[];
  readonly save: boolean;
}

interface Kind {
  readonly expected: string;
  is(value: unknown): boolean;
}

const wholeFrom = (minimum: number): Kind => ({
  expected: `a whole number from ${minimum}`,
  is: (value) => Number.isSafeInteger(value) && (value as number) >= minimum,
});
const FLAG: Kind = { expected: "`true` or `false`", is: (value) => typeof value === "boolean" };

const KINDS: { readonly [name in keyof Required<ExploreOptions>]: Kind } = {
  strategy: {
    expected: STRATEGIES.map((name) => `"${name}"`).join(", "),
    is: (value) => (STRATEGIES as readonly unknown[]).includes(value),
  },
  maxExecutions: wholeFrom(1),
  maxSeconds: {
    expected: "a number of seconds greater than 0",
    is: (value) => typeof value === "number" && value > 0,
  },
  seed: wholeFrom(0),
  preemptions: wholeFrom(0),
  depth: wholeFrom(1),
  spurious: wholeFrom(0),
  perThreadOutput: FLAG,
  keepGoing: FLAG,
  save: FLAG,
  entry: {
    expected: "the name of a function of the file's top level",
    is: (value) =>
      typeof value === "string" && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(value),
  },
  schedule: {
    expected: "the text of a schedule, as a failure prints it",
    is: (value) => typeof value === "string" && parseSchedule(value).problems.length === 0,
  },
};

/** Throws for what is no option, and for values that an option cannot have. */
export function readOptions(options: ExploreOptions): Asked {
  for (const [option, value] of Object.entries(options)) {
    const kind = (KINDS as Record<string, Kind | undefined>)[option];
    if (kind === undefined) {
      const known = Object.keys(KINDS).join(", ");
      throw new SetUpError(tell(TESTING_MESSAGES.unknownOption, { option, options: known }));
    }
    if (value === undefined || kind.is(value)) continue;
    const shown = typeof value === "string" ? JSON.stringify(value) : String(value);
    const told = { option, value: shown, expected: kind.expected };
    throw new SetUpError(tell(TESTING_MESSAGES.badOption, told));
  }
  const { strategy = "auto", perThreadOutput = false, keepGoing = false } = options;
  const { maxExecutions, maxSeconds, seed, preemptions, depth, spurious } = options;
  return {
    search: {
      ...{ strategy, perThreadOutput, keepGoing },
      ...defined({ maxExecutions, maxSeconds, seed, preemptions, depth, spurious }),
    },
    schedules: options.schedule === undefined ? [] : [options.schedule],
    save: options.save ?? false,
  };
}
