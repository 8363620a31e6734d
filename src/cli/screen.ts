/** Where results and complaints go: standard output and standard error, each with what it can show. */
import type { Complaint } from "./complaint.ts";
import { Exit } from "./exit.ts";
import { paintFor } from "./render/paint.ts";
import type { Paint } from "./render/paint.ts";
import { wrap } from "./render/wrap.ts";
import { lookOf } from "./terminal.ts";
import type { Look } from "./terminal.ts";

export interface Side {
  readonly look: Look;
  readonly paint: Paint;
}

export interface Screen {
  readonly results: Side;
  readonly errors: Side;
  print(lines: readonly string[]): void;
  json(value: unknown): void;
  /** Says why something is not done, as JSON where JSON was asked for. Answers the exit status. */
  refuse(complaint: Complaint, json: boolean): Exit;
  complain(complaint: Complaint, severity: "error" | "warning"): void;
}

export function createScreen(): Screen {
  const results = sideOf(process.stdout);
  const errors = sideOf(process.stderr);
  const screen: Screen = {
    results,
    errors,
    print(lines) {
      process.stdout.write(`${lines.join("\n")}\n`);
    },
    json(value) {
      process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    refuse(complaint, json) {
      if (json) screen.json({ ok: false, verdict: "error", diagnostics: [], ...complaint });
      else screen.complain(complaint, "error");
      return Exit.BAD_USAGE;
    },
    complain(complaint, severity) {
      process.stderr.write(`${complaintText(complaint, severity, errors).join("\n")}\n`);
    },
  };
  return screen;
}

function sideOf(stream: NodeJS.WriteStream): Side {
  const look = lookOf({
    isTerminal: stream.isTTY === true,
    columns: stream.columns,
    environment: process.env,
    platform: process.platform,
  });
  return { look, paint: paintFor(look) };
}

function complaintText(
  { code, message, remedy }: Complaint,
  severity: "error" | "warning",
  { look, paint }: Side,
): string[] {
  const mark = (text: string) => (severity === "error" ? paint.bad(text) : paint.warning(text));
  return [
    ...wrap(`${mark(paint.bold(`${severity}[${code}]`))}: ${message}`, look.width, "  "),
    ...(remedy === undefined ? [] : wrap(`${paint.bold("help:")} ${remedy}`, look.width, "  ")),
  ];
}
