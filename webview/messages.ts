/**
 * Checks what comes into the panel: a message of another version or shape is never acted on. Says why it was refused, for
 * the log.
 */
import {
  bytes,
  flag,
  list,
  object,
  oneOf,
  optional,
  table,
  text,
  whole,
  wrongField,
  type Shape,
} from "../src/base/shape.ts";
import { RUN_AS } from "../src/protocol/execution-model.ts";
import { finding } from "../src/protocol/finding-shape.ts";
import { VIEW_PROTOCOL, type ToView } from "../src/protocol/webview.ts";

const SHAPES: Readonly<Record<ToView["type"], Shape>> = {
  begin: {
    protocol: oneOf(VIEW_PROTOCOL),
    run: text,
    title: text,
    again: flag,
    runAs: optional(object(RUN_AS)),
    strings: table,
  },
  bytes: { run: text, offset: whole, bytes },
  status: {
    run: text,
    phase: oneOf("compiling", "starting", "running", "ended", "failed", "cancelled"),
    text,
  },
  findings: { run: text, findings: list(finding) },
  cursor: { file: text, line: whole, endLine: whole },
  thread: { run: text, thread: whole },
  problems: {
    run: text,
    problems: list(
      object({ file: text, line: whole, column: whole, text, code: text, remedy: optional(text) }),
    ),
  },
};

export type Checked =
  { readonly ok: true; readonly message: ToView } | { readonly ok: false; readonly why: string };

export function checkMessage(value: unknown): Checked {
  if (typeof value !== "object" || value === null) return refused("it is no object");
  const { type } = value as { readonly type?: unknown };
  if (typeof type !== "string" || !Object.hasOwn(SHAPES, type)) {
    return refused(`its type is ${JSON.stringify(type)}`);
  }
  const wrong = wrongField(value, SHAPES[type as ToView["type"]]);
  if (wrong !== undefined) return refused(`"${wrong}" of "${type}" is not as it should be`);
  return { ok: true, message: value as ToView };
}

const refused = (why: string): Checked => ({ ok: false, why });
