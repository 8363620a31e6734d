/**
 * A failing schedule as it is kept beside its program, whoever keeps it: `bank.schedule` next to `bank.ts`, tried first from
 * then on. Text as of docs/schedules.md, with a head that says what it shows.
 */
import type { ExploredFinding } from "../protocol/explore.ts";

/** `bank.schedule`, of `bank.ts`. */
export function savedScheduleName(program: string): string {
  return `${program.replace(/(?<=.)\.[^.]*$/, "")}.schedule`;
}

/** `program`: its file's name. No dates and no durations: the same failure gives the same text. */
export function savedScheduleText(
  program: string,
  { kind, code, message }: ExploredFinding,
  schedule: string,
): string {
  const [head = "", ...turns] = schedule.trimEnd().split("\n");
  const told = message.split("\n").map((line) => `# ${line}`);
  return [
    head,
    `# ${program}: ${kind} (${code})`,
    ...told,
    "# Kept by Threadloom; tried first whenever the program is explored.",
    ...turns,
    "",
  ].join("\n");
}
