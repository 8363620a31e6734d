// What a client and the adapter said, as text that people read and git compares: a line a message, without numbers that only
// join messages, and with paths as they are anywhere.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import assert from "node:assert/strict";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Client } from "./client.ts";
import { FOLDER } from "./runner.ts";

const GOLDEN = path.join(FOLDER, "golden");
const WIDTH = 110;

/** From this request on. */
export function transcript({ said }: Client, begin = "launch"): string {
  const first = said.findIndex(
    ({ message }) => (message as DebugProtocol.Request).command === begin,
  );
  const lines = said.slice(first).map(({ from, message }) => {
    if (from === "client") {
      const request = message as DebugProtocol.Request;
      return `\n→ ${request.command}${shown(request.arguments)}`;
    }
    if (message.type === "event") {
      const event = message as DebugProtocol.Event;
      return `• ${event.event}${shown(event.body)}`;
    }
    const { success, command, ...response } = message as DebugProtocol.Response;
    if (success) return `← ${command}${shown(response.body)}`;
    return `✗ ${command} ${anywhere(response.message ?? "")}`;
  });
  return `${lines.join("\n").trim()}\n`;
}

/** Compares with the file of this name; with `UPDATE_GOLDEN=1` in the environment, writes it. */
export function assertGolden(name: string, text: string): void {
  const file = path.join(GOLDEN, `${name}.txt`);
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(GOLDEN, { recursive: true });
    writeFileSync(file, text);
  }
  assert.ok(existsSync(file), `${file} is not there: UPDATE_GOLDEN=1 writes it`);
  assert.equal(text, readFileSync(file, "utf8").replaceAll("\r\n", "\n"));
}

function shown(value: unknown): string {
  if (value === undefined) return "";
  const compact = spaced(JSON.stringify(value));
  if (compact.length <= WIDTH) return ` ${anywhere(compact)}`;
  // Lists of many things, one a line.
  const lines = Object.entries(value as object).flatMap(([key, inner]) => {
    if (!Array.isArray(inner)) return [`    ${key}: ${spaced(JSON.stringify(inner))}`];
    return [`    ${key}:`, ...inner.map((one) => `      ${spaced(JSON.stringify(one))}`)];
  });
  return `\n${anywhere(lines.join("\n"))}`;
}

const spaced = (json: string): string =>
  json.replaceAll(/("(?:\\.|[^"\\])*")(:)?|,/g, (_whole, text?: string, colon?: string) =>
    text === undefined ? ", " : `${colon ? text.slice(1, -1) : text}${colon ? ": " : ""}`,
  );

/** Paths and references are other numbers and names elsewhere, and say the same. */
function anywhere(text: string): string {
  return text
    .replaceAll(FOLDER.replaceAll("\\", "/"), "${folder}")
    .replaceAll(/(variablesReference: )[1-9]\d*/g, "$1n");
}
