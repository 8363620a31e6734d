/** `// @threadloom key=value …` and `// @expect K`: the head of a program. */
import { ANNOTATION_MESSAGES as MESSAGES } from "../../base/catalogue/compiler-annotations.ts";
import { EXECUTION_MODELS, LONGEST_QUANTUM, MOST_CORES } from "../../protocol/execution-model.ts";
import type { ProgramOptions } from "../../protocol/program.ts";
import type { FindingKind } from "../../trace/finding.ts";
import type { Span } from "../diagnostics/diagnose.ts";
import { nearest } from "./names.ts";
import { report, type Reading } from "./reading.ts";
import type { Tag } from "./tags.ts";

/** Whole numbers, from … to. Above 2³² - 1 no schedule, core or tick can be told from another. */
const NUMBERS = {
  cores: [1, MOST_CORES],
  quantum: [1, LONGEST_QUANTUM],
  seed: [0, 2 ** 32 - 1],
  preemptions: [0, 2 ** 32 - 1],
  spurious: [0, 2 ** 32 - 1],
} as const;
type NumberKey = keyof typeof NUMBERS;
const KEYS = ["model", ...(Object.keys(NUMBERS) as NumberKey[])] as const;

/** Every kind, checked to be complete by the type. */
const KINDS: Readonly<Record<FindingKind | "ok", true>> = {
  ok: true,
  assertion: true,
  panic: true,
  deadlock: true,
  leak: true,
  livelock: true,
  race: true,
  limit: true,
  "lost-wakeup": true,
  "leaked-guard": true,
  "leaked-process": true,
  "failed-process": true,
  "lock-order": true,
  "large-value": true,
  "never-closed": true,
  "unmodelled-call": true,
  "nothing-concurrent": true,
  "poisoned-lock": true,
  starvation: true,
  "send-to-nobody": true,
  "await-under-lock": true,
  contention: true,
  "nondeterministic-output": true,
};
const EXPECTATIONS = Object.keys(KINDS);

type Writable<T> = { -readonly [key in keyof T]: T[key] };

export function readHead(tag: Tag, reading: Reading): ProgramOptions {
  const options: Writable<ProgramOptions> = {};
  const seen = new Set<string>();
  for (const match of tag.text.matchAll(/\S+/g)) {
    const start = tag.rest.start + match.index;
    const equals = match[0].indexOf("=");
    const key = equals < 0 ? match[0] : match[0].slice(0, equals);
    const value = equals < 0 ? "" : match[0].slice(equals + 1);
    const keySpan = { start, end: start + key.length };
    if (!isKey(key)) {
      const near = nearest(key, KEYS, 2)?.name;
      const fix = near && { title: `Change to ${near}`, span: keySpan, text: near };
      report(reading, keySpan, MESSAGES.unknownOption, { key }, { ...(fix && { fix }) });
      continue;
    }
    if (seen.has(key)) {
      report(reading, keySpan, MESSAGES.repeatedOption, { key });
      continue;
    }
    seen.add(key);
    const whole = { start, end: start + match[0].length };
    const valueSpan = value === "" ? whole : { start: start + equals + 1, end: whole.end };
    if (key === "model") {
      const model = EXECUTION_MODELS.find((name) => name === value);
      if (model) options.model = model;
      else {
        const near = nearest(value, EXECUTION_MODELS, 3)?.name;
        const fix = near && { title: `Change to ${near}`, span: valueSpan, text: near };
        badValue(key, value, "parallel, timesliced, cooperative or green", valueSpan, reading, fix);
      }
      continue;
    }
    const [from, to] = NUMBERS[key];
    const number = /^\d+$/.test(value) ? Number(value) : NaN;
    if (number >= from && number <= to) options[key] = number;
    else badValue(key, value, `a whole number from ${from} to ${to}`, valueSpan, reading);
  }
  return options;
}

function isKey(key: string): key is (typeof KEYS)[number] {
  return (KEYS as readonly string[]).includes(key);
}

function badValue(
  key: string,
  value: string,
  expected: string,
  span: Span,
  reading: Reading,
  fix?: { readonly title: string; readonly span: Span; readonly text: string },
): void {
  const values = { key, value, expected };
  report(reading, span, MESSAGES.badOptionValue, values, { ...(fix && { fix }) });
}

/** Whether a text is what `@expect` takes. */
export function isExpectation(text: string): boolean {
  return EXPECTATIONS.includes(text);
}

export function readExpectation(tag: Tag, reading: Reading): string | undefined {
  const value = tag.text;
  if (isExpectation(value)) return value;
  const near = nearest(value, EXPECTATIONS, 3)?.name;
  const fix = near && { title: `Change to ${near}`, span: tag.rest, text: near };
  const kinds = EXPECTATIONS.filter((kind) => kind !== "ok").join(", ");
  const span = value === "" ? tag.span : tag.rest;
  report(reading, span, MESSAGES.badExpectation, { value, kinds }, { ...(fix && { fix }) });
  return undefined;
}
