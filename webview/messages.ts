/**
 * Checks what comes into the panel: a message of another version or shape is never acted on. Says why it was refused, for
 * the log.
 */
import { VIEW_PROTOCOL, type ToView } from "../src/protocol/webview.ts";

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string";
const flag: Check = (value) => typeof value === "boolean";
const whole: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const amount: Check = (value) => Number.isFinite(value);
const bytes: Check = (value) => value instanceof Uint8Array;
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const oneOf =
  (...known: readonly unknown[]): Check =>
  (value) =>
    known.includes(value);
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((item) => check(item));
const object =
  (shape: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(shape).every(([name, check]) => check((value as Fields)[name]));
const table: Check = (value) =>
  typeof value === "object" && value !== null && Object.values(value).every((item) => text(item));

const place = { file: text, line: whole, column: whole };

const finding = object({
  kind: text,
  code: text,
  severity: oneOf("error", "warning"),
  message: text,
  sites: list(object(place)),
  remedy: optional(text),
  chain: optional(list(object({ text, site: optional(object(place)), thread: optional(whole) }))),
  time: optional(amount),
  threads: optional(list(whole)),
  objects: optional(list(whole)),
});

const SHAPES: Readonly<Record<ToView["type"], Readonly<Record<string, Check>>>> = {
  begin: { protocol: oneOf(VIEW_PROTOCOL), run: text, title: text, again: flag, strings: table },
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
    problems: list(object({ ...place, text, code: text, remedy: optional(text) })),
  },
};

export type Checked =
  { readonly ok: true; readonly message: ToView } | { readonly ok: false; readonly why: string };

export function checkMessage(value: unknown): Checked {
  if (typeof value !== "object" || value === null) return refused("it is no object");
  const { type } = value as Fields;
  if (typeof type !== "string" || !Object.hasOwn(SHAPES, type)) {
    return refused(`its type is ${JSON.stringify(type)}`);
  }
  const shape = SHAPES[type as ToView["type"]];
  for (const [name, check] of Object.entries(shape)) {
    if (!check((value as Fields)[name]))
      return refused(`"${name}" of "${type}" is not as it should be`);
  }
  return { ok: true, message: value as ToView };
}

const refused = (why: string): Checked => ({ ok: false, why });
