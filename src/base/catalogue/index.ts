/** The whole catalogue: what `threadloom explain` looks up and `docs/errors.md` is made from. */
import { CLI_MESSAGES } from "./cli.ts";
import type { Message } from "./message.ts";
import { RUNTIME_MESSAGES } from "./runtime.ts";
import { TRACE_MESSAGES } from "./trace.ts";

export interface Range {
  /** The first digit of its codes. */
  readonly digit: number;
  readonly title: string;
  readonly messages: readonly Message[];
}

export const CATALOGUE: readonly Range[] = [
  { digit: 2, title: "A running program", messages: Object.values(RUNTIME_MESSAGES) },
  { digit: 4, title: "Traces and other files", messages: Object.values(TRACE_MESSAGES) },
  { digit: 5, title: "The command line", messages: Object.values(CLI_MESSAGES) },
];

/** The entry of a code; lower case will do. */
export function messageOf(code: string): Message | undefined {
  const wanted = code.toUpperCase();
  return CATALOGUE.flatMap((range) => range.messages).find((entry) => entry.code === wanted);
}
