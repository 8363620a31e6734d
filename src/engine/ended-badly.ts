/** What an engine finds in a run: panics, failed assertions and conditions, limits. One wording for all engines. */
import { ENGINE_MESSAGES } from "../base/catalogue/engine.ts";
import { type Message, tell } from "../base/catalogue/message.ts";
import type { CompiledProgram, Condition } from "../protocol/program.ts";
import { UNTELLABLE } from "../std/errors.ts";
import type { Finding, FindingKind, Place } from "../trace/finding.ts";
import { siteAsPlace } from "./program/names.ts";
import { placeOfStack } from "./program/stacks.ts";

/** An exception as others see it. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  /** In the person's lines. */
  readonly stack: string;
}

/** `show`: anything but an error, in words. */
export function thrownOf(value: unknown, show: (value: unknown) => string): Thrown {
  try {
    if (value instanceof Error) {
      const { name, message, stack = "" } = value;
      return { name: String(name), message: String(message), stack: String(stack) };
    }
    const message = typeof value === "string" ? value : show(value);
    return { name: "", message, stack: "" };
  } catch {
    // What it says of itself is the program's code, which may throw in its turn.
    return { name: "", message: UNTELLABLE, stack: "" };
  }
}

/**
 * Whether an exception is a failed `assert` of ours that has been told as such already: told when it was thrown, whoever caught it.
 * Other libraries call their errors by that name, too, and of these nobody has told.
 */
export function isToldAssertion(
  { name, message }: Pick<Thrown, "name" | "message">,
  findings: readonly Finding[],
): boolean {
  return (
    name === "AssertionError" &&
    findings.some((told) => told.kind === "assertion" && told.message.includes(message))
  );
}

export interface Exception {
  readonly thread: number;
  readonly name: string;
  readonly thrown: Thrown;
  /** Where the thread's last operation was: the place, if the stack tells none. */
  readonly site: number;
}

/** A panic that nobody took upon himself, or a failed assertion. `time`: since the run began. */
export function exceptionFinding(
  kind: Extract<FindingKind, "panic" | "assertion">,
  program: CompiledProgram,
  { thread, name, thrown, site }: Exception,
  time: number,
): Finding {
  const reason = thrown.name === "" ? thrown.message : `${thrown.name}: ${thrown.message}`;
  const modules = program.modules.map(({ id }) => id);
  const place: Place | undefined =
    placeOfStack(thrown.stack, modules) ?? siteAsPlace(program, site);
  return {
    kind,
    severity: "error",
    sites: place === undefined ? [] : [place],
    time,
    threads: [thread],
    ...tell(kind === "panic" ? ENGINE_MESSAGES.panic : ENGINE_MESSAGES.assertion, {
      thread: name,
      reason,
    }),
  };
}

/** A `@final` that does not hold, or threw. */
export function finalFinding(
  { text: condition, place }: Condition,
  thrown: Thrown | undefined,
  time: number,
): Finding {
  const told =
    thrown === undefined
      ? tell(ENGINE_MESSAGES.finalFailed, { condition })
      : tell(ENGINE_MESSAGES.finalThrew, { condition, reason: thrown.message });
  return { kind: "assertion", severity: "error", sites: [place], time, ...told };
}

export function limitFinding<const Values extends readonly string[]>(
  entry: Message<Values>,
  values: { readonly [name in Values[number]]: string | number },
  sites: readonly Place[] = [],
): Finding {
  return { kind: "limit", severity: "error", sites, ...tell(entry, values) };
}
