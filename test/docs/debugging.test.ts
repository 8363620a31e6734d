import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { EVENT_CLASSES, parseEvent } from "../../src/debug/event-breakpoint.ts";
import { LAUNCH_ATTRIBUTES, type LaunchAttribute } from "../../src/debug/launch-attributes.ts";

const page = readFileSync(path.join(import.meta.dirname, "../../docs/debugging.md"), "utf8");

/** The cells of each row of the table whose first column is headed so. */
function table(heading: string): string[][] {
  const [, rows = ""] =
    new RegExp(`^\\| ${heading} .*\\n\\|[- |]+\\n((?:\\|.*\\n)+)`, "m").exec(page) ?? [];
  const lines = rows.trim().split("\n");
  return lines.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test("the page has every launch attribute, with the type and default that it has", () => {
  const attributes = Object.entries(LAUNCH_ATTRIBUTES) as [string, LaunchAttribute][];
  assert.deepEqual(
    table("attribute").map(([name, type, initial, meaning]) => ({ name, type, initial, meaning })),
    attributes.map(([name, { type, default: initial, description }]) => ({
      name: `\`${name}\``,
      type: type === "array" ? "strings" : type,
      initial:
        initial === undefined
          ? ""
          : `\`${typeof initial === "string" ? initial : JSON.stringify(initial)}\``,
      meaning: description,
    })),
  );
});

test("every event breakpoint on the page is one, and every event is on the page", () => {
  const written = table("function breakpoint").map(([text]) => text.replaceAll("`", ""));
  const functions = written.filter((text) => parseEvent(text) === undefined);
  assert.deepEqual(functions, ["transfer"]);
  for (const on of EVENT_CLASSES) assert.ok(page.includes(`\`${on}\``), on);
});
