/**
 * What is typed into the filter box: `lock=db wait>50µs thread=worker-2 print`. Everything given has to hold; several
 * values of one key, parted by commas, are alternatives.
 */
import type { Clock } from "../../src/base/duration.ts";
import { parseDuration } from "./time.ts";

const KEYS = ["thread", "core", "lock", "channel", "state", "line", "file"] as const;
type Key = (typeof KEYS)[number];

export interface Filter {
  readonly thread: readonly string[] | null;
  /** Numbers of cores. */
  readonly core: readonly string[] | null;
  readonly lock: readonly string[] | null;
  readonly channel: readonly string[] | null;
  readonly state: readonly string[] | null;
  readonly line: readonly number[] | null;
  readonly file: readonly string[] | null;
  /** For how long a thread was held up or waited at least, by the run's clock. */
  readonly wait: number | null;
  /** How long anything lasted at least. */
  readonly longer: number | null;
  readonly words: readonly string[];
}

export type FilterProblem =
  | { readonly kind: "unknown"; readonly token: string }
  | { readonly kind: "duration"; readonly token: string };

export interface ParsedFilter {
  /** Null where nothing was asked for. */
  readonly filter: Filter | null;
  readonly problems: readonly FilterProblem[];
}

export const FILTER_EXAMPLES: Readonly<Record<Clock, string>> = {
  nanoseconds: "thread=main lock=db channel=results state=blocked wait>50µs line=14",
  ticks: "thread=main core=0 lock=db channel=results state=runnable wait>50 line=14",
};

/** Never fails: what is not understood is said in `problems`, and the rest holds. */
export function parseFilter(text: string, clock: Clock): ParsedFilter {
  const problems: FilterProblem[] = [];
  const values: Record<Key, string[] | null> = {
    thread: null,
    core: null,
    lock: null,
    channel: null,
    state: null,
    line: null,
    file: null,
  };
  let wait: number | null = null;
  let longer: number | null = null;
  const words: string[] = [];
  for (const token of tokensOf(text)) {
    const match = /^([a-z]+)(>=?|=)(.*)$/i.exec(token);
    if (!match) {
      words.push(unquoted(token).toLowerCase());
      continue;
    }
    const key = match[1].toLowerCase();
    const value = unquoted(match[3]);
    if (match[2] !== "=") {
      const duration = parseDuration(value, clock);
      if (key !== "wait" && key !== "time") problems.push({ kind: "unknown", token });
      else if (duration === null) problems.push({ kind: "duration", token });
      else if (key === "wait") wait = duration;
      else longer = duration;
    } else if (KEYS.includes(key as Key)) {
      // Nothing behind the sign yet: somebody is still typing.
      const given = value.split(",").filter((one) => one !== "");
      if (given.length > 0) values[key as Key] = [...(values[key as Key] ?? []), ...given];
    } else {
      problems.push({ kind: "unknown", token });
    }
  }
  const lower = (key: Key): string[] | null => values[key]?.map((one) => one.toLowerCase()) ?? null;
  const filter: Filter = {
    thread: lower("thread"),
    core: lower("core"),
    lock: lower("lock"),
    channel: lower("channel"),
    state: lower("state"),
    line: values.line?.map(Number).filter((line) => Number.isInteger(line)) ?? null,
    file: lower("file"),
    wait,
    longer,
    words,
  };
  const empty = Object.values(filter).every(
    (part) => part === null || (Array.isArray(part) && part.length === 0),
  );
  return { filter: empty ? null : filter, problems };
}

/** Words; quotes keep spaces together: `lock="my lock"`. */
function tokensOf(text: string): readonly string[] {
  return text.match(/(?:[^\s"]+|"[^"]*"?)+/g) ?? [];
}

const unquoted = (text: string): string => text.replaceAll('"', "");
