/** What `threadloom check` is asked for. */
import { CHECKING_MESSAGES } from "../../base/catalogue/check.ts";
import { tell } from "../../base/catalogue/message.ts";
import type { Shard, StrategyName } from "../../protocol/explore.ts";
import type { Complaint } from "../complaint.ts";
import { defined } from "../../base/defined.ts";
import type { SearchRequest } from "../../explore/explore-options.ts";
import type { Words } from "../words.ts";

/** Where reports go, of checking and of merging. */
export interface ReportTargets {
  readonly json: boolean;
  readonly junit?: string;
  readonly sarif?: string;
  /** The result file. */
  readonly result?: string;
}

export interface CheckRequest extends ReportTargets {
  readonly kind: "check";
  /** Files and folders. */
  readonly places: readonly string[];
  readonly search: SearchRequest;
  /** How many explorers work at the same time. */
  readonly jobs: number;
  readonly memoryLimitMegabytes?: number;
  /** A result file of before: what it has is not explored again. */
  readonly resume?: string;
  /** Where to say that all came to what they expect. */
  readonly certificate?: string;
  /** Nothing is explored: whether programs are what this certificate speaks of. */
  readonly verify?: string;
  /** Failing schedules are kept beside their programs. */
  readonly save: boolean;
}

export function checkRequest(words: Words): CheckRequest | Complaint {
  const shard = shardOf(words.text("shard"));
  if (shard !== undefined && "code" in shard) return shard;
  return {
    kind: "check",
    places: words.arguments,
    ...targetsOf(words),
    jobs: words.number("jobs") ?? 1,
    save: words.has("save"),
    search: {
      strategy: (words.text("strategy") ?? "auto") as StrategyName,
      perThreadOutput: words.has("output"),
      keepGoing: words.has("keep-going"),
      ...defined({
        maxExecutions: words.number("max-executions"),
        maxSeconds: words.number("max-seconds"),
        seed: words.number("seed"),
        spurious: words.number("spurious"),
        preemptions: words.number("preemptions"),
        depth: words.number("depth"),
        shard,
      }),
    },
    ...defined({
      memoryLimitMegabytes: words.number("memory-limit"),
      resume: words.text("resume"),
      certificate: words.text("certificate"),
      verify: words.text("verify"),
    }),
  };
}

export function targetsOf(words: Words): ReportTargets {
  return {
    json: words.has("json"),
    ...defined({
      junit: words.text("junit"),
      sarif: words.text("sarif"),
      result: words.text("result"),
    }),
  };
}

/** More would be a slip of the pen: a matrix or a cluster has thousands at most. */
const MOST_SHARDS = 1_000_000;

function shardOf(text: string | undefined): Shard | undefined | Complaint {
  if (text === undefined) return undefined;
  const [, index, of] = /^(\d{1,7})\/(\d{1,7})$/.exec(text)?.map(Number) ?? [];
  const isOne = index >= 1 && index <= of && of <= MOST_SHARDS;
  return isOne ? { index, of } : tell(CHECKING_MESSAGES.noShard, { value: text });
}
