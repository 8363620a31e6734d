/** `threadloom explain CODE`: all that the catalogue says of a message. */
import { CLI_MESSAGES } from "../base/catalogue/cli.ts";
import { messageOf } from "../base/catalogue/index.ts";
import { tell } from "../base/catalogue/message.ts";
import type { Complaint } from "./complaint.ts";
import type { Paint } from "./render/paint.ts";
import { wrap } from "./render/wrap.ts";
import type { Look } from "./terminal.ts";

export function explain(
  code: string,
  look: Look,
  paint: Paint,
): { readonly lines: readonly string[] } | { readonly complaint: Complaint } {
  const entry = messageOf(code);
  if (entry === undefined) return { complaint: tell(CLI_MESSAGES.unknownCode, { code }) };
  let inCode = false;
  const explanation = entry.explanation.split("\n").flatMap((line) => {
    if (line.startsWith("```")) {
      inCode = !inCode;
      return [];
    }
    return inCode ? [`    ${line}`] : wrap(line, look.width);
  });
  return {
    lines: [
      ...wrap(`${entry.code}: ${entry.text}`, look.width).map((line) => paint.bold(line)),
      "",
      ...explanation,
      ...(entry.remedy === undefined
        ? []
        : ["", ...wrap(`${paint.bold("What to do:")} ${entry.remedy}`, look.width)]),
    ],
  };
}
