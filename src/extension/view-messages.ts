/**
 * Reads what a timeline sent. A webview shows text of the person's programs, so what comes out of one is not trusted:
 * a message of another shape is answered by undefined, and whoever asked says so in the log and does nothing.
 */
import { object, picked } from "../base/shape.ts";
import { RUN_AS, type RunAs } from "../protocol/execution-model.ts";
import { VIEW_COMMANDS, VIEW_PROTOCOL, type FromView } from "../protocol/webview.ts";

/** Longer text is a mistake or an attack. */
const LONGEST = 10_000;

export function readFromView(message: unknown): FromView | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const fields = message as Record<string, unknown>;
  switch (fields.type) {
    case "ready":
      return fields.protocol === VIEW_PROTOCOL
        ? { type: "ready", protocol: VIEW_PROTOCOL }
        : undefined;
    case "took":
      return isText(fields.run) && isCount(fields.offset)
        ? { type: "took", run: fields.run, offset: fields.offset }
        : undefined;
    case "painted":
      return isText(fields.run) && isCount(fields.events)
        ? { type: "painted", run: fields.run, events: fields.events }
        : undefined;
    case "reveal": {
      const { file, line, column, preserveFocus } = fields;
      const valid =
        isText(file) &&
        isPosition(line) &&
        isPosition(column) &&
        typeof preserveFocus === "boolean";
      return valid ? { type: "reveal", file, line, column, preserveFocus } : undefined;
    }
    case "command": {
      const command = VIEW_COMMANDS.find((one) => one === fields.command);
      return command && { type: "command", command };
    }
    case "runAs": {
      const { runAs } = fields;
      if (!object(RUN_AS)(runAs)) return undefined;
      return { type: "runAs", runAs: picked(runAs as object, RUN_AS) as unknown as RunAs };
    }
    case "problem":
      return isText(fields.text) ? { type: "problem", text: fields.text } : undefined;
    default:
      return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= LONGEST;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isPosition(value: unknown): value is number {
  return isCount(value) && value >= 1;
}
